"""What a spreadsheet lets a reporter type in each cell: whole numbers, dates of the period, choices from a list.

The reader judges all this again; a rule here only helps while the form is being filled in.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from assets.forms.entry import WORD_OF_SIGN
from assets.forms.language import said
from assets.forms.layout import FormField

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_COUNT, LARGEST_AMOUNT = 1_000_000, 1_000_000_000


def add_typing_rules(sheet: "Worksheet", fields: Sequence[FormField], days: tuple[date, date], language: str, *,
                     other_days: bool) -> None:
    """Adds the rules of a sheet's fields; fields of one kind share a rule.

    `other_days`: a date outside the period is asked about, not refused.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    cells: dict[tuple[tuple[str, Any], ...], list[str]] = defaultdict(list)
    for field in fields:
        for cell, rule in _rules(field, days, other_days, language):
            cells[tuple(rule.items())].append(cell)
    for rule, places in cells.items():
        validation = DataValidation(
            **dict(rule), allow_blank=True, showErrorMessage=True, errorTitle=said("Kan ikke stå her", language))
        for place in places:
            validation.add(place)
        sheet.add_data_validation(validation)


def _rules(field: FormField, days: tuple[date, date], other_days: bool,
           language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if field.is_figure:
        rule = _number_rule(field.kind)
        yield field.value_cell, {**rule, "error": said(rule["error"], language)}
        yield field.status_cell, _list_rule([said(word, language) for word in WORD_OF_SIGN.values()], language)
    elif field.kind == "choice":
        yield field.value_cell, _list_rule(field.choices, language)
    elif field.kind == "date":
        day = days[1] if field.field_id == "periode_til" else days[0]
        yield field.value_cell, _date_rule(day, other_days, language)


def _number_rule(kind: str) -> dict[str, Any]:
    if kind == "count":
        return {"type": "whole", "operator": "between", "formula1": "0", "formula2": str(LARGEST_COUNT),
                "error": "Skriv et helt tall, 0 eller større. Mangler tallet, velg hvorfor i kolonnen ved siden av."}
    if kind == "amount":
        return {"type": "decimal", "operator": "between", "formula1": str(-LARGEST_AMOUNT),
                "formula2": str(LARGEST_AMOUNT), "error": "Skriv et beløp med sifre, uten «kr» og «,-»."}
    return {"type": "decimal", "operator": "between", "formula1": "0", "formula2": str(LARGEST_COUNT),
            "error": "Skriv et tall, 0 eller større. Mangler tallet, velg hvorfor i kolonnen ved siden av."}


def _list_rule(choices: Sequence[str], language: str) -> dict[str, Any]:
    return {"type": "list", "formula1": f'"{",".join(choices)}"',
            "error": said("Velg et av alternativene i listen.", language)}


def _date_rule(day: date, other_days: bool, language: str) -> dict[str, Any]:
    from openpyxl.utils.datetime import to_excel

    return {"type": "date", "operator": "equal", "formula1": str(int(to_excel(day))),
            "errorStyle": "warning" if other_days else "stop",
            "promptTitle": said("Dato", language), "showInputMessage": True,
            "prompt": said("Her ventes {day}.", language, day=f"{day:%d.%m.%Y}"),
            "error": said("Skjemaet gjelder perioden i tittelen. Her ventes {day}.", language, day=f"{day:%d.%m.%Y}")}
