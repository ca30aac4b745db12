"""`folgeeval check`: what is wrong in a file, before it is delivered; opens no database and no home."""

import argparse
import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assets.sources import read_cells, recognise, unknown_form
from assets.sources.reading import SourceReader
from assets.sources.refusals import OTHER_SHAPE
from expectations.finding import DeliveryRefused, Finding, worst_first
from pipelines.exit_codes import FAULTS_FOUND, FINE, REFUSED, WRONG_USAGE
from pipelines.failures import WrongUsage
from pipelines.given_file import contents, with_side_cars, within_bounds
from warehouse.finding_levels import GRAVE_LEVELS, LEVEL_NAMES, counted
from warehouse.reference_data import reference_rows

HELP = "Kontroller filer før de leveres: si hva som er feil, hvor det står og hva som må gjøres."
NEEDS_HOME = False


@dataclass(frozen=True)
class Announced:
    """What the file is said to be; what is None is taken from its first line. Accounts; of form 15F year and region."""

    form: str | None = None
    year: int | None = None
    quarter: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class Checked:
    """One file checked: its findings, worst first, and whether it would be refused."""

    file: str
    findings: tuple[Finding, ...]
    refused: bool

    @property
    def exit_code(self) -> int:
        if self.refused:
            return REFUSED
        return FAULTS_FOUND if any(finding.level in GRAVE_LEVELS for finding in self.findings) else FINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FIL", type=Path, help="filer av en hvilken som helst kjent form")
    parser.add_argument("--form", help="regnskap: skjemaet filen skal være, for eksempel 0A")
    parser.add_argument("--year", type=int, help="regnskap og skjema 15F: året filen skal gjelde")
    parser.add_argument("--quarter", choices=("0", "1", "2", "3", "4"),
                        help="regnskap: kvartalet filen skal gjelde, 0 for årsregnskap")
    parser.add_argument("--region", help="regnskap og skjema 15F: kommunen filen skal gjelde, fire eller seks sifre")
    parser.add_argument("--mapping", type=Path, metavar="MAPPING",
                        help="kontroller én hjemmelaget arbeidsbok lest gjennom denne mappingen")
    parser.add_argument("--documents", type=Path, metavar="REGISTER",
                        help="dokumentregisteret til én tabell med kodinger: samtykke og informant per dokument")
    parser.add_argument("--report", type=Path, metavar="RAPPORT",
                        help="skriv også en kontrollrapport (.html) om den ene filen")
    parser.add_argument("--workbook", type=Path, metavar="ARBEIDSBOK",
                        help="skriv også skjemaet (.xlsx) med en merknad i hver celle med et funn, og en liste")
    parser.add_argument("--language", choices=("nb", "nn"), default="nb",
                        help="målformen rapporten og merknadene er skrevet på: nb bokmål (vanlig), nn nynorsk")
    parser.add_argument("--force", action="store_true", help="skriv over rapporten og arbeidsboken hvis de finnes")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste med funnene")


def run(arguments: argparse.Namespace) -> int:
    _demand_one_file(arguments)
    quarter = "" if arguments.quarter == "0" else arguments.quarter
    announced = Announced(arguments.form, arguments.year, quarter, arguments.region)
    files, too_large = within_bounds(arguments.files)
    opened = contents(files, in_place=not (arguments.mapping or arguments.documents))
    opened = with_side_cars(arguments.files, opened, arguments.mapping, arguments.documents)
    results = [Checked(finding.file, (finding,), refused=True) for finding in too_large]
    results += [check_file(path.name, content, announced) for path, content in opened]
    if arguments.json:
        print(json.dumps([as_json(finding) for result in results for finding in result.findings],
                         ensure_ascii=False))
    else:
        print("\n".join(as_text(result) for result in results), end="")
    if arguments.report or arguments.workbook:
        from pipelines.checked_file import write_report

        write_report(arguments, [*opened, *((path, path) for path in set(arguments.files) - set(files))], results)
    unopened = WRONG_USAGE if len(opened) < len(files) else FINE
    return max([unopened, *(result.exit_code for result in results)])


def _demand_one_file(arguments: argparse.Namespace) -> None:
    """Raises WrongUsage for a report on several files, or under the name of something else than it is."""
    for path, suffix, option in ((arguments.report, ".html", "--report"), (arguments.workbook, ".xlsx", "--workbook")):
        if path is None:
            continue
        if len(arguments.files) != 1:
            raise WrongUsage(f"{option} gjelder én fil. Oppgi én fil.")
        if path.suffix.lower() != suffix:
            raise WrongUsage(f"{path}: filen {option} skriver, skal hete noe som slutter på {suffix}.")
        if path.exists() and path.samefile(arguments.files[0]):
            raise WrongUsage(f"{path} er filen som kontrolleres. Velg et annet navn.")


def check_file(file_name: str, content: bytes | Path, announced: Announced = Announced()) -> Checked:
    """One file of any known form, checked; `refused` when it cannot be read."""
    try:
        return Checked(file_name, tuple(worst_first(_findings(file_name, content, announced))), refused=False)
    except DeliveryRefused as refused:
        return Checked(file_name, tuple(refused.findings), refused=True)


def _findings(file_name: str, content: bytes | Path, announced: Announced) -> list[Finding]:
    """Also a file that looks like nothing is judged as accounts, when it was announced as that."""
    reader = recognise(content, file_name)
    if reader is None and not (announced.form and isinstance(content, bytes) and content.strip(b"\r\n")):
        raise DeliveryRefused([unknown_form(content, file_name)])
    if reader is None or reader.STEM == "kostra_accounts":
        from pipelines.accounts_check import accounts_findings

        return accounts_findings(file_name, content, asdict(announced))
    if reader.STEM == "child_records":
        return list(reader.read(content, file_name, year=announced.year, municipality_code=announced.region).findings)
    return _findings_of_form(reader, file_name, content)


def _findings_of_form(reader: SourceReader, file_name: str, content: bytes | Path) -> list[Finding]:
    """What the reader says. A sound data set that is none of ours is worth a word, but nothing is wrong with it."""
    from assets.sources.regions import known_regions, unknown_regions

    try:
        reading = reader.read(content, file_name)
    except DeliveryRefused as refused:
        if all(finding.rule_id == OTHER_SHAPE for finding in refused.findings):
            return list(read_cells(reader, content, file_name)[1])
        raise
    known = known_regions() | {row["unit_code"] for row in reference_rows("unit")}
    if strangers := unknown_regions(reading, known, file_name):
        raise DeliveryRefused(strangers)
    from assets.forms.layout import FORM_VERSION
    from expectations.form_check import check_form

    if reader.STEM not in FORM_VERSION:
        return list(reading.findings)
    return [*reading.findings, *check_form(reading.rows.to_pylist(), reader.STEM, file_name)]


def as_json(finding: Finding) -> dict[str, Any]:
    """One finding as `folgeeval check --json` prints it."""
    return {
        "rule_id": finding.rule_id, "level": finding.level, "unit_code": finding.unit_code, "period": finding.period,
        "file": finding.file, "sheet": finding.sheet, "cell": finding.cell,
        "line_numbers": list(finding.line_numbers), "found": finding.found, "expected": finding.expected,
        "message": finding.message, "state": finding.state,
    }


def as_text(result: Checked) -> str:
    """A heading, the findings worst first, and how many there are of each level."""
    lines = [result.file, *(f"  {LEVEL_NAMES[finding.level]} {finding.rule_id}: {finding.message}"
                            for finding in result.findings)]
    summary = counted(Counter(finding.level for finding in result.findings))
    if result.refused:
        lines.append(f"  Filen blir avvist: {summary}.")
    else:
        lines.append(f"  Funnet: {summary}." if summary else "  Ingen feil funnet.")
    return "\n".join(lines) + "\n"
