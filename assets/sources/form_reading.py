"""A delivered form read: every field by its id, judged, as a raw row and a cell with its sheet and place.

Shared by `tertial_reports` and `data_requests`. Whether the figures agree with each other is judged in `expectations/`.
"""

import re
from collections.abc import Iterator
from typing import Any

from assets.forms.entry import NOT_REPORTED
from assets.forms.layout import HIDDEN_SHEET, MANDATORY, FormField, form_fields
from assets.forms.periods import FORM_OF_TERTIAL, period_days
from assets.sources.fields import NotAccepted
from assets.sources.form_answers import QUARTER_FOR_TERTIAL, TERTIAL_ADVICE, Answer, answer, shown, sign_of
from assets.sources.form_table import FieldCells, FormTable, form_named, form_table
from assets.sources.numbers import plain
from assets.sources.reading import Cell, Reading, ScopeKey
from assets.sources.refusals import (
    FORMULA_WITHOUT_VALUE, NOT_A_DATE, NUMBER_AS_TEXT, SHEET_NOT_READ, Faults, in_sheet)
from assets.sources.signs import meaning
from assets.sources.units import unit_of
from assets.sources.workbook import OpenedWorkbook, Sheet
from assets.sources.workbook_archive import looks_like_workbook
from expectations.finding import DeliveryRefused, Finding
from expectations.wording import some

PERIOD_AND_DATING = "VR09"
_QUARTER_WORD = re.compile(r"\bkvartal(?:et|er|ene|s)?\b", re.IGNORECASE)


def form_in(content: bytes, file_name: str) -> str | None:
    """The form a workbook says it is; empty text for a workbook that says nothing, None for what is no workbook."""
    if not looks_like_workbook(content, file_name):
        return None
    try:
        return form_named(OpenedWorkbook(content, FORM_OF_TERTIAL, file_name)) or ""
    except DeliveryRefused:
        return ""


def read_form(stem: str, content: bytes, file_name: str) -> Reading:
    """The form read.

    Raises DeliveryRefused for a workbook that cannot be opened safely, without a sound hidden table, without period and
    dating basis (VR09), with a period that is none (VR43), or with a cell that cannot hold what stands in it.
    """
    from warehouse.arrow import arrow_table
    from warehouse.contracts import RAW_BY_STEM

    book = OpenedWorkbook(content, stem, file_name)
    table = form_table(book, stem, file_name)
    faults = Faults(stem, file_name, unit_code=unit_of(table.municipality_code), period=table.period)
    read = _Read(book, table, stem, faults)
    answers = {field: read.field(field) for field in form_fields(stem)}
    read.judge_period({field.field_id: given for field, given in answers.items()})
    faults.stop()
    rows = [_row(field, given, table, read.explanation(field)) for field, given in answers.items()]
    return Reading(
        stem=stem, form_version=table.form_version, scope_keys=(ScopeKey(table.municipality_code, table.period),),
        rows=arrow_table(RAW_BY_STEM[stem], rows, without=("delivery_id",)),
        cells=tuple(_cell(field, row) for field, row in zip(answers, rows, strict=True)),
        findings=tuple(read.findings(answers, rows)))


class _Read:
    """One workbook on its way to rows; what is wrong is gathered in `faults`, so that it can be mended at once."""

    def __init__(self, book: OpenedWorkbook, table: FormTable, stem: str, faults: Faults) -> None:
        self.book, self.table, self.stem, self.faults = book, table, stem, faults
        self._sheets: dict[str, Sheet] = {
            name: book.sheet(name) for name in {cells.sheet for cells in table.cells.values()}}

    def field(self, field: FormField) -> Answer:
        """The answer in a field; one that is not known or not possible is a fault, and counts as not reported."""
        cells = self.table.cells[field.field_id]
        sheet = self._sheets[cells.sheet]
        if any([self._has_trouble(sheet, cell) for cell in (cells.value, cells.status, cells.explanation)]):
            return Answer(sign=NOT_REPORTED)
        chosen, given = sheet.at(cells.status) if cells.status else None, sheet.at(cells.value)
        try:
            sign = sign_of(chosen)
        except NotAccepted as fault:
            self._add(field, sheet, cells.status, chosen, fault)
            return Answer(sign=NOT_REPORTED)
        try:
            return answer(field, given, sign)
        except NotAccepted as fault:
            self._add(field, sheet, cells.value, given, fault)
            return Answer(sign=NOT_REPORTED)

    def _has_trouble(self, sheet: Sheet, cell: str | None) -> bool:
        trouble = sheet.trouble_at(cell) if cell else None
        if trouble:
            self.faults.add(FORMULA_WITHOUT_VALUE, f": {trouble}. Åpne skjemaet i regnearket, regn ut, og skriv tallet i "
                            "stedet for formelen; lagre og lever på nytt.", sheet=sheet.name, cell=cell, found=trouble)
        return trouble is not None

    def _add(self, field: FormField, sheet: Sheet, cell: str | None, given: Any, fault: NotAccepted) -> None:
        found = shown(given)
        self.faults.add(fault.rule_id, f" («{field.label}»): fant «{found}», som {fault.problem}. {fault.advice}",
                        sheet=sheet.name, cell=cell, found=found)

    def explanation(self, field: FormField) -> str | None:
        """The reporter's own words beside the field, or None."""
        cells = self.table.cells[field.field_id]
        given = self._sheets[cells.sheet].at(cells.explanation) if cells.explanation else None
        return None if given is None else shown(given).strip() or None

    def judge_period(self, answers: dict[str, Answer]) -> None:
        """The period and the dating basis are there (VR09), and a tertial is from its first day to its last (VR43)."""
        already = {fault.cell for fault in self.faults.findings if fault.sheet == self._cells(MANDATORY[0]).sheet}
        for field_id in MANDATORY:
            if answers[field_id].text is None and (cell := self._cells(field_id).value) not in already:
                self.faults.add(PERIOD_AND_DATING, ": cellen er tom, men perioden og hva tallene er datert etter må være "
                                "fylt ut. Fyll ut cellen og lever skjemaet på nytt.", sheet=self._cells(field_id).sheet,
                                cell=cell, expected=field_id)
        for field_id, expected, found in self._other_days(answers):
            if self.stem == FORM_OF_TERTIAL:
                self.faults.add(QUARTER_FOR_TERTIAL, f": fant {found}, men i {self.table.period} skal det stå {expected}. "
                                f"{TERTIAL_ADVICE}", sheet=self._cells(field_id).sheet,
                                cell=self._cells(field_id).value, found=found, expected=expected)
        first, last = answers[MANDATORY[0]].text, answers[MANDATORY[1]].text
        if self.stem != FORM_OF_TERTIAL and first and last and first > last:
            self.faults.add(NOT_A_DATE, f": perioden slutter {last}, før den begynner {first}. Rett datoene.",
                            sheet=self._cells(MANDATORY[1]).sheet, cell=self._cells(MANDATORY[1]).value, found=last)

    def _other_days(self, answers: dict[str, Answer]) -> Iterator[tuple[str, str, str]]:
        """The field, the expected day and the found one, where the two differ."""
        for field_id, day in zip(MANDATORY, period_days(self.stem, self.table.period), strict=False):
            found = answers[field_id].text
            if found is not None and found != day.isoformat():
                yield field_id, day.isoformat(), found

    def _cells(self, field_id: str) -> FieldCells:
        return self.table.cells[field_id]

    def findings(self, answers: dict[FormField, Answer], rows: list[dict[str, Any]]) -> Iterator[Finding]:
        """What is worth a word in a form that can be taken in."""
        for field, given in answers.items():
            if given.was_text:
                yield self._finding(NUMBER_AS_TEXT, "advarsel", field.field_id, f"tallet {shown(given.value)} er lagret som "
                                    "tekst; det er lest som tall. Skriv det på nytt i en celle formatert som tall.")
        for row in rows:
            for text in (row["value_text"], row["explanation"]):
                if self.stem == FORM_OF_TERTIAL and text and (match := _QUARTER_WORD.search(text)):
                    yield self._finding(QUARTER_FOR_TERTIAL, "feil", row["field_id"], f"teksten bruker ordet "
                                        f"«{match[0]}». Rapporten gjelder et tertial; rett ordet, eller forklar hva det gjelder.")
        if self.stem != FORM_OF_TERTIAL:
            by_id = {field.field_id: given for field, given in answers.items()}
            for field_id, expected, found in self._other_days(by_id):
                yield self._finding(PERIOD_AND_DATING, "advarsel", field_id, f"fant {found}, men i {self.table.period} ventes "
                                    f"{expected}. Tall for en annen periode kan ikke holdes opp mot de andre kildene.")
        if strangers := [name for name in self.book.sheet_names if name not in self._sheets and name != HIDDEN_SHEET]:
            yield Finding(SHEET_NOT_READ, "informasjon", f"{self.faults.file_name}: arkene {some(strangers)} hører ikke til "
                          "skjemaet og er ikke lest.", unit_code=self.faults.unit_code, period=self.table.period, source=self.stem,
                          file=self.faults.file_name, sheet=strangers[0], found=", ".join(strangers))

    def _finding(self, rule_id: str, level: str, field_id: str, text: str) -> Finding:
        cells = self._cells(field_id)
        return Finding(rule_id, level, f"{self.faults.file_name}, {in_sheet(cells.sheet, cells.value)}: {text}",
                       unit_code=self.faults.unit_code, period=self.table.period, source=self.stem,
                       file=self.faults.file_name, sheet=cells.sheet, cell=cells.value)


def _row(field: FormField, given: Answer, table: FormTable, explanation: str | None) -> dict[str, Any]:
    cells = table.cells[field.field_id]
    return {"cell_number": field.number, "municipality_code": table.municipality_code, "period": table.period,
            "field_id": field.field_id, "value": given.value, "value_text": given.text, "status_sign": given.sign,
            "explanation": explanation, "sheet": cells.sheet, "cell": cells.value}


def _cell(field: FormField, row: dict[str, Any]) -> Cell:
    """The row as it is shown: figures as numbers, all else as text."""
    value, status = meaning(plain(row["value"]), row["status_sign"])
    if row["value_text"] is not None:
        value, status = row["value_text"], "ok"
    keys = {name: row[name] for name in ("municipality_code", "period", "field_id", "explanation") if row[name]}
    return Cell(keys=keys, value=value, unit=field.unit, status=status, sheet=row["sheet"], cell=row["cell"])
