"""Tables with headings, from a semicolon file or a workbook: from bytes to one dictionary per line, with true places.

How a file is cut into records stands in `table_file.py`; which column is which field, in `headings.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assets.sources.accounting_exports import export_of, translation
from assets.sources.fields import Field, NotAccepted
from assets.sources.headings import columns_of, own_heading
from assets.sources.refusals import BROKEN_LINE, COLUMNS_NOTED, EMPTY_FILE, Faults, refusal
from assets.sources.table_file import HeadingCount, Record, TableFile, headings_found, table_in
from assets.sources.units_of_amounts import in_own_units
from expectations.finding import Finding

FORM_VERSION = "csv 1"
UNKNOWN_COLUMNS = "ukjente kolonner"
STEM_OF_EXPORTS = "ledger"


@dataclass(frozen=True)
class Lines:
    """The lines of one file: a dictionary by field name each, with `line_number`, and notes about the columns."""

    rows: tuple[dict[str, Any], ...]
    columns: frozenset[str]
    notes: tuple[Finding, ...]


def has_headings(content: bytes, stem: str, signature: Sequence[str], *, at_least: int = 2) -> bool:
    """Whether a line near the top carries at least so many of the headings that only this source has."""
    return headings_found(content, _counting(stem, signature), at_least)


def table_of(stem: str, fields: Sequence[Field], content: bytes, file_name: str) -> TableFile | None:
    """The source's table as it stands in the file, None for an empty one. Raises DeliveryRefused as `table_in`."""
    return table_in(content, stem, file_name, _counting(stem, [field.heading for field in fields]))


def read_lines(stem: str, fields: Sequence[Field], content: bytes, file_name: str) -> Lines:
    """Every data line of the file. Raises DeliveryRefused naming each faulty line, heading and text."""
    table = table_of(stem, fields, content, file_name)
    if table is None:
        raise refusal(EMPTY_FILE, stem, file_name, "filen er tom. Lag uttrekket på nytt og lever det igjen.")
    faults = Faults(stem, file_name)
    headings, records, notes = _told_as_ours(stem, table, file_name)
    headings, records = in_own_units(stem, fields, headings, records, faults)
    columns = columns_of(stem, fields, headings, faults)
    faults.stop()
    if not records:
        raise refusal(EMPTY_FILE, stem, file_name, "filen har overskrifter, men ingen linjer. Lag uttrekket på nytt.")
    rows = [_row(line, record, headings, fields, columns, faults) for line, record in records]
    faults.stop()
    return Lines(tuple(rows), frozenset(columns),
                 (*notes, *_notes(stem, file_name, fields, headings, columns), *_passed_over(stem, file_name, table)))


def _counting(stem: str, own_headings: Sequence[str]) -> HeadingCount:
    """How many of some headings of ours a line carries; all of them when it is the heading line of a known export."""
    def count(cells: Sequence[str]) -> int:
        if stem == STEM_OF_EXPORTS and export_of(cells):
            return len(own_headings)
        return len({own_heading(stem, cell, own_headings) for cell in cells} & set(own_headings))

    return count


def _told_as_ours(stem: str, table: TableFile, file_name: str) -> tuple[list[str], list[Record], list[Finding]]:
    """The table under our own headings when it is an accounting system's export, else as it is."""
    told = translation(table.headings) if stem == STEM_OF_EXPORTS else None
    if told is None:
        return table.headings, table.records, []
    records = [(line, told.record(record) if len(record) == len(table.headings) else record)
               for line, record in table.records]
    note = Finding(COLUMNS_NOTED, "informasjon", f"{file_name}: filen er lest som et uttrekk fra {told.export_name}. "
                   "Beløp er kroner; art, funksjon og år er hentet fra systemets egne kolonner.", source=stem,
                   file=file_name, cell="uttrekk", found=told.export_name)
    return told.headings, records, [note]


def _row(line: int, record: list[str], headings: list[str], fields: Sequence[Field], columns: dict[str, int],
         faults: Faults) -> dict[str, Any]:
    """One line's values; cells that cannot be taken become faults."""
    row: dict[str, Any] = {"line_number": line}
    if len(record) != len(headings):
        faults.add(BROKEN_LINE, f": fant {len(record)} felt, men overskriften har {len(headings)}. Kontroller "
                   "semikolon og anførselstegn på linjen.", line=line, found=str(len(record)),
                   expected=str(len(headings)))
        return row
    for field in fields:
        position = columns.get(field.heading)
        cell = "" if position is None else record[position].strip()
        row[field.name] = _value(line, field, cell, faults)
    return row


def _value(line: int, field: Field, cell: str, faults: Faults) -> Any:
    if not cell:
        if field.value_required:
            faults.add(field.empty_rule, f", kolonne «{field.heading}»: feltet er tomt. {field.empty_advice}",
                       line=line, cell=f"{field.heading}[{line}]")
        return None
    try:
        return field.parse(cell)
    except NotAccepted as fault:
        faults.add(fault.rule_id, f", kolonne «{field.heading}»: fant «{cell}», som {fault.problem}. {fault.advice}",
                   line=line, cell=f"{field.heading}[{line}]", found=cell)
        return None


def _notes(stem: str, file_name: str, fields: Sequence[Field], headings: Sequence[str],
           columns: dict[str, int]) -> Iterator[Finding]:
    """What the reporter should know about columns that are not read and columns that are not there."""
    unread = [heading.strip() for position, heading in enumerate(headings)
              if heading.strip() and position not in columns.values()]
    if unread:
        yield Finding(COLUMNS_NOTED, "informasjon", f"{file_name}: disse kolonnene leses ikke: {', '.join(unread)}.",
                      source=stem, file=file_name, cell=UNKNOWN_COLUMNS, found=", ".join(unread))
    absent = [field.heading for field in fields if field.heading not in columns]
    if absent:
        yield Finding(COLUMNS_NOTED, "advarsel", f"{file_name}: disse kolonnene finnes ikke og leses som tomme: "
                      f"{', '.join(absent)}. Legg dem til hvis regnskapssystemet har dem.",
                      source=stem, file=file_name, cell="manglende kolonner", expected=", ".join(absent))


def _passed_over(stem: str, file_name: str, table: TableFile) -> Iterator[Finding]:
    """What of the file stands outside the table."""
    if table.passed_over:
        yield Finding(COLUMNS_NOTED, "informasjon", f"{file_name}: overskriftene står på linje {table.heading_line}; det "
                      "som står over dem, leses ikke.", source=stem, file=file_name, cell="linjer over overskriftene",
                      found=str(len(table.passed_over)))
    if table.other_sheets:
        names = ", ".join(f"«{name}»" for name in table.other_sheets)
        yield Finding(COLUMNS_NOTED, "informasjon", f"{file_name}: arket «{table.sheet}» er lest; {names} er ikke lest.",
                      source=stem, file=file_name, cell="andre ark", found=names)
