"""Semicolon-separated files with headings: from bytes to one dictionary per line, with true line numbers."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assets.sources.fields import Field, NotAccepted
from assets.sources.headings import columns_of, own_heading
from assets.sources.refusals import BROKEN_LINE, COLUMNS_NOTED, EMPTY_FILE, Faults, refusal
from expectations.finding import Finding

FORM_VERSION = "csv 1"
SEPARATOR = ";"


@dataclass(frozen=True)
class Lines:
    """The lines of one file: a dictionary by field name each, with `line_number`, and notes about the columns."""

    rows: tuple[dict[str, Any], ...]
    columns: frozenset[str]
    notes: tuple[Finding, ...]


def decoded(content: bytes) -> str:
    """The text: UTF-8 with or without BOM, otherwise ISO-8859-1."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("iso-8859-1")


def has_headings(content: bytes, stem: str, signature: Sequence[str], *, at_least: int = 2) -> bool:
    """Whether the first line carries at least so many of the headings that only this source has."""
    first_line = re.split(rb"[\r\n]", content.removeprefix(b"\xef\xbb\xbf").lstrip(), maxsplit=1)[0]
    headings = [heading.strip('"') for heading in decoded(first_line).split(SEPARATOR)]
    return len({own_heading(stem, heading, signature) for heading in headings} & set(signature)) >= at_least


def read_lines(stem: str, fields: Sequence[Field], content: bytes, file_name: str) -> Lines:
    """Every data line of the file. Raises DeliveryRefused naming each faulty line, heading and text."""
    records = list(_records(stem, file_name, decoded(content)))
    if not records:
        raise refusal(EMPTY_FILE, stem, file_name, "filen er tom. Lag uttrekket på nytt og lever det igjen.")
    faults = Faults(stem, file_name)
    headings = records[0][1]
    columns = columns_of(stem, fields, headings, faults)
    faults.stop()
    if len(records) == 1:
        raise refusal(EMPTY_FILE, stem, file_name, "filen har overskrifter, men ingen linjer. Lag uttrekket på nytt.")
    rows = [_row(line, record, headings, fields, columns, faults) for line, record in records[1:]]
    faults.stop()
    return Lines(tuple(rows), frozenset(columns), tuple(_notes(stem, file_name, fields, headings, columns)))


def _records(stem: str, file_name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it starts on; records without any content are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR, strict=True)
    line = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise refusal(
                BROKEN_LINE, stem, file_name,
                f"linje {line} har anførselstegn som ikke går opp. Doble anførselstegn inne i teksten, eller fjern "
                "dem."
            ) from error
        if any(cell.strip() for cell in record):
            yield line, record
        line = reader.line_num + 1


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
                      source=stem, file=file_name, cell="ukjente kolonner", found=", ".join(unread))
    absent = [field.heading for field in fields if field.heading not in columns]
    if absent:
        yield Finding(COLUMNS_NOTED, "advarsel", f"{file_name}: disse kolonnene finnes ikke og leses som tomme: "
                      f"{', '.join(absent)}. Legg dem til hvis regnskapssystemet har dem.",
                      source=stem, file=file_name, cell="manglende kolonner", expected=", ".join(absent))
