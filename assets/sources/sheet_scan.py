"""One pass over a sheet's XML for what the values alone do not tell: formulas without a value, errors, how far out.

A library that reads values gives an empty cell for a formula that was never calculated and for an error; taking those
for «not reported» would be wrong.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

NOT_CALCULATED = "formelen i cellen har ingen verdi"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ENOUGH = 100
"""Characters kept of a value: it is only asked whether there is one, and which error it is."""


@dataclass
class SheetScan:
    """`troubles` by cell reference, in bokmål; `rows` and `columns` is the rectangle from A1 that holds all values."""

    troubles: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


def place_of_cell(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as `B7`, counted from 1; None for what is no cell of a workbook."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def scanned(text: bytes) -> SheetScan:
    """The sheet scanned. Raises ValueError for XML that is broken, or that defines anything of its own."""
    scanner = _Scanner()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = scanner.start, scanner.end
    parser.CharacterDataHandler = scanner.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    return scanner.scan


def _refuse(*_: object) -> None:
    raise ValueError("XML-teksten har egne definisjoner")


class _Scanner:
    """Follows rows and cells; a cell without a reference stands next to the one before it."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self._row = self._column = 0
        self._cell: tuple[int, int] | None = None
        self._type = ""
        self._has_formula = self._has_value = self._in_value = False
        self._value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "c":
            self._begin_cell(attributes)
        elif self._cell is not None:
            self._has_formula |= name == "f"
            self._has_value |= name in ("v", "is")
            self._in_value = name in ("v", "t")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if "r" in attributes:
            place = place_of_cell(attributes["r"])
            if place is None:
                raise ValueError(f"{attributes['r']} er ikke en celle")
            self._row, self._column = place
        self._cell, self._type, self._value = (self._row, self._column), attributes.get("t", ""), ""
        self._has_formula = self._has_value = False

    def text(self, text: str) -> None:
        if self._in_value and len(self._value) < _ENOUGH:
            self._value += text

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c" and self._cell is not None:
            self._end_cell(*self._cell)
            self._cell = None

    def _end_cell(self, row: int, column: int) -> None:
        reference = f"{_column_letters(column)}{row}"
        if self._type == "e":
            self.scan.troubles[reference] = f"cellen viser feilen {self._value or '(uten navn)'}"
        elif self._has_formula and not self._value and not (self._type == "str" and self._has_value):
            # A text formula may have calculated to an empty text; all else without a value was never calculated.
            self.scan.troubles[reference] = NOT_CALCULATED
        if self._has_value or self._has_formula:
            self.scan.rows, self.scan.columns = max(self.scan.rows, row), max(self.scan.columns, column)


def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
