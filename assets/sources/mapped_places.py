"""Where the fields of a mapping stand in a workbook: every place found exactly once, or a fault that says why not.

The texts are looked for in the whole sheet; one that stands twice, or that is merged over several rows or columns, says
no one place, and nobody chooses for the sender.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from assets.forms.layout import FormField, form_fields
from assets.sources.fields import NotAccepted
from assets.sources.form_answers import Answer, answer, shown, sign_of
from assets.sources.form_mapping import HEAD, MUNICIPALITY, PERIOD, STEM, Mapping, MappingLine
from assets.sources.form_period import period_in
from assets.sources.form_table import FieldCells, FormTable
from assets.sources.refusals import (
    FORMULA_WITHOUT_VALUE, LABEL_NOT_FOUND, MAPPING_LINE, MAPPING_UNIT, UNKNOWN_CODE, Faults, in_sheet)
from assets.sources.regions import known_regions
from assets.sources.sheet_scan import column_letters, number_of_column, place_of_cell
from assets.sources.workbook import OpenedWorkbook, Sheet
from expectations.wording import some

FORM_VERSION = "mapping 1"


class Place(NamedTuple):
    """A cell of a sheet; row and column counted from 1."""

    sheet: Sheet
    row: int
    column: int

    @property
    def cell(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


def mapped_table(mapping: Mapping, book: OpenedWorkbook, mapping_name: str) -> FormTable:
    """What the mapping says of this workbook, as a hidden table would. Raises DeliveryRefused with every fault."""
    faults = Faults(mapping.stem, mapping_name)
    search = _Search(book, faults)
    lines = [line for line in (*mapping.head.values(), *mapping.fields.values()) if line.field_id != STEM]
    places = {line.field_id: place for line in lines if not line.value and (place := search.place(line))}
    _judge_shared(places, mapping, faults)
    head = {name: _head_text(mapping.head[name], places.get(name), faults) for name in HEAD if name != STEM}
    period = _judge_head(mapping, head, faults)
    known = {one.field_id: one for one in form_fields(mapping.stem)}
    stated = {name: _stated(known[name], line, faults) for name, line in mapping.fields.items() if line.value}
    _judge_percentages(places, mapping, book, faults)
    faults.stop()
    cells = {field_id: FieldCells(place.sheet.name, place.cell, None, None)
             for field_id, place in places.items() if field_id in known}
    cells |= {line.field_id: FieldCells(mapping_name, f"linje {line.line}", None, None)
              for line in mapping.fields.values() if line.value}
    return FormTable(head[MUNICIPALITY], period, FORM_VERSION, cells, elsewhere=(mapping_name, "linje mangler"),
                     stated=stated, scales={field_id: line.scale for field_id, line in mapping.fields.items()},
                     signs=mapping.signs)


@dataclass
class _Search:
    """Finds the places of lines in a workbook; what cannot be found once becomes a fault."""

    book: OpenedWorkbook
    faults: Faults
    texts: dict[str, dict[str, list[tuple[int, int]]]] = field(default_factory=dict)

    def place(self, line: MappingLine) -> Place | None:
        names = [name for name in self.book.sheet_names if name.strip() == line.sheet]
        if len(names) != 1:
            what = "flere ark som heter" if names else "ikke arket"
            those = some(self.book.sheet_names) if self.book.sheet_names else "ingen ark"
            self._fault(line, f"arbeidsboken har {what} «{line.sheet}» (den har {those}). Rett «ark»", line.sheet)
            return None
        sheet = self.book.sheet(names[0])
        if line.has_whole_cell:
            place = place_of_cell(line.cell)
            if place is None:
                self._fault(line, f"{line.cell} er ikke en celle i en arbeidsbok. Rett «celle»", line.cell)
            return place and Place(sheet, *place)
        beside = self._text(sheet, line, line.row_text, 0) if line.row_text else None
        above = self._text(sheet, line, line.column_text, 1) if line.column_text else None
        if (line.row_text and beside is None) or (line.column_text and above is None):
            return None
        row = beside[0] if beside else int(line.cell)
        column = above[1] if above else number_of_column(line.cell)
        if place_of_cell(f"{column_letters(column)}{row}") is None:
            self._fault(line, f"{line.cell} er ikke en rad eller kolonne i en arbeidsbok. Rett «celle»", line.cell)
            return None
        if (beside and beside[1] >= column) or (above and above[0] >= row):
            self._fault(line, f"{column_letters(column)}{row} i arket «{line.sheet}» står ikke til høyre for "
                              "radteksten og under "
                        "kolonneteksten. Rett plassen", f"{column_letters(column)}{row}")
            return None
        return Place(sheet, row, column)

    def _text(self, sheet: Sheet, line: MappingLine, text: str, axis: int) -> tuple[int, int] | None:
        """The one cell where a text stands; `axis` 0 where it names a row, 1 where it names a column."""
        if sheet.name not in self.texts:
            self.texts[sheet.name] = _places_by_text(sheet)
        found = self.texts[sheet.name].get(_plain(text), [])
        if len(found) != 1:
            cells = [f"{column_letters(column)}{row}" for row, column in found]
            what = f"finnes ikke i arket «{line.sheet}»"
            if found:
                what = f"står flere steder i arket «{line.sheet}» ({some(cells)})"
            self._fault(line, f"teksten «{text}» {what}. Oppgi cellen i «celle», eller rett teksten", text)
            return None
        row, column = found[0]
        merged = sheet.merged_at(f"{column_letters(column)}{row}")
        if merged and merged[axis] != merged[axis + 2]:
            over = ("flere rader", "flere kolonner")[axis]
            self._fault(line, f"teksten «{text}» i arket «{line.sheet}» er slått sammen over {over}, og peker ikke "
                              "ut én av dem. "
                        f"Oppgi {('raden', 'kolonnen')[axis]} i «celle»", text)
            return None
        return row, column

    def _fault(self, line: MappingLine, text: str, found: str) -> None:
        self.faults.add(LABEL_NOT_FOUND, f" («{line.field_id}»): {text}.", line=line.line, found=found)


def _places_by_text(sheet: Sheet) -> dict[str, list[tuple[int, int]]]:
    places = defaultdict(list)
    for row, column, value in sheet.filled():
        places[_plain(shown(value))].append((row, column))
    return places


def _plain(text: str) -> str:
    """A text as it is compared: spaces and line breaks of any kind are one space, none at the ends."""
    return " ".join(text.split())


def _judge_shared(places: dict[str, Place], mapping: Mapping, faults: Faults) -> None:
    """Two fields in one cell: one of the lines must be wrong."""
    used: dict[tuple[str, str], str] = {}
    for field_id, place in places.items():
        other = used.setdefault((place.sheet.name, place.cell), field_id)
        if other != field_id:
            line = (mapping.fields.get(field_id) or mapping.head[field_id]).line
            faults.add(MAPPING_LINE,
                       f": «{field_id}» og «{other}» er samme celle, {in_sheet(place.sheet.name, place.cell)}. "
                       "Rett én av linjene.", line=line, found=place.cell)


def _judge_percentages(places: dict[str, Place], mapping: Mapping, book: OpenedWorkbook, faults: Faults) -> None:
    """A number shown as a percentage is a share already; to call it a percentage once more makes it a hundredth."""
    for field_id, line in mapping.fields.items():
        place = places.get(field_id)
        if line.is_percent and place and book.is_percent(place.sheet.name, place.cell):
            faults.add(MAPPING_UNIT, f": cellen {place.cell} i arket «{line.sheet}» er formatert som prosent og holder "
                       "da en andel, ikke et prosenttall. Skriv feltets egen enhet i stedet for «prosent».",
                       line=line.line)


def _head_text(line: MappingLine, place: Place | None, faults: Faults) -> str:
    """The municipality or the period, from the mapping itself or from its cell."""
    if place is None:
        return line.value
    if trouble := place.sheet.trouble_at(place.cell):
        faults.add(FORMULA_WITHOUT_VALUE, f": {in_sheet(place.sheet.name, place.cell)}: {trouble}. Skriv verdien i "
                   "arbeidsboken i stedet for formelen.", line=line.line, found=trouble)
    value = place.sheet.at(place.cell)
    return "" if value is None else shown(value).strip()


def _judge_head(mapping: Mapping, head: dict[str, str], faults: Faults) -> str:
    """The period as a form writes it. What is no municipality or no period of the form is a fault."""
    code, line = head[MUNICIPALITY], mapping.head[MUNICIPALITY].line
    if len(code) != 4 or code not in known_regions():
        faults.add(UNKNOWN_CODE,
                   f": fant «{code}», som ikke er et kommunenummer på fire sifre. Skriv nummeret som tekst, med "
                   "ledende null.", line=line, found=code)
    try:
        return period_in(mapping.stem, head[PERIOD])
    except NotAccepted as fault:
        faults.add(fault.rule_id, f": fant «{head[PERIOD]}», som {fault.problem}. {fault.advice}",
                   line=mapping.head[PERIOD].line, found=head[PERIOD])
        return ""


def _stated(field: FormField, line: MappingLine, faults: Faults) -> Answer:
    """An answer the mapping gives itself: a reason why there is no number, a date, a choice or a text."""
    try:
        return answer(field, None, sign_of(line.value)) if field.is_figure else answer(field, line.value, None)
    except NotAccepted as fault:
        faults.add(fault.rule_id, f" («{field.field_id}»): fant «{line.value}», som {fault.problem}. {fault.advice}",
                   line=line.line, found=line.value)
        return Answer()
