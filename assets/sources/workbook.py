"""A workbook from a stranger as sheets of values: cached values only, never a formula's text.

The unpacking with its bounds is done in `workbook_archive.py`; calamine sees only what came through there.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from assets.sources.refusals import NOT_A_WORKBOOK, UNSAFE_WORKBOOK, refusal
from assets.sources.sheet_scan import SheetScan, place_of_cell, scanned
from assets.sources.workbook_archive import SAVE_AGAIN, WORKBOOK, xml_members
from expectations.finding import DeliveryRefused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from python_calamine import CalamineWorkbook

Value = float | int | str | bool | date | datetime | time | timedelta
STYLES = "xl/styles.xml"
_PERCENT_FORMATS = ("9", "10")
_WITHOUT_VALUES = ("docProps/", "customXml/", "xl/comments", "xl/drawings/", "xl/theme/")
LARGEST_GRID = 2_000_000
"""Cells of the rectangle that holds all values of a sheet; a form needs some hundreds."""


class Sheet:
    """The values of one sheet by cell reference. `is_hidden`: nobody who opens the workbook sees the sheet."""

    def __init__(self, name: str, values: list[list[Value]], scan: SheetScan, *, is_hidden: bool = False) -> None:
        self.name, self.is_hidden, self._values, self._scan = name, is_hidden, values, scan

    @property
    def values(self) -> list[list[Value]]:
        """Every row from the first; an empty cell is an empty text."""
        return self._values

    @property
    def troubles(self) -> dict[str, str]:
        """The cells whose value cannot be known, by reference, with why."""
        return self._scan.troubles

    @property
    def height(self) -> int:
        """How many rows there are down to the last that has a value."""
        return len(self._values)

    def at(self, reference: str) -> Value | None:
        """The value of a cell, None where it is empty. Raises ValueError for a reference that is none."""
        place = place_of_cell(reference)
        if place is None:
            raise ValueError(f"{reference} er ikke en celle")
        row, column = place
        if row > len(self._values) or column > len(self._values[row - 1]):
            return None
        value = self._values[row - 1][column - 1]
        return None if value == "" else value

    def trouble_at(self, reference: str) -> str | None:
        """Why the cell's value cannot be known: a formula that has not been calculated, or an error. In bokmål."""
        return self._scan.troubles.get(reference)

    def merged_at(self, reference: str) -> tuple[int, int, int, int] | None:
        """The merged range a cell is a part of: first row, first column, last row, last column; None outside all."""
        row, column = place_of_cell(reference)
        return next((corners for corners in self._scan.merged
                     if corners[0] <= row <= corners[2] and corners[1] <= column <= corners[3]), None)

    def hidden_at(self, reference: str) -> str | None:
        """What hides the cell, in bokmål: its sheet, row or column; None where it can be seen."""
        row, column = place_of_cell(reference)
        if self.is_hidden:
            return "arket"
        if row in self._scan.hidden_rows:
            return "raden"
        return "kolonnen" if any(first <= column <= last for first, last in self._scan.hidden_columns) else None

    def filled(self) -> Iterator[tuple[int, int, Value]]:
        """Row, column and value of every cell that is not empty, row by row."""
        for row, values in enumerate(self._values, 1):
            for column, value in enumerate(values, 1):
                if value != "":
                    yield row, column, value


class OpenedWorkbook:
    """A workbook whose members were unpacked within bounds. Raises DeliveryRefused for what cannot be read."""

    def __init__(self, content: bytes, stem: str, file_name: str) -> None:
        self._stem, self._file_name = stem, file_name
        self._members = xml_members(content, stem, file_name)
        self._hidden: set[str] = set()
        self._paths = self._paths_by_sheet()
        self._sheets: dict[str, Sheet] = {}

    @property
    def sheet_names(self) -> tuple[str, ...]:
        return tuple(self._paths)

    @property
    def size(self) -> int:
        """How many bytes of XML it holds, unpacked."""
        return sum(map(len, self._members.values()))

    def sheet(self, name: str) -> Sheet:
        """One sheet's values, read once. Raises KeyError for a sheet that is not there."""
        if name not in self._sheets:
            self._sheets[name] = self._read(name)
        return self._sheets[name]

    def _read(self, name: str) -> Sheet:
        text = self._members.get(self._paths[name])
        if text is None:
            raise self._unreadable()
        try:
            scan = scanned(text)
        except ValueError:
            raise self._unreadable() from None
        if scan.is_odd:
            raise refusal(UNSAFE_WORKBOOK, self._stem, self._file_name, f"arket «{name}» har flere skjulte rader eller "
                          "sammenslåtte celler enn et skjema kan ha; det er ikke lest. Ta dem bort og lever det på "
                          "nytt.")
        if scan.rows * scan.columns > LARGEST_GRID:
            raise refusal(UNSAFE_WORKBOOK, self._stem, self._file_name, f"arket «{name}» har verdier så langt ute "
                          f"(rad {scan.rows}, kolonne {scan.columns}) at det ikke kan være et skjema; det er ikke "
                          "lest. Slett det som står utenfor skjemaet og lever det på nytt.")
        values = self._guarded(lambda: self._book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        return Sheet(name, values, scan, is_hidden=name in self._hidden)

    def is_percent(self, name: str, cell: str) -> bool:
        """Whether a cell's format shows its number as a percentage: 12.5 is then seen as 1250 %."""
        style = re.search(rb'<c r="%s"[^<>]*? s="([0-9]+)"' % cell.encode(), self._members[self._paths[name]])
        return style is not None and int(style[1]) in self._percent_styles

    @cached_property
    def _percent_styles(self) -> frozenset[int]:
        if STYLES not in self._members:
            return frozenset()
        root = self._xml(STYLES)
        formats = {element.get("numFmtId"): element.get("formatCode", "") for element in root.iter()
                   if element.tag.rpartition("}")[2] == "numFmt"}
        styles = next((part for part in root if part.tag.rpartition("}")[2] == "cellXfs"), ())
        return frozenset(number for number, style in enumerate(styles) if style.get("numFmtId") in _PERCENT_FORMATS
                         or "%" in formats.get(style.get("numFmtId"), ""))

    @cached_property
    def _book(self) -> "CalamineWorkbook":
        from python_calamine import CalamineWorkbook

        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for name, text in self._members.items():
                if not name.startswith(_WITHOUT_VALUES):
                    archive.writestr(zipfile.ZipInfo(name), text)
        packed.seek(0)
        return CalamineWorkbook.from_filelike(packed)

    def _guarded(self, ask):
        """What the library answers; when it gives up, also in its own way (a panic is no Exception), we refuse."""
        try:
            return ask()
        except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
            raise
        except BaseException:
            raise self._unreadable() from None

    def _paths_by_sheet(self) -> dict[str, str]:
        """The member of each sheet, by the sheet's name, in the workbook's order."""
        targets = {element.get("Id"): element.get("Target", "") for element in self._xml("xl/_rels/workbook.xml.rels")}
        paths: dict[str, str] = {}
        for element in self._xml(WORKBOOK).iter():
            if element.tag.rpartition("}")[2] == "sheet" and (name := element.get("name")):
                relation = next((value for key, value in element.items() if key.endswith("}id")), None)
                if element.get("state", "visible") != "visible":
                    self._hidden.add(name)
                paths.setdefault(name, posixpath.normpath(posixpath.join("/xl", targets.get(relation, "")))[1:])
        return paths

    def _xml(self, name: str) -> "Element":
        from xml.etree.ElementTree import ParseError

        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        try:
            return fromstring(self._members[name], forbid_dtd=True)
        except (KeyError, ParseError, DefusedXmlException, ValueError, LookupError):
            raise self._unreadable() from None

    def _unreadable(self) -> DeliveryRefused:
        return refusal(NOT_A_WORKBOOK, self._stem, self._file_name,
                       f"arbeidsboken kan ikke leses: noe inne i den er skadet. {SAVE_AGAIN}")
