"""`folgeeval reproduce`: makes the fourth report's printed numbers again and says of each how it went."""

import argparse
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from pipelines.exit_codes import FINE, WE_ARE_WRONG

if TYPE_CHECKING:
    from pipelines.reproduce import Verdict

HELP = "Regn ut tallene i delrapport 4 på nytt og vis hvilke som stemmer."
NEEDS_HOME = True

SOURCE_LABELS = {
    "tertial_reports": "tertialrapporter",
    "data_requests": "evaluators dataforespørsel",
    "supplier_invoices": "fakturaer og avtaler fra private leverandører",
    "kostra_statistics": "flere tabeller fra KOSTRA",
    "population": "befolkning i alle aldre og andre områder",
    "no_source": "ingen kilde i plattformen",
    "not_a_number": "datoer, som ikke er tall",
    "suppressed_in_report": "skjermet i rapporten",
    "missing_in_report": "mangler i rapporten",
}
STATEMENT = "utsagn"
_IN_WAREHOUSE = "tall som burde vært i varehuset"
_SHOWN_NAMES = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.reproduce import reproduce
    from warehouse.database import reading
    from warehouse.home import Home

    with reading(Home(arguments.home)) as connection:
        verdicts = reproduce(connection)
    if arguments.json:
        print(json.dumps([as_json(verdict) for verdict in verdicts], ensure_ascii=False))
    else:
        print(as_text(verdicts))
    return exit_code(verdicts)


def exit_code(verdicts: list["Verdict"]) -> int:
    """12 when any number came out wrong, else 0."""
    return WE_ARE_WRONG if any(verdict.verdict == "wrong" for verdict in verdicts) else FINE


def as_json(verdict: "Verdict") -> dict[str, Any]:
    """One verdict under the keys of the command line's contract."""
    figure = verdict.figure
    return {
        "fact_id": figure.fact_id,
        "published": None if figure.published is None else float(figure.published),
        "computed": verdict.computed,
        "tolerance": verdict.tolerance,
        "how": verdict.how,
        "verdict": verdict.verdict,
        "unit_code": figure.unit_code,
        "period": figure.period,
        "description": figure.description_nb,
        "unit": figure.unit,
        "basis": verdict.basis,
        "missing": verdict.missing,
        "inconsistency_id": figure.inconsistency_id,
    }


def as_text(verdicts: list["Verdict"]) -> str:
    """The whole report in bokmål: counts first, then everything that did not come out as printed."""
    by_verdict: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_verdict.setdefault(verdict.verdict, []).append(verdict)
    sections = [
        _counts(verdicts),
        _section(
            "Avviker fordi rapporten motsier seg selv", by_verdict.get("report_inconsistent", []), explained=True),
        _section("Usikre, fordi tallet i rapporten ikke er sikkert lest", by_verdict.get("uncertain", [])),
        _section("Feil hos oss", by_verdict.get("wrong", [])),
        _missing(by_verdict.get("not_reproducible", [])),
    ]
    return "\n\n".join(section for section in sections if section)


def _counts(verdicts: list["Verdict"]) -> str:
    counts = Counter((verdict.verdict, verdict.how) for verdict in verdicts)
    totals = Counter(verdict.verdict for verdict in verdicts)
    constructed = sum(verdict.verdict == "reproduced" and verdict.basis == "constructed" for verdict in verdicts)
    lines = [f"{len(verdicts)} trykte tall og utsagn i delrapport 4:", "", f"{'':36}lest  regnet ut  i alt"]
    for label, name in (
        ("Stemmer", "reproduced"), ("Avviker, rapporten motsier seg", "report_inconsistent"),
        ("Usikre", "uncertain"), ("Feil hos oss", "wrong"),
    ):
        lines.append(f"  {label:<34}{counts[name, 'read']:>4}{counts[name, 'computed']:>11}{totals[name]:>7}")
    lines.append(f"  {'Kan ikke regnes ut ennå':<34}{'':>15}{totals['not_reproducible']:>7}")
    if constructed:
        lines += ["", f"{constructed} av dem som stemmer, hviler på konstruerte tall og sier ikke noe om forsøket."]
    return "\n".join(lines)


def _section(title: str, verdicts: list["Verdict"], *, explained: bool = False) -> str:
    if not verdicts:
        return ""
    return "\n".join([f"{title}:", *(_line(verdict, explained) for verdict in verdicts)])


def _line(verdict: "Verdict", explained: bool) -> str:
    from warehouse.reference_data import reference_rows

    figure = verdict.figure
    names = {row["unit_code"]: row["unit_name"] for row in reference_rows("unit")}
    place = " ".join(part for part in (names.get(figure.unit_code, ""), figure.period) if part)
    line = f"  {figure.fact_id}  {place}, {figure.description_nb}: {_printed_and_computed(verdict)}."
    if explained:
        words = {row["inconsistency_id"]: row["description_nb"] for row in reference_rows("published_inconsistency")}
        line += f"\n      {figure.inconsistency_id}: {words[figure.inconsistency_id]}"
    return line


def _printed_and_computed(verdict: "Verdict") -> str:
    from warehouse.number_format import format_number

    figure = verdict.figure
    if figure.unit == STATEMENT:
        return "tallene sier noe annet"
    printed, computed = (
        format_number(number, figure.decimals + 2, pad=False) for number in (figure.published, verdict.computed))
    how = "regnet ut" if verdict.how == "computed" else "lest"
    return f"trykt {printed}, {how} {computed} ({figure.unit})"


def _missing(verdicts: list["Verdict"]) -> str:
    if not verdicts:
        return ""
    counts = Counter(verdict.missing.partition(":")[0] for verdict in verdicts)
    lines = [f"  {count:>4}  {SOURCE_LABELS.get(source, _IN_WAREHOUSE)}" for source, count in counts.most_common()]
    return "\n".join(["Kan ikke regnes ut ennå; dette mangler:", *lines, *_absent(verdicts)])


def _absent(verdicts: list["Verdict"]) -> list[str]:
    """The first numbers that an expression asks for and the warehouse lacks, by name."""
    names = sorted({verdict.missing.partition(": ")[2] for verdict in verdicts} - {""})
    if not names:
        return []
    more = [f"  … og {len(names) - _SHOWN_NAMES} til"] if names[_SHOWN_NAMES:] else []
    return ["", "Ikke i varehuset:", *(f"  {name}" for name in names[:_SHOWN_NAMES]), *more]
