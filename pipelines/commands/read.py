"""`folgeeval read FILE…`: what would be read from a file, cell by cell with its place; needs no home."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboards.signs import MISSING_SIGNS
from expectations.finding import Finding
from pipelines.exit_codes import FINE, REFUSED, WRONG_USAGE
from pipelines.given_file import contents, with_side_cars, within_bounds
from warehouse.finding_levels import LEVEL_NAMES
from warehouse.number_format import format_number

HELP = "Vis hva som leses fra filer, med plass for hvert tall, uten å ta noe inn."
NEEDS_HOME = False

MOST_SHOWN = 20
WIDEST_KEYS = 100
WIDEST_TEXT = 40


@dataclass(frozen=True)
class FileRead:
    """What came out of one file: `cells` as `--json` prints them; `refused` when nothing could be read."""

    file: str
    source: str | None
    cells: tuple[dict[str, Any], ...]
    findings: tuple[Finding, ...]
    refused: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FIL", help="filene som skal vises")
    parser.add_argument("--mapping", type=Path, metavar="MAPPING",
                        help="les én hjemmelaget arbeidsbok gjennom denne mappingen, og vis hvert felt")
    parser.add_argument("--documents", type=Path, metavar="REGISTER",
                        help="dokumentregisteret til én tabell med kodinger: samtykke og informant per dokument")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste med én post per celle eller linje")


def run(arguments: argparse.Namespace) -> int:
    files, too_large = within_bounds(arguments.files)
    opened = contents(files, in_place=not (arguments.mapping or arguments.documents))
    opened = with_side_cars(arguments.files, opened, arguments.mapping, arguments.documents)
    results = [FileRead(finding.file, None, (), (finding,), refused=True) for finding in too_large]
    results += [read_file(path.name, content) for path, content in opened]
    if arguments.json:
        print(json.dumps([cell for result in results for cell in result.cells], ensure_ascii=False))
    elif not all(result.refused for result in results):
        most = None if arguments.mapping else MOST_SHOWN
        print("\n\n".join(as_text(result, most) for result in results if not result.refused))
    for finding in (finding for result in results for finding in result.findings):
        print(_finding_as_text(finding), file=sys.stderr)
    return exit_code(results, missing=len(opened) < len(files))


def exit_code(results: Sequence[FileRead], *, missing: bool) -> int:
    """The highest that applies: 11 for a refused file, 2 for a file that is not there."""
    if any(result.refused for result in results):
        return REFUSED
    return WRONG_USAGE if missing else FINE


def read_file(file_name: str, content: bytes | Path) -> FileRead:
    """One file read. A file of unknown form or with faults gives no cells, and findings that say why."""
    from assets.sources import read_cells, recognise, unknown_form
    from assets.sources.reading import cell_as_json
    from expectations.finding import DeliveryRefused

    reader = recognise(content, file_name)
    if reader is None:
        return FileRead(file_name, None, (), (unknown_form(content, file_name),), refused=True)
    try:
        cells, findings = read_cells(reader, content, file_name)
    except DeliveryRefused as refusal:
        return FileRead(file_name, reader.STEM, (), tuple(refusal.findings), refused=True)
    return FileRead(file_name, reader.STEM, tuple(cell_as_json(reader.STEM, file_name, cell) for cell in cells),
                    findings, refused=False)


def as_text(result: FileRead, most: int | None = MOST_SHOWN) -> str:
    """A table of the first cells, or with None of all, and how many there are."""
    shown = [("plass", "nøkler", "verdi", "enhet", "status")]
    shown += [_row(cell) for cell in result.cells[:most]]
    widths = [max(len(row[column]) for row in shown) for column in range(len(shown[0]))]
    lines = ["  ".join(_padded(row, widths)).rstrip() for row in shown]
    more = 0 if most is None else len(result.cells) - most
    ending = [f"… og {more} til (--json viser alle)"] if more > 0 else []
    return "\n".join([f"{result.file} ({result.source}): {len(result.cells)} tall", *lines, *ending])


def _row(cell: dict[str, Any]) -> tuple[str, str, str, str, str]:
    in_sheet = ", ".join(filter(None, (cell["sheet"], cell["cell"])))
    place = in_sheet if cell["line"] is None else f"linje {cell['line']}"
    keys = " ".join(" ".join(f"{name}={code}".split()) for name, code in cell["keys"].items() if code)
    shown = keys if len(keys) <= WIDEST_KEYS else keys[:WIDEST_KEYS - 1] + "…"
    why_missing = "" if cell["status"] == "ok" else MISSING_SIGNS[cell["status"]].name
    return place, shown, _number(cell["value"]), cell["unit"] or "", why_missing


def _number(value: Any) -> str:
    if isinstance(value, int | float):
        return format_number(value, 4, pad=False)
    text = " ".join((value or "").split())
    return text if len(text) <= WIDEST_TEXT else text[:WIDEST_TEXT - 1] + "…"


def _padded(row: tuple[str, ...], widths: list[int]) -> list[str]:
    """Numbers to the right, all else to the left."""
    return [text.rjust(width) if column == 2 else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))]


def _finding_as_text(finding: Finding) -> str:
    return f"{LEVEL_NAMES[finding.level]} ({finding.rule_id}): {finding.message}"
