"""Which days a delivered form is about: period and dating basis are there, and the days are the period's own."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assets.forms.layout import MANDATORY
from assets.forms.periods import FORM_OF_TERTIAL, HOW_WRITTEN, is_period, period_days
from assets.sources.fields import NotAccepted
from assets.sources.form_answers import QUARTER, QUARTER_FOR_TERTIAL, TERTIAL_ADVICE, Answer
from assets.sources.form_table import FormTable
from assets.sources.refusals import NOT_A_DATE, Faults

PERIOD_AND_DATING = "VR09"
_FROM, _TO, _ = MANDATORY
_TERTIAL_IN_WORDS = re.compile(r"([1-3])\.\s*tertial\s+(20[0-9]{2})", re.IGNORECASE)


class OtherDay(NamedTuple):
    """A field where another day stands than the first or last of the form's period. Days in ISO form."""

    field_id: str
    expected: str
    found: str


def period_in(stem: str, text: str) -> str:
    """The period as a form writes it (`2018-T3`), from that or from `3. tertial 2018`.

    Raises NotAccepted for a quarter (VR43) and for all else.
    """
    words = _TERTIAL_IN_WORDS.fullmatch(text)
    period = f"{words[2]}-T{words[1]}" if words and stem == FORM_OF_TERTIAL else text
    if is_period(stem, period):
        return period
    if QUARTER.search(text):
        raise NotAccepted(QUARTER_FOR_TERTIAL, "er et kvartal", TERTIAL_ADVICE)
    raise NotAccepted(NOT_A_DATE, f"ikke er {HOW_WRITTEN[stem]}", "Rett perioden.")


def other_days(stem: str, period: str, answers: dict[str, Answer]) -> Iterator[OtherDay]:
    """The days that are not the period's own; `answers` by field id."""
    for field_id, day in zip((_FROM, _TO), period_days(stem, period), strict=True):
        found = answers[field_id].text
        if found is not None and found != day.isoformat():
            yield OtherDay(field_id, day.isoformat(), found)


def judge_period(table: FormTable, answers: dict[str, Answer], faults: Faults) -> None:
    """A fault for what is empty and mandatory (VR09) and for days that are not the tertial's (VR43).

    A year form may say that its numbers are for other days than the year's; that is a finding, not a fault.
    """
    for field_id in MANDATORY:
        cells = table.at(field_id)
        faulty = any((fault.sheet, fault.cell) == (cells.sheet, cells.value) for fault in faults.findings)
        if answers[field_id].text is None and not faulty:
            faults.add(PERIOD_AND_DATING,
                       ": cellen er tom, men perioden og hva tallene er datert etter må være fylt ut. "
                       "Fyll ut cellen og lever skjemaet på nytt.", sheet=cells.sheet, cell=cells.value,
                       expected=field_id)
    if faults.stem == FORM_OF_TERTIAL:
        for field_id, expected, found in other_days(faults.stem, table.period, answers):
            cells = table.at(field_id)
            faults.add(QUARTER_FOR_TERTIAL, f": fant {found}, men i {table.period} skal det stå {expected}. "
                       f"{TERTIAL_ADVICE}", sheet=cells.sheet, cell=cells.value, found=found, expected=expected)
        return
    first, last, cells = answers[_FROM].text, answers[_TO].text, table.at(_TO)
    if first and last and first > last:
        faults.add(NOT_A_DATE, f": perioden slutter {last}, før den begynner {first}. Rett datoene.", sheet=cells.sheet,
                   cell=cells.value, found=last)
