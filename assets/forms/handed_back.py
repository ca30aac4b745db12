"""A delivered form handed back: the same workbook, with a comment and a mark in every faulty cell and a list of them.

Values, locks, typing rules and the hidden sheet stay what they were, so that the corrected workbook can be delivered.
A formula, which the library that writes would leave without its value, is replaced by the value it gave.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assets.forms.cell_text import LONGEST_TEXT, again_as_written, as_written, that_fits
from assets.forms.control_sheet import add_control_sheet, cell_in, remove_control_sheets
from assets.forms.layout import HIDDEN_SHEET, TITLES
from assets.forms.same_bytes import same_bytes
from assets.sources.workbook import OpenedWorkbook
from dashboards.control_sentence import Told, told
from dashboards.control_words import LANGUAGES, level_name, words
from expectations.finding import DeliveryRefused
from warehouse.finding_levels import LEVELS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

LARGEST_HANDED_BACK = 4 * 2**20
"""Bytes of XML inside; a form has a tenth of it. A larger workbook is not one of ours as we made it."""
FILLS = {"kritisk_feil": "F4A6A0", "feil": "F7BEB8", "advarsel": "FFD27A", "informasjon": "CFE3F3"}
EXPLAINED_FILL, INPUT_FILL = "DDE5EA", "FFF8DC"
AUTHOR = "Følgeeval"
_HEADS = tuple(f"— {words(language)['comment_head']} —" for language in LANGUAGES)
_WIDTH, _HEIGHT_OF_LINE, _CHARACTERS_OF_LINE, _TALLEST = 380, 18, 52, 420


def handed_back(content: bytes, file_name: str, findings: Sequence[Mapping[str, Any]], about: str,
                language: str) -> bytes | None:
    """The workbook (.xlsx) with its findings (rows of findings.finding, worst first). `about` is said in its list.

    None for what is none of our forms, and for one that is not opened because it could do harm.
    """
    if not _is_ours(content, file_name):
        return None
    book, formulas_replaced = _opened(content)
    _clean(book)
    in_words = [(row, told(row, language)) for row in findings]
    for cell, found in _by_cell(book, in_words).items():
        _mark(book[cell[0]][cell[1]], found, language)
    add_control_sheet(book, about, in_words, language, formulas_replaced=formulas_replaced)
    return same_bytes(book)


def _is_ours(content: bytes, file_name: str) -> bool:
    """Whether it can be opened safely and has the hidden sheet of a form."""
    try:
        book = OpenedWorkbook(content, next(iter(TITLES)), file_name)
        return HIDDEN_SHEET in book.sheet_names and book.size <= LARGEST_HANDED_BACK
    except DeliveryRefused:
        return False


def _opened(content: bytes) -> tuple["Workbook", bool]:
    """The workbook with values in place of formulas, and whether there were any."""
    from openpyxl import load_workbook

    book, values = load_workbook(BytesIO(content)), None
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                values = values or load_workbook(BytesIO(content), data_only=True)
                cell.value = values[sheet.title][cell.coordinate].value
            elif cell.data_type == "s":
                cell.value, cell.data_type = again_as_written(cell.value), "s"
    return book, values is not None


def _clean(book: "Workbook") -> None:
    """Takes away what was said the last time: our list, our part of each comment, and our marks."""
    remove_control_sheets(book)
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.comment):
            text = cell.comment.text
            kept = min((text.partition(head)[0] for head in _HEADS), key=len).rstrip()
            if kept != text.rstrip():
                _fill(cell, INPUT_FILL if not cell.protection.locked else None)
            cell.comment = _comment(kept, cell.comment.author) if kept else None


def _by_cell(book: "Workbook", findings: Sequence[tuple[Mapping[str, Any], Told]]) -> dict[tuple[str, str], list]:
    found: dict[tuple[str, str], list] = {}
    for row, told_of_it in findings:
        cell = cell_in(book, row)
        if cell is not None:
            found.setdefault((cell.parent.title, cell.coordinate), []).append((row, told_of_it))
    return found


def _mark(cell: "Cell", findings: list[tuple[Mapping[str, Any], Told]], language: str) -> None:
    """The comment after the one that may be there, and the fill of the gravest open finding."""
    paragraphs = [_paragraph(row, in_words, language) for row, in_words in findings]
    ours = as_written(that_fits("\n\n".join([f"— {words(language)['comment_head']} —", *paragraphs])))
    before, author = (f"{cell.comment.text}\n\n", cell.comment.author) if cell.comment else ("", AUTHOR)
    cell.comment = _comment(before + ours, author)
    open_ones = [row["level"] for row, _ in findings if row["state"] == "åpen"]
    _fill(cell, FILLS[max(open_ones, key=LEVELS.index)] if open_ones else EXPLAINED_FILL)


def _paragraph(row: Mapping[str, Any], in_words: Told, language: str) -> str:
    t = words(language)
    state = "" if row["state"] == "åpen" else f" ({t['state_' + row['state']].lower()})"
    lines = [f"{level_name(row['level'], language)} {row['rule_id']}{state}: {in_words.in_full(language)}"]
    if in_words.advice and in_words.advice not in in_words.what:
        lines.append(f"{t['do']}: {in_words.advice}")
    if in_words.explanation:
        lines.append(f"{t['column_explanation']}: {in_words.explanation}")
    return "\n".join(lines)


def _comment(text: str, author: str) -> Any:
    from openpyxl.comments import Comment

    lines = sum(1 + len(line) // _CHARACTERS_OF_LINE for line in text.split("\n"))
    return Comment(text[:LONGEST_TEXT], author, height=min(_HEIGHT_OF_LINE * (lines + 1), _TALLEST), width=_WIDTH)


def _fill(cell: "Cell", colour: str | None) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", start_color=colour) if colour else PatternFill()
