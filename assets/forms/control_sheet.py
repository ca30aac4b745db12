"""The sheet that lists what was found in a workbook handed back, with a link to each cell; and how it is known again.

The sheet is ours, not the reporter's: it is not read, and is made anew each time.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assets.forms.cell_text import as_written, that_fits
from assets.forms.layout import HIDDEN_SHEET
from assets.sources.sheet_scan import place_of_cell
from dashboards.control_sentence import Told
from dashboards.control_words import LANGUAGES, level_name, words
from warehouse.harmless_text import never_calculated

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MARK_CELL = "A1"
TITLES = tuple(words(language)["sheet_title"] for language in LANGUAGES)
NAMES = tuple(words(language)["sheet"] for language in LANGUAGES)
_HEADING_ROW = 5
_COLUMNS = {"level": ("column_level", 13), "rule": ("column_control", 10), "place": ("column_place", 28),
            "message": ("column_message", 60), "found": ("column_found", 14), "expected": ("column_expected", 14),
            "advice": ("column_do", 44), "state": ("column_state", 12), "explanation": ("column_explanation", 40)}

_LINE_HEIGHT, _TALLEST_ROW, _FILLED = 15, 405, 0.85
"""Points; and how much of a line of text is filled. No program works heights out before somebody edits the row."""


def is_control_sheet(name: str, mark: Any) -> bool:
    """Whether a sheet is one of these, by its name and what stands in `MARK_CELL`."""
    return name.startswith(NAMES) and mark in TITLES


def cell_in(book: "Workbook", row: Mapping[str, Any]) -> "Cell | None":
    """The cell a finding is about, where it is one that a person can see."""
    reference = (row["cell"] or "").partition(":")[0]
    if row["sheet"] not in book.sheetnames or place_of_cell(reference) is None:
        return None
    sheet = book[row["sheet"]]
    return None if sheet.sheet_state != "visible" or row["sheet"] == HIDDEN_SHEET else sheet[reference]


def remove_control_sheets(book: "Workbook") -> None:
    """Takes earlier control sheets out of a workbook."""
    for sheet in list(book.worksheets):
        if is_control_sheet(sheet.title, sheet[MARK_CELL].value):
            book.remove(sheet)


def add_control_sheet(book: "Workbook", about: str, findings: Sequence[tuple[Mapping[str, Any], Told]],
                      language: str, *, formulas_replaced: bool) -> None:
    """Adds the sheet in front of the others and opens the workbook there. `findings`: row and words, worst first."""
    t = words(language)
    sheet = book.create_sheet(_free_name(book, t["sheet"]), 0)
    lead = [t["sheet_lead"], t["sheet_formulas"] if formulas_replaced else ""]
    for row, text in enumerate((t["sheet_title"], about, " ".join(filter(None, lead))), 1):
        _put(sheet, row, 1, text)
    for column, (key, width) in enumerate(_COLUMNS.values(), 1):
        _put(sheet, _HEADING_ROW, column, t[key])
        sheet.column_dimensions[sheet.cell(_HEADING_ROW, column).column_letter].width = width
    if not findings:
        _put(sheet, _HEADING_ROW + 1, 1, t["no_faults"])
    for at, (row, told) in enumerate(findings, _HEADING_ROW + 1):
        _list(sheet, at, row, told, language)
        _link(sheet, at, row, book)
    _dress(sheet)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet


def _list(sheet: "Worksheet", at: int, row: Mapping[str, Any], told: Told, language: str) -> None:
    texts = {"level": level_name(row["level"], language), "rule": row["rule_id"], "place": told.place,
             "message": told.in_full(language), "found": told.found, "expected": told.expected, "advice": told.advice,
             "state": words(language)[f"state_{row['state']}"], "explanation": told.explanation}
    for column, name in enumerate(_COLUMNS, 1):
        _put(sheet, at, column, texts[name])
    lines = max(1 + texts[name].count("\n") + len(texts[name]) // int(width * _FILLED)
                for name, (_, width) in _COLUMNS.items())
    sheet.row_dimensions[at].height = min(lines * _LINE_HEIGHT, _TALLEST_ROW)


def _put(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """A text as a text: nothing here is ever a formula, whoever wrote it."""
    if text:
        cell = sheet.cell(row, column)
        cell.value = as_written(that_fits(str(never_calculated(text))))
        cell.data_type = "s"


def _link(sheet: "Worksheet", at: int, row: Mapping[str, Any], book: "Workbook") -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    target = cell_in(book, row)
    if target is not None:
        cell = sheet.cell(at, 1 + list(_COLUMNS).index("place"))
        quoted = target.parent.title.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{target.coordinate}")
        cell.font = _font(cell, color="14507A", underline="single")


def _font(cell: "Cell", **changes: Any) -> Any:
    """The workbook's own font, changed."""
    from openpyxl.styles import Font

    own = cell.font
    return Font(**{"name": own.name, "size": own.sz, "family": own.family, **changes})


def _free_name(book: "Workbook", wanted: str) -> str:
    """The name, or the first free one after it when the reporter has a sheet of that name."""
    taken = {name.casefold() for name in book.sheetnames}
    return next(name for name in (wanted, *(f"{wanted} {number}" for number in range(2, 100)))
                if name.casefold() not in taken)


def _dress(sheet: "Worksheet") -> None:
    from openpyxl.styles import Alignment, PatternFill

    wrapped = Alignment(vertical="top", wrap_text=True)
    for row in sheet.iter_rows(min_row=_HEADING_ROW, max_col=len(_COLUMNS)):
        for cell in row:
            cell.alignment = wrapped
    for cell in sheet[_HEADING_ROW]:
        cell.font, cell.fill = _font(cell, bold=True, color="FFFFFF"), PatternFill("solid", start_color="1F4E5F")
    sheet[MARK_CELL].font = _font(sheet[MARK_CELL], bold=True, size=14)
    sheet.freeze_panes = sheet.cell(_HEADING_ROW + 1, 1)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
