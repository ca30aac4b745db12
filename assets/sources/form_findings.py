"""What is worth a word in a form that can be taken in. What refuses a form belongs in the modules that read it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from assets.forms.layout import HIDDEN_SHEET, FormField
from assets.forms.periods import FORM_OF_TERTIAL
from assets.sources.form_answers import QUARTER_FOR_TERTIAL, Answer, shown
from assets.sources.form_period import PERIOD_AND_DATING, other_days
from assets.sources.form_table import FormTable
from assets.sources.refusals import FIELDS_NOT_MAPPED, NOT_SEEN, NUMBER_AS_TEXT, SHEET_NOT_READ, Faults, in_sheet
from assets.sources.workbook import Sheet
from expectations.finding import Finding
from expectations.wording import some

_QUARTER_WORD = re.compile(r"\bkvartal(?:et|er|ene|s)?\b", re.IGNORECASE)


def form_findings(table: FormTable, answers: dict[FormField, Answer], rows: list[dict[str, Any]],
                  sheets: Mapping[str, Sheet], sheet_names: tuple[str, ...], form: Faults) -> Iterator[Finding]:
    """The findings of a form read. `form` says which file, source, unit and period they are about."""
    for field, given in answers.items():
        if given.was_text:
            yield _finding(table, form, NUMBER_AS_TEXT, "advarsel", field.field_id,
                           f"tallet {shown(given.value)} er lagret som tekst; det er lest som tall. Skriv det på "
                           "nytt i en "
                           "celle formatert som tall.")
    if form.stem == FORM_OF_TERTIAL:
        yield from _words_of_quarters(table, rows, form)
    else:
        by_id = {field.field_id: given for field, given in answers.items()}
        for field_id, expected, found in other_days(form.stem, table.period, by_id):
            yield _finding(table, form, PERIOD_AND_DATING, "advarsel", field_id,
                           f"fant {found}, men i {table.period} ventes {expected}. Tall for en annen periode kan ikke "
                           "holdes opp mot de andre kildene. Rett datoen, eller forklar hvorfor.")
    yield from _out_of_sight(table, answers, sheets, form)
    yield from _strange_sheets(table, sheet_names, form)
    yield from _without_a_place(table, answers, form)


def _words_of_quarters(table: FormTable, rows: list[dict[str, Any]], form: Faults) -> Iterator[Finding]:
    for row in rows:
        words = f"{row['value_text'] or ''} {row['explanation'] or ''}"
        if match := _QUARTER_WORD.search(words):
            yield _finding(table, form, QUARTER_FOR_TERTIAL, "feil", row["field_id"],
                           f"teksten bruker ordet «{match[0]}». Rapporten gjelder et tertial; rett ordet, eller "
                           "skriv hva "
                           "det gjelder.")


def _out_of_sight(table: FormTable, answers: dict[FormField, Answer], sheets: Mapping[str, Sheet],
                  form: Faults) -> Iterator[Finding]:
    """Answers nobody sees, and answers in a merged cell: they are read, but somebody should look."""
    hidden: dict[tuple[str, str], list[str]] = defaultdict(list)
    for field, given in answers.items():
        cells = table.at(field.field_id)
        if cells.sheet not in sheets or (given.value is None and given.text is None):
            continue
        if what := sheets[cells.sheet].hidden_at(cells.value):
            hidden[cells.sheet, what].append(cells.value)
        if sheets[cells.sheet].merged_at(cells.value):
            yield _finding(table, form, NOT_SEEN, "advarsel", field.field_id,
                           f"svaret på «{field.label}» står i en sammenslått celle. Kontroller at det er det svaret.")
    for (sheet, what), places in hidden.items():
        yield Finding(NOT_SEEN, "advarsel",
                      f"{form.file_name}, {in_sheet(sheet, places[0])}: {what} er skjult, men leses "
                      f"({some(places)}). Vis cellene, og kontroller at svarene skal leveres.",
                      unit_code=form.unit_code,
                      period=form.period, source=form.stem, file=form.file_name, sheet=sheet, cell=places[0])


def _without_a_place(table: FormTable, answers: dict[FormField, Answer], form: Faults) -> Iterator[Finding]:
    if missing := [field.field_id for field in answers if field.field_id not in table.cells]:
        yield Finding(
            FIELDS_NOT_MAPPED, "informasjon",
            f"{form.file_name}: skjemaet har {len(missing)} felt som ikke har noen plass i "
            f"arbeidsboken; de er ikke rapportert: {', '.join(missing)}.", unit_code=form.unit_code, period=form.period,
            source=form.stem, file=form.file_name, cell="felt uten plass", found=", ".join(missing))


def _strange_sheets(table: FormTable, sheet_names: tuple[str, ...], form: Faults) -> Iterator[Finding]:
    own = {cells.sheet for cells in table.cells.values()} | {HIDDEN_SHEET}
    if strangers := [name for name in sheet_names if name not in own]:
        yield Finding(
            SHEET_NOT_READ, "informasjon",
            f"{form.file_name}: arkene {some(strangers)} hører ikke til skjemaet og er ikke "
            "lest.", unit_code=form.unit_code, period=form.period, source=form.stem, file=form.file_name,
            sheet=strangers[0], found=", ".join(strangers))


def _finding(table: FormTable, form: Faults, rule_id: str, level: str, field_id: str, text: str) -> Finding:
    cells = table.at(field_id)
    return Finding(rule_id, level, f"{form.file_name}, {in_sheet(cells.sheet, cells.value)}: {text}",
                   unit_code=form.unit_code, period=form.period, source=form.stem, file=form.file_name,
                   sheet=cells.sheet, cell=cells.value)
