"""A workbook from a stranger as sheets of values: cached values only, never a formula's text.

The unpacking with its bounds is done in `workbook_archive.py`; calamine sees only what came through there.
"""

import io
import posixpath
import zipfile
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
LARGEST_GRID = 2_000_000
"""Cells of the rectangle that holds all values of a sheet; a form needs some hundreds."""


class Sheet:
    """The values of one sheet by cell reference."""

    def __init__(self, name: str, values: list[list[Value]], scan: SheetScan) -> None:
        self.name, self._values, self._scan = name, values, scan

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


class OpenedWorkbook:
    """A workbook whose members were unpacked within bounds. Raises DeliveryRefused for what cannot be read."""

    def __init__(self, content: bytes, stem: str, file_name: str) -> None:
        self._stem, self._file_name = stem, file_name
        self._members = xml_members(content, stem, file_name)
        self._paths = self._paths_by_sheet()

    @property
    def sheet_names(self) -> tuple[str, ...]:
        return tuple(self._paths)

    def sheet(self, name: str) -> Sheet:
        """One sheet's values. Raises KeyError for a sheet that is not there."""
        text = self._members.get(self._paths[name])
        if text is None:
            raise self._unreadable()
        try:
            scan = scanned(text)
        except ValueError:
            raise self._unreadable() from None
        if scan.rows * scan.columns > LARGEST_GRID:
            raise refusal(UNSAFE_WORKBOOK, self._stem, self._file_name, f"arket «{name}» har verdier så langt ute "
                          f"(rad {scan.rows}, kolonne {scan.columns}) at det ikke kan være et skjema; det er ikke "
                          "lest. Slett det som står utenfor skjemaet og lever det på nytt.")
        values = self._guarded(lambda: self._book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        return Sheet(name, values, scan)

    @cached_property
    def _book(self) -> "CalamineWorkbook":
        from python_calamine import CalamineWorkbook

        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for name, text in self._members.items():
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
