"""What is worth a word in a form that can be taken in. What refuses a form belongs in the modules that read it."""

import re
from collections.abc import Iterator
from typing import Any

from assets.forms.layout import HIDDEN_SHEET, FormField
from assets.forms.periods import FORM_OF_TERTIAL
from assets.sources.form_answers import QUARTER_FOR_TERTIAL, Answer, shown
from assets.sources.form_period import PERIOD_AND_DATING, other_days
from assets.sources.form_table import FormTable
from assets.sources.refusals import NUMBER_AS_TEXT, SHEET_NOT_READ, Faults, in_sheet
from expectations.finding import Finding
from expectations.wording import some

_QUARTER_WORD = re.compile(r"\bkvartal(?:et|er|ene|s)?\b", re.IGNORECASE)


def form_findings(table: FormTable, answers: dict[FormField, Answer], rows: list[dict[str, Any]],
                  sheet_names: tuple[str, ...], form: Faults) -> Iterator[Finding]:
    """The findings of a form read. `form` says which file, source, unit and period they are about."""
    for field, given in answers.items():
        if given.was_text:
            yield _finding(table, form, NUMBER_AS_TEXT, "advarsel", field.field_id,
                           f"tallet {shown(given.value)} er lagret som tekst; det er lest som tall. Skriv det på nytt i en "
                           "celle formatert som tall.")
    if form.stem == FORM_OF_TERTIAL:
        yield from _words_of_quarters(table, rows, form)
    else:
        by_id = {field.field_id: given for field, given in answers.items()}
        for field_id, expected, found in other_days(form.stem, table.period, by_id):
            yield _finding(table, form, PERIOD_AND_DATING, "advarsel", field_id,
                           f"fant {found}, men i {table.period} ventes {expected}. Tall for en annen periode kan ikke "
                           "holdes opp mot de andre kildene. Rett datoen, eller forklar hvorfor.")
    yield from _strange_sheets(table, sheet_names, form)


def _words_of_quarters(table: FormTable, rows: list[dict[str, Any]], form: Faults) -> Iterator[Finding]:
    for row in rows:
        words = f"{row['value_text'] or ''} {row['explanation'] or ''}"
        if match := _QUARTER_WORD.search(words):
            yield _finding(table, form, QUARTER_FOR_TERTIAL, "feil", row["field_id"],
                           f"teksten bruker ordet «{match[0]}». Rapporten gjelder et tertial; rett ordet, eller skriv hva "
                           "det gjelder.")


def _strange_sheets(table: FormTable, sheet_names: tuple[str, ...], form: Faults) -> Iterator[Finding]:
    own = {cells.sheet for cells in table.cells.values()} | {HIDDEN_SHEET}
    if strangers := [name for name in sheet_names if name not in own]:
        yield Finding(
            SHEET_NOT_READ, "informasjon", f"{form.file_name}: arkene {some(strangers)} hører ikke til skjemaet og er ikke "
            "lest.", unit_code=form.unit_code, period=form.period, source=form.stem, file=form.file_name,
            sheet=strangers[0], found=", ".join(strangers))


def _finding(table: FormTable, form: Faults, rule_id: str, level: str, field_id: str, text: str) -> Finding:
    cells = table.cells[field_id]
    return Finding(rule_id, level, f"{form.file_name}, {in_sheet(cells.sheet, cells.value)}: {text}",
                   unit_code=form.unit_code, period=form.period, source=form.stem, file=form.file_name,
                   sheet=cells.sheet, cell=cells.value)
