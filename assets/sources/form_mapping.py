"""A mapping: which cell of a home-made workbook is which field of a form, line by line, as somebody wrote it.

A CSV with semicolons and these headings (`merknad` is free, and the order too):

    felt_id;ark;celle;radtekst;kolonnetekst;enhet;verdi;merknad

`felt_id` is a field of the form, or one of `skjema`, `kommunenummer`, `periode`, `ord`. The place is a cell (`D14`); or
the row where `radtekst` stands and the column where `kolonnetekst` stands; or one of these two with the column (`D`) or
the row (`14`) in `celle`. `verdi` says the answer itself, and then there is no place. `ord` says what a word
(`radtekst`) that stands where a number should means (`verdi`, one of the form's own reasons). A field whose line has
neither place nor value has no place.

Whether the places are there in a workbook belongs in `mapped_places.py`.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assets.forms.layout import FORM_VERSION, MANDATORY, TITLES, FormField, form_fields
from assets.forms.periods import FORM_OF_TERTIAL
from assets.sources.delimited import UNKNOWN_COLUMNS, read_lines
from assets.sources.fields import Field, NotAccepted, optional, text
from assets.sources.form_answers import sign_of
from assets.sources.refusals import MAPPING_LINE, MAPPING_UNIT, UNKNOWN_FIELD, Faults
from warehouse.reference_data import reference_rows

STEM, MUNICIPALITY, PERIOD, WORD = "skjema", "kommunenummer", "periode", "ord"
HEAD = (STEM, MUNICIPALITY, PERIOD)
PERCENT = "prosent"
_FIELDS = (
    Field("field_id", "felt_id", text), optional("sheet", "ark", text), optional("cell", "celle", text),
    optional("row_text", "radtekst", text), optional("column_text", "kolonnetekst", text),
    optional("unit", "enhet", text), optional("value", "verdi", text), optional("note", "merknad", text))
_ANSWERS = ("sheet", "cell", "row_text", "column_text", "value")
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_COLUMN, _ROW = re.compile(r"[A-Z]{1,3}"), re.compile(r"[1-9][0-9]{0,6}")
HOW_PLACED = ("Skriv en celle (D14), en radtekst og en kolonnetekst, eller én av dem sammen med kolonnen (D) eller "
              "raden "
              "(14) i «celle»")


@dataclass(frozen=True)
class MappingLine:
    """One line: what it is about, and a place in a workbook or a value. `scale` takes a number to the field's unit."""

    line: int
    field_id: str
    sheet: str = ""
    cell: str = ""
    row_text: str = ""
    column_text: str = ""
    value: str = ""
    scale: Decimal = Decimal(1)
    is_percent: bool = False

    @property
    def has_whole_cell(self) -> bool:
        return _CELL.fullmatch(self.cell) is not None


@dataclass(frozen=True)
class Mapping:
    """A whole mapping: the form's source, the lines of its head and of its fields by id, and signs by word."""

    stem: str
    head: dict[str, MappingLine]
    fields: dict[str, MappingLine]
    signs: dict[str, str]


def read_mapping(content: bytes, file_name: str) -> Mapping:
    """The mapping read. Raises DeliveryRefused with every faulty line."""
    faults = Faults(FORM_OF_TERTIAL, file_name)
    rows = _rows(content, file_name, faults)
    stem = _stem(rows, faults)
    faults.stop()
    known = {field.field_id: field for field in form_fields(stem)}
    head: dict[str, MappingLine] = {}
    fields: dict[str, MappingLine] = {}
    signs: dict[str, str] = {}
    for row in rows:
        if row["field_id"] == WORD:
            _add_word(row, signs, faults)
        elif row["field_id"] in known and not any(row[name] for name in _ANSWERS):
            continue
        elif row["field_id"] not in known and row["field_id"] not in HEAD:
            faults.add(UNKNOWN_FIELD, f": skjemaet {stem} har ikke feltet «{row['field_id']}». Rett felt_id.",
                       line=row["line_number"], found=row["field_id"])
        elif row["field_id"] in (lines := fields if row["field_id"] in known else head):
            faults.add(MAPPING_LINE,
                       f": «{row['field_id']}» står også på linje {lines[row['field_id']].line}. Behold én "
                       "av linjene.", line=row["line_number"], found=row["field_id"])
        else:
            lines[row["field_id"]] = _line(row, known.get(row["field_id"]), faults)
    for name in (*HEAD, *MANDATORY):
        if name not in head and name not in fields:
            faults.add(MAPPING_LINE, f": linjen «{name}» mangler. Legg den til, med verdi eller plass.", expected=name)
    faults.stop()
    return Mapping(stem, head, fields, signs)


def _rows(content: bytes, file_name: str, faults: Faults) -> list[dict[str, Any]]:
    """The lines with empty texts for what is not there. A heading nobody knows is a fault: it may be a slip."""
    lines = read_lines(FORM_OF_TERTIAL, _FIELDS, content, file_name)
    for note in lines.notes:
        if note.cell == UNKNOWN_COLUMNS:
            faults.add(MAPPING_LINE, f": kolonnene {note.found} er ukjente. Kolonnene er "
                       f"{', '.join(field.heading for field in _FIELDS)}; egne ord hører hjemme i «merknad».",
                       found=note.found)
    return [{name: "" if value is None else value for name, value in row.items()} for row in lines.rows]


def _stem(rows: list[dict[str, Any]], faults: Faults) -> str:
    """The form the mapping is for; it is said by the line `skjema`, with the form's name or its source's."""
    names = {**{stem: stem for stem in FORM_VERSION}, **{title.lower(): stem for stem, title in TITLES.items()}}
    said = [row for row in rows if row["field_id"] == STEM]
    if not said:
        faults.add(MAPPING_LINE,
                   f": linjen «{STEM}» mangler. Legg den til, med verdi {' eller '.join(TITLES.values())}.",
                   expected=STEM)
        return FORM_OF_TERTIAL
    if said[0]["value"].lower() not in names:
        faults.add(MAPPING_LINE, f": fant «{said[0]['value']}», som ikke er et skjema. Skriv "
                   f"{' eller '.join(TITLES.values())} i «verdi».", line=said[0]["line_number"], found=said[0]["value"])
        return FORM_OF_TERTIAL
    return names[said[0]["value"].lower()]


def _add_word(row: dict[str, Any], signs: dict[str, str], faults: Faults) -> None:
    try:
        sign = sign_of(row["value"])
    except NotAccepted as fault:
        faults.add(MAPPING_LINE, f": fant «{row['value']}», som {fault.problem}. {fault.advice}",
                   line=row["line_number"],
                   found=row["value"])
        return
    if not row["row_text"] or sign is None or row["row_text"] in signs:
        faults.add(MAPPING_LINE,
                   ": en linje «ord» skal ha ordet i «radtekst» og grunnen i «verdi», og hvert ord én linje. "
                   "Rett linjen.", line=row["line_number"], found=row["row_text"] or None)
        return
    signs[row["row_text"]] = sign


def _line(row: dict[str, Any], field: FormField | None, faults: Faults) -> MappingLine:
    number = row["line_number"]
    line = MappingLine(
        number, row["field_id"], row["sheet"], row["cell"].upper().replace("$", ""), row["row_text"],
        row["column_text"],
        row["value"], *_scale(field, row, faults))
    if line.value and any((line.sheet, line.cell, line.row_text, line.column_text)):
        faults.add(MAPPING_LINE, f": «{line.field_id}» har både verdi og plass. Behold én av delene.", line=number)
    elif not line.value and not _is_placed(line):
        faults.add(MAPPING_LINE, f": «{line.field_id}» har ingen entydig plass. {HOW_PLACED}, og arket i «ark».",
                   line=number,
                   found=row["cell"] or None)
    return line


def _is_placed(line: MappingLine) -> bool:
    """Whether the line says one place and no more."""
    texts = bool(line.row_text), bool(line.column_text)
    return bool(line.sheet) and {
        (False, False): line.has_whole_cell, (True, True): not line.cell,
        (True, False): _COLUMN.fullmatch(line.cell) is not None,
        (False, True): _ROW.fullmatch(line.cell) is not None}[texts]


def _scale(field: FormField | None, row: dict[str, Any], faults: Faults) -> tuple[Decimal, bool]:
    """What takes a number to the field's unit, and whether it is a percentage. An amount must say its unit."""
    unit, own = row["unit"].lower(), field.unit if field is not None and field.is_figure else None
    scales = {one["written"]: Decimal(one["scale"]) for one in reference_rows("mapping_unit") if one["unit"] == own}
    if own is None or field.kind in ("count", "days", "months"):
        scales = {own: Decimal(1)}
    if unit in scales:
        return scales[unit], unit == PERCENT
    if unit or (field is not None and field.kind == "amount"):
        known = ", ".join(filter(None, scales)) or "ingen"
        problem = f"enheten «{row['unit']}» er ukjent for" if unit else "enheten mangler for"
        faults.add(MAPPING_UNIT,
                   f": {problem} «{row['field_id']}». Skriv enheten tallene har i arbeidsboken ({known}); den "
                   "gjettes aldri.", line=row["line_number"], found=row["unit"] or None, expected=known)
    return Decimal(1), False
