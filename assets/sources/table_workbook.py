"""The visible sheets of a stranger's workbook as rows of text, so that a table is read alike from CSV and from Excel.

A number becomes its digits with decimal comma, a date the day as 2018-03-15. A form of ours is not such a table.
"""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from assets.forms.layout import HIDDEN_SHEET
from assets.sources.refusals import FORMULA_WITHOUT_VALUE, Faults
from assets.sources.workbook import OpenedWorkbook, Sheet, Value
from expectations.finding import DeliveryRefused

Rows = list[tuple[int, list[str]]]


def sheets_as_text(content: bytes, stem: str | None = None, file_name: str = "") -> dict[str, Rows]:
    """Each sheet's rows that hold something, with their row numbers; nothing for a form of ours.

    Without a stem the question is only what the file may be: a workbook that cannot be opened has no sheets. With one,
    raises DeliveryRefused for it, and for each cell whose value cannot be known.
    """
    opened = _opened(content)
    if isinstance(opened, DeliveryRefused):
        if stem is None:
            return {}
        # It was opened before anyone knew whose it was: the file's name stands first in every message.
        raise DeliveryRefused([replace(finding, message=f"{file_name}{finding.message}", source=stem, file=file_name)
                               for finding in opened.findings])
    if stem is not None:
        faults = Faults(stem, file_name)
        for sheet in opened:
            for reference, trouble in sheet.troubles.items():
                faults.add(FORMULA_WITHOUT_VALUE, f": {trouble}. Åpne filen i regnearket, la det regne ut, lagre og lever "
                           "den på nytt.", sheet=sheet.name, cell=reference)
        faults.stop()
    return {sheet.name: _rows(sheet) for sheet in opened}


@lru_cache(maxsize=1)
def _opened(content: bytes) -> tuple[Sheet, ...] | DeliveryRefused:
    """The sheets, opened once however many readers ask about the same file."""
    try:
        book = OpenedWorkbook(content, "workbook", "")
        if HIDDEN_SHEET in book.sheet_names:
            return ()
        return tuple(sheet for name in book.sheet_names if not (sheet := book.sheet(name)).is_hidden)
    except DeliveryRefused as refused:
        return refused


def _rows(sheet: Sheet) -> Rows:
    texts = ((number, [as_text(value) for value in row]) for number, row in enumerate(sheet.values, 1))
    return [(number, row) for number, row in texts if any(row)]


def as_text(value: Value) -> str:
    """A cell as a CSV file would have it."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, float):
        # Fifteen digits are what a workbook keeps; more is the noise of binary fractions.
        return format(value, ".15g").replace(".", ",") if abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value).strip()
