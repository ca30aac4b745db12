"""How a form looks: fonts, colours, number formats and widths. What stands in it belongs in `workbook.py`."""

from typing import TYPE_CHECKING, Any

from assets.forms.cell_text import as_written
from assets.forms.layout import EXPLANATION, LABEL, PREVIOUS, STATUS, VALUE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_FORMATS = {"count": "#,##0", "fte": "General", "days": "General", "months": "General", "amount": "#,##0.0##",
            "date": "dd\\.mm\\.yyyy", "text": "@", "choice": "@", "explanation": "@"}
_WRAPPED = ("text", "explanation")
_WIDTHS = {LABEL: 56, VALUE: 18, STATUS: 24, EXPLANATION: 50, PREVIOUS: 20}
_TEXT_WIDTHS = {LABEL: 36, VALUE: 100, STATUS: 1, EXPLANATION: 1, PREVIOUS: 60}
TITLE_HEIGHT, ADVICE_HEIGHT, HEADING_HEIGHT, FIELD_HEIGHT, TEXT_HEIGHT = 26, 20, 34, 30, 104
"""Heights in points. They are set, since no program works them out before somebody has opened the workbook."""


class Looks:
    """The named styles of one workbook, made once and shared by all its cells."""

    def __init__(self, book: "Workbook") -> None:
        self._styles: dict[str, Any] = {}
        for style in _named_styles():
            book.add_named_style(style)
            # A cell takes the whole style by this one array: much faster than to set its parts cell by cell.
            self._styles[style.name] = style.as_tuple()

    def write(self, sheet: "Worksheet", at: str, value: Any, style: str) -> "Cell":
        """A value in its style. A text stays a text, also one that begins like a formula."""
        from copy import copy

        cell = sheet[at]
        if value is not None:
            cell.value = as_written(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        cell._style = copy(self._styles[style])
        return cell

    @staticmethod
    def widths(only_texts: bool) -> dict[str, int]:
        """Widths by column, in characters."""
        return _TEXT_WIDTHS if only_texts else _WIDTHS


def _named_styles() -> list[Any]:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    line = Side(style="thin", color="B8B8B8")
    box, below = Border(left=line, right=line, top=line, bottom=line), Border(bottom=line)
    yellow, grey = PatternFill("solid", start_color="FFF8DC"), PatternFill("solid", start_color="EDEDED")
    top, middle = Alignment(vertical="top", wrap_text=True), Alignment(vertical="center", wrap_text=True)
    styles = [
        NamedStyle("title", font=Font(bold=True, size=14), alignment=Alignment(vertical="center")),
        NamedStyle("advice", font=Font(italic=True, color="595959"), alignment=Alignment(vertical="center")),
        NamedStyle("heading", font=Font(bold=True, color="FFFFFF"), fill=PatternFill("solid", start_color="1F4E5F"),
                   alignment=middle),
        NamedStyle("label", alignment=middle, border=below),
        NamedStyle("label_of_part", border=below, alignment=Alignment("left", "center", wrap_text=True, indent=2)),
        NamedStyle("label_of_text", alignment=top, border=below),
    ]
    for kind, number_format in _FORMATS.items():
        alignment = top if kind == "text" else middle if kind in _WRAPPED else Alignment(vertical="center")
        styles.append(NamedStyle(f"input_{kind}", fill=yellow, border=box, alignment=alignment,
                                 number_format=number_format, protection=Protection(locked=False)))
        styles.append(NamedStyle(f"previous_{kind}", fill=grey, alignment=alignment, number_format=number_format,
                                 font=Font(color="595959")))
    return styles
