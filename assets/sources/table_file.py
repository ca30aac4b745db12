"""A table in a file, as headings and records with the lines they stand on: delimited text, or a sheet of a workbook.

What the columns mean belongs in `delimited.py`; whether a cell can be taken, in `fields.py`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assets.sources.refusals import BROKEN_LINE, MIXED_ENCODING, TOO_LARGE, refusal
from assets.sources.table_workbook import sheets_as_text
from assets.sources.text_encoding import MixedEncoding, decoded
from assets.sources.workbook_archive import looks_like_workbook
from warehouse.number_format import format_number

SEPARATORS = (";", "\t", ",")
MOST_TITLE_LINES = 20
"""Exports may have a title above the headings; they are looked for this far down."""

MOST_RECORDS = 250_000
"""A record takes three to four kilobytes while it is read: so many keep one file within a gigabyte."""
MOST_COLUMNS = 500
"""Columns looked at in search of headings; no table of ours has thirty."""

Record = tuple[int, list[str]]
HeadingCount = Callable[[Sequence[str]], int]
"""How many of the headings looked for a line carries."""


@dataclass(frozen=True)
class TableFile:
    """One table: `records` with the line (row of the sheet) each starts on, blank ones left out.

    `passed_over` are the lines above the headings; `sheet` is None in a text file.
    """

    headings: list[str]
    heading_line: int
    records: list[Record]
    passed_over: tuple[int, ...] = ()
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()


def headings_found(content: bytes, count: HeadingCount, at_least: int) -> bool:
    """Whether some line near the top carries so many of the headings looked for."""
    if looks_like_workbook(content, ""):
        return any(count(cells) >= at_least for rows in sheets_as_text(content).values()
                   for _, cells in rows[:MOST_TITLE_LINES])
    try:
        text = decoded(content[:200_000])
    except (MixedEncoding, UnicodeDecodeError):
        text = content[:200_000].decode("iso-8859-1")
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()][:MOST_TITLE_LINES]
    return any(count(_first_cells(line, separator)) >= at_least for line in lines for separator in SEPARATORS)


def _first_cells(line: str, separator: str) -> list[str]:
    return [cell.strip('" ') for cell in line.split(separator, MOST_COLUMNS)[:MOST_COLUMNS]]


def table_in(
    content: bytes, stem: str, file_name: str, count: HeadingCount, *, comma: bool = False,
) -> TableFile | None:
    """The table whose heading line carries most of the headings looked for; None where the file holds nothing.

    Raises DeliveryRefused for text that cannot be cut into records, and for a workbook with two such tables.
    """
    if looks_like_workbook(content, file_name):
        return _table_in_workbook(content, stem, file_name, count)
    try:
        text = decoded(content)
    except MixedEncoding as mixed:
        raise refusal(MIXED_ENCODING, stem, file_name, f"filen blander to tegnsett: fra linje {mixed.line} står æ, ø "
                                                       f"og å "
                      "som UTF-8, andre steder som ISO-8859-1. Lagre hele filen på nytt i ett tegnsett.") from None
    if (at := text.find("\0")) >= 0:
        line = text.count("\n", 0, at) + 1
        raise refusal(BROKEN_LINE, stem, file_name, f"linje {line} har tegnet null (0), som ikke er tekst. Filen er skadet, "
                      "eller lagret i UTF-16 uten merke; lagre den på nytt som UTF-8.")
    separator = _separator_of(text, count)
    if separator == "," and not comma:
        raise refusal(BROKEN_LINE, stem, file_name, "kolonnene er skilt med komma, som også er desimaltegn, så beløp "
                                                    "kan "
                      "bli delt i to. Ta uttrekket på nytt med semikolon mellom kolonnene.")
    records = list(islice(_records(stem, file_name, text, separator), MOST_RECORDS + 1))
    _refuse_too_many(records, stem, file_name)
    return _below_its_headings(records, count) if records else None


def _table_in_workbook(content: bytes, stem: str, file_name: str, count: HeadingCount) -> TableFile | None:
    sheets = sheets_as_text(content, stem, file_name)
    most = {name: max((count(cells) for _, cells in rows[:MOST_TITLE_LINES]), default=0)
            for name, rows in sheets.items()}
    candidates = [name for name, number in most.items() if number >= 2]
    if len(candidates) > 1:
        names = " og ".join(f"«{name}»" for name in candidates)
        raise refusal(BROKEN_LINE, stem, file_name, f"arkene {names} har begge overskriftene, og bare ett kan leses. "
                      "Behold det ene arket, eller lever dem som hver sin fil.")
    if not candidates:
        return None
    (name,) = candidates
    _refuse_too_many(sheets[name], stem, file_name)
    table = _below_its_headings(sheets[name], count)
    return TableFile(table.headings, table.heading_line, table.records, table.passed_over, name,
                     tuple(other for other in sheets if other != name and sheets[other]))


def _refuse_too_many(records: list[Record], stem: str, file_name: str) -> None:
    if len(records) > MOST_RECORDS:
        raise refusal(TOO_LARGE, stem, file_name, f"filen har mer enn {format_number(MOST_RECORDS, 0)} linjer, og flere leses "
                      "ikke. Kontroller at det er riktig uttrekk, og del det i flere filer, for eksempel én per år.")


def _below_its_headings(records: list[Record], count: HeadingCount) -> TableFile:
    """The records below the line near the top with most of the headings; the first such line, or the first of all."""
    counts = [count(cells) for _, cells in islice(records, MOST_TITLE_LINES)]
    at = counts.index(max(counts)) if max(counts) >= 2 else 0
    heading_line, headings = records[at]
    return TableFile(headings, heading_line, records[at + 1:], tuple(line for line, _ in records[:at]))


def _separator_of(text: str, count: HeadingCount) -> str:
    """What the heading line is separated by; semicolon where no line tells."""
    lines = [line for line in islice(re.finditer(r"[^\r\n]+", text), MOST_TITLE_LINES)]
    scores = {separator: max((count(_first_cells(line.group(), separator)) for line in lines), default=0) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return best if scores[best] >= 2 else ";"


def _records(stem: str, file_name: str, text: str, separator: str) -> Iterator[Record]:
    """Each record with the line it starts on; records without any content are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
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
