"""The fields of a delivered form read, each from its place: judged, as a raw row and a cell with its sheet and place.

Where each stands is said by a hidden table or a mapping. Whether the figures agree is judged in `expectations/`.
"""

from typing import Any

from assets.forms.control_sheet import MARK_CELL, is_control_sheet
from assets.forms.control_sheet import NAMES as CONTROL_SHEET_NAMES
from assets.forms.entry import NOT_REPORTED
from assets.forms.layout import FormField, form_fields
from assets.sources.fields import NotAccepted
from assets.sources.form_answers import AS_IT_IS, Answer, answer, shown, sign_of
from assets.sources.form_findings import form_findings
from assets.sources.form_period import judge_period
from assets.sources.form_table import FormTable
from assets.sources.numbers import plain
from assets.sources.reading import Cell, Reading, ScopeKey
from assets.sources.refusals import COVERED_CELL, FORMULA_WITHOUT_VALUE, Faults
from assets.sources.sheet_scan import column_letters, place_of_cell
from assets.sources.signs import meaning
from assets.sources.units import unit_of
from assets.sources.workbook import OpenedWorkbook, Sheet
from expectations.finding import DeliveryRefused

NOTHING = Answer(sign=NOT_REPORTED)


def read_fields(stem: str, book: OpenedWorkbook, table: FormTable, file_name: str) -> Reading:
    """Every field of a form, from where the table says it stands. Raises DeliveryRefused for what cannot be there."""
    from warehouse.arrow import arrow_table
    from warehouse.contracts import RAW_BY_STEM

    faults = Faults(stem, file_name, unit_code=unit_of(table.municipality_code), period=table.period)
    sheets = {name: book.sheet(name) for name in sorted({cells.sheet for cells in table.cells.values()})
              if name in book.sheet_names}
    answers = {field: _answer(field, table, sheets, faults) for field in form_fields(stem)}
    judge_period(table, {field.field_id: given for field, given in answers.items()}, faults)
    faults.stop()
    rows = [_row(field, given, table, sheets) for field, given in answers.items()]
    return Reading(
        stem=stem, form_version=table.form_version, scope_keys=(ScopeKey(table.municipality_code, table.period),),
        rows=arrow_table(RAW_BY_STEM[stem], rows, without=("delivery_id",)),
        cells=tuple(_cell(field, row) for field, row in zip(answers, rows, strict=True)),
        findings=tuple(form_findings(table, answers, rows, sheets, _names_without_ours(book), faults)))


def _names_without_ours(book: OpenedWorkbook) -> tuple[str, ...]:
    """The sheets but the list of findings we put in a workbook we hand back: nobody is told that it is not read."""
    return tuple(name for name in book.sheet_names if not _is_ours(book, name))


def _is_ours(book: OpenedWorkbook, name: str) -> bool:
    if not name.startswith(CONTROL_SHEET_NAMES):
        return False
    try:
        return is_control_sheet(name, book.sheet(name).at(MARK_CELL))
    except DeliveryRefused:
        return False


def _answer(field: FormField, table: FormTable, sheets: dict[str, Sheet], faults: Faults) -> Answer:
    """The answer in a field; one that cannot be known or cannot be true is a fault, and counts as not reported."""
    if field.field_id not in table.cells or field.field_id in table.stated:
        return table.stated.get(field.field_id, NOTHING)
    cells = table.cells[field.field_id]
    sheet = sheets[cells.sheet]
    if any([_has_trouble(sheet, cell, faults) for cell in (cells.value, cells.status, cells.explanation) if cell]):
        return NOTHING
    chosen, given = sheet.at(cells.status) if cells.status else None, sheet.at(cells.value)
    try:
        sign = sign_of(chosen)
        if isinstance(given, str) and given.strip() in table.signs:
            given, sign = None, table.signs[given.strip()]
    except NotAccepted as fault:
        return _faulty(field, sheet, cells.status, chosen, fault, faults)
    try:
        return answer(field, given, sign, table.scales.get(field.field_id, AS_IT_IS))
    except NotAccepted as fault:
        return _faulty(field, sheet, cells.value, given, fault, faults)


def _faulty(field: FormField, sheet: Sheet, cell: str | None, given: Any, fault: NotAccepted,
            faults: Faults) -> Answer:
    found = shown(given)
    faults.add(fault.rule_id, f" («{field.label}»): fant «{found}», som {fault.problem}. {fault.advice}",
               sheet=sheet.name, cell=cell, found=found)
    return NOTHING


def _has_trouble(sheet: Sheet, cell: str, faults: Faults) -> bool:
    if (merged := sheet.merged_at(cell)) and place_of_cell(cell) != merged[:2]:
        shows = f"{column_letters(merged[1])}{merged[0]}"
        faults.add(COVERED_CELL,
                   f": cellen er dekket av en sammenslått celle som begynner i {shows}, så det er ikke sikkert "
                   "hva den skal holde. Del den sammenslåtte cellen, eller rett mappingen, og lever på nytt.",
                   sheet=sheet.name, cell=cell, found=shows)
        return True
    trouble = sheet.trouble_at(cell)
    if trouble is not None:
        faults.add(FORMULA_WITHOUT_VALUE,
                   f": {trouble}. Åpne skjemaet i regnearket, regn ut, og skriv tallet i stedet for "
                   "formelen; lagre og lever på nytt.", sheet=sheet.name, cell=cell, found=trouble)
    return trouble is not None


def _row(field: FormField, given: Answer, table: FormTable, sheets: dict[str, Sheet]) -> dict[str, Any]:
    cells = table.at(field.field_id)
    words = sheets[cells.sheet].at(cells.explanation) if cells.explanation else None
    return {"cell_number": field.number, "municipality_code": table.municipality_code, "period": table.period,
            "field_id": field.field_id, "value": given.value, "value_text": given.text, "status_sign": given.sign,
            "explanation": None if words is None else shown(words).strip() or None, "sheet": cells.sheet,
            "cell": cells.value}


def _cell(field: FormField, row: dict[str, Any]) -> Cell:
    """The row as it is shown: figures as numbers, all else as text."""
    value, status = meaning(plain(row["value"]), row["status_sign"])
    if row["value_text"] is not None:
        value, status = row["value_text"], "ok"
    keys = {name: row[name] for name in ("municipality_code", "period", "field_id", "explanation") if row[name]}
    return Cell(keys=keys, value=value, unit=field.unit, status=status, sheet=row["sheet"], cell=row["cell"])
