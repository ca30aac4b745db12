"""One pass over a sheet's XML for what values alone do not tell: formulas without one, errors, how far out, what is
merged and what is hidden.

A library that reads values gives an empty cell for a formula that was never calculated, for an error and for a cell
that a merged one covers; taking those for «not reported» would be wrong.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

NOT_CALCULATED = "formelen i cellen har ingen verdi"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_RANGES = 10_000
"""Merged ranges, hidden rows or hidden columns kept of one sheet; whoever has more than that is not read (`is_odd`)."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ENOUGH = 100
"""Characters kept of a value: it is only asked whether there is one, and which error it is."""

_ENOUGH_CELLS = 100_000

_ENDS = (b" ", b">", b"/", b"\n", b"\r", b"\t")
_CELL_TAGS, _ROW_TAGS = tuple(b"<c" + end for end in _ENDS), tuple(b"<row" + end for end in _ENDS)
_PLAIN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="[0-9]+")?(?: t="(?:n|s|str|b|d|inlineStr)")? ?(/?)>')
_PLAIN_ROW = re.compile(rb'<row r="[1-9][0-9]{0,6}"[ />]')
_LOOK_CLOSER = (b"</f>", b"<f ", b"<f/", b":f", b":c", b":row", b"<!", b"mergeCell", b'hidden="1', b'hidden="true',
                b"hidden='", b' ht="0', b' width="0')
"""What is not so plain: formulas, merged and hidden cells, comments, and tags with a prefix."""


@dataclass
class SheetScan:
    """`troubles` by cell reference, in bokmål; `rows` and `columns` is the rectangle from A1 that holds all values.

    `merged` are ranges (first row, first column, last row, last column), `hidden_rows` row numbers, `hidden_columns`
    pairs of first and last, all counted from 1.
    """

    troubles: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_odd(self) -> bool:
        """Whether there are more merged or hidden ranges than a form made by people has."""
        return max(len(self.merged), len(self.hidden_rows), len(self.hidden_columns)) > MOST_RANGES


@lru_cache(maxsize=10_000)
def place_of_cell(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as `B7`, counted from 1; None for what is no cell of a workbook."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), number_of_column(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def number_of_column(letters: str) -> int:
    """1 for A, 27 for AA. The letters must be A–Z."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def scanned(text: bytes) -> SheetScan:
    """The sheet scanned. Raises ValueError for XML that is broken, or that defines anything of its own."""
    plain = _plain(text)
    if plain is None:
        return _looked_at_closely(text)
    _parse(text, None)
    return plain


def _looked_at_closely(text: bytes) -> SheetScan:
    """The scan of any sheet, element by element."""
    scanner = _Scanner()
    _parse(text, scanner)
    return scanner.scan


def _parse(text: bytes, scanner: "_Scanner | None") -> None:
    """Reads the XML through, and tells the scanner, if there is one, what stands in it."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    if scanner is not None:
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = scanner.start, scanner.end
        parser.CharacterDataHandler = scanner.text
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


def _plain(text: bytes) -> SheetScan | None:
    """The scan of a sheet with nothing in it but values written the common way; None when it must be looked at closely.

    Many times as fast as to follow each element, and most sheets of a form are so. A cell with an end tag counts as
    filled; where that makes the rectangle large, a closer look tells how large it is.
    """
    if any(mark in text for mark in _LOOK_CLOSER):
        return None
    cells, rows_count = _PLAIN_CELL.findall(text), len(_PLAIN_ROW.findall(text))
    if len(cells) != sum(map(text.count, _CELL_TAGS)) or rows_count != sum(map(text.count, _ROW_TAGS)):
        return None
    last_row, last_column = _far_corner(cells)
    rows, columns = _far_corner([cell for cell in cells if not cell[2]])
    is_known = last_row <= LAST_ROW and last_column <= LAST_COLUMN and rows * columns <= _ENOUGH_CELLS
    return SheetScan(rows=rows, columns=columns) if is_known else None


def _far_corner(cells: list[tuple[bytes, bytes, bytes]]) -> tuple[int, int]:
    """The largest row and the largest column of cells given as letters, row and whether they are empty."""
    rows, columns = {row for _, row, _ in cells}, {letters for letters, _, _ in cells}
    return max(map(int, rows), default=0), max((number_of_column(letters.decode()) for letters in columns), default=0)


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
            if _is_hidden(attributes, "ht") and len(self.scan.hidden_rows) <= MOST_RANGES:
                self.scan.hidden_rows.add(self._row)
        elif name == "c":
            self._begin_cell(attributes)
        elif self._cell is not None:
            self._has_formula |= name == "f"
            self._has_value |= name in ("v", "is")
            self._in_value = name in ("v", "t")
        elif name == "col" and _is_hidden(attributes, "width") and len(self.scan.hidden_columns) <= MOST_RANGES:
            self.scan.hidden_columns.append((int(attributes.get("min", 0)), int(attributes.get("max", 0))))
        elif name == "mergeCell" and len(self.scan.merged) <= MOST_RANGES:
            self.scan.merged.append(_corners(attributes.get("ref", "")))

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
        reference = f"{column_letters(column)}{row}"
        if self._type == "e":
            self.scan.troubles[reference] = f"cellen viser feilen {self._value or '(uten navn)'}"
        elif self._has_formula and not self._value and not (self._type == "str" and self._has_value):
            # A text formula may have calculated to an empty text; all else without a value was never calculated.
            self.scan.troubles[reference] = NOT_CALCULATED
        if self._has_value or self._has_formula:
            self.scan.rows, self.scan.columns = max(self.scan.rows, row), max(self.scan.columns, column)


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or column is hidden, or so low or narrow that it cannot be seen."""
    return attributes.get("hidden", "0") not in ("0", "false") or not attributes.get(size, "1").strip("0.")


def _corners(reference: str) -> tuple[int, int, int, int]:
    first, colon, last = reference.partition(":")
    places = place_of_cell(first), place_of_cell(last if colon else first)
    if None in places:
        raise ValueError(f"{reference} er ikke et område")
    (rows, columns) = map(sorted, zip(*places, strict=True))
    return rows[0], columns[0], rows[1], columns[1]
