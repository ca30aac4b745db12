"""What one cell of a form may hold, by the field's kind: the delivered value judged, with the fault where it cannot be.

Where the cell stands and what becomes of a fault belongs in `form_reading.py`.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from assets.forms.entry import NOT_REPORTED, WORD_OF_SIGN
from assets.forms.language import LANGUAGES, said
from assets.forms.layout import FormField
from assets.sources.fields import NotAccepted, day
from assets.sources.numbers import NotANumber, number, plain
from assets.sources.refusals import NOT_A_COUNT, NOT_A_DATE, NOT_A_NUMBER, TWO_ANSWERS, UNKNOWN_CODE
from assets.sources.signs import meaning
from assets.sources.workbook import Value

QUARTER_FOR_TERTIAL = "VR43"
LARGEST = 1_000_000_000
AS_IT_IS = Decimal(1)
SIGN_OF_WORD = {said(word, language): sign for language in LANGUAGES for sign, word in WORD_OF_SIGN.items()}
"""The words of the drop-down in both languages."""

QUARTER = re.compile(
    r"(?:^|\W)(?:[1-4]\.?\s*kvartal|kvartal\s*[1-4]|(?:første|andre|tredje|fjerde)\s+kvartal|[KQ][1-4])(?:$|\W)",
    re.IGNORECASE)
TERTIAL_ADVICE = ("Skjemaet gjelder et tertial (T1 januar–april, T2 mai–august, T3 september–desember), aldri et "
                  "kvartal. Rett perioden.")
_ROUNDING = 1e-9
_FIRST_SERIAL_DAY = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000-01-01 and 2099-12-31


class Answer(NamedTuple):
    """One field as delivered: `value` for figures, `text` for the others (dates in ISO form), and the status sign.

    `was_text` marks a number that the workbook held as text.
    """

    value: float | None = None
    text: str | None = None
    sign: str | None = None
    was_text: bool = False


def answer(field: FormField, given: Value | None, sign: str | None, scale: Decimal = AS_IT_IS) -> Answer:
    """The answer in a field, given its value, the sign chosen beside it, and what takes the value to the field's unit.

    Raises NotAccepted with rule, problem and advice for what cannot stand there.
    """
    if isinstance(given, str):
        given = given.strip() or None
    if field.is_figure:
        return _figure(field, given, sign, scale)
    if given is None:
        return Answer(sign=NOT_REPORTED)
    if field.kind == "date":
        return Answer(text=_day(given).isoformat())
    text = shown(given)
    if field.choices and text not in field.choices:
        raise NotAccepted(UNKNOWN_CODE, "ikke er et av alternativene", f"Velg {', '.join(field.choices)}.")
    return Answer(text=text)


def sign_of(status: Value | None) -> str | None:
    """The sign of a choice in the drop-down; None where nothing is chosen. Raises NotAccepted for other words."""
    word = shown(status).strip() if status is not None else ""
    if not word:
        return None
    if word.lower() not in SIGN_OF_WORD:
        raise NotAccepted(UNKNOWN_CODE, "ikke er et av valgene i listen",
                          f"Velg {', '.join(WORD_OF_SIGN.values())}, eller la cellen stå tom.")
    return SIGN_OF_WORD[word.lower()]


def shown(value: Value) -> str:
    """A delivered value as a person would write it."""
    if isinstance(value, bool):
        return "SANN" if value else "USANN"
    if isinstance(value, int | float):
        return str(plain(value)).replace(".", ",") if abs(value) < 1e15 else str(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return str(value)


def _figure(field: FormField, given: Value | None, sign: str | None, scale: Decimal) -> Answer:
    value = None if given is None else _number(given)
    if value is not None:
        # In decimal numbers, so that 1,005 million is 1 005 thousand and not a hair less.
        value = _fitting(field, value if scale == AS_IT_IS else float(Decimal(str(value)) * scale))
    if sign is not None and value not in (None, 0):
        raise NotAccepted(TWO_ANSWERS, f"står sammen med «{WORD_OF_SIGN[sign]}»",
                          "Behold tallet og tøm valget ved siden av, eller slett tallet.")
    if value is None and sign is None:
        return Answer(sign=NOT_REPORTED)
    counted, _ = meaning(value, sign)
    return Answer(value=counted if counted is None else float(counted), sign=sign, was_text=isinstance(given, str))


def _number(given: Value) -> float:
    if isinstance(given, str):
        return _number_in_text(given)
    if isinstance(given, int | float) and not isinstance(given, bool):
        return float(given)
    kind = "sant eller usant" if isinstance(given, bool) else "en dato eller et klokkeslett"
    raise NotAccepted(NOT_A_NUMBER, f"er {kind}, og her ventes et tall",
                      "Skriv tallet på nytt, og kontroller at cellen er formatert som tall.")


def _number_in_text(text: str) -> float:
    if text.lower() in SIGN_OF_WORD:
        raise NotAccepted(NOT_A_NUMBER, "ikke er et tall", "Tøm cellen og velg ordet i listen ved siden av.")
    try:
        return float(number(text))
    except NotANumber:
        raise NotAccepted(NOT_A_NUMBER, "er tekst, og her ventes et tall",
                          "Skriv bare tallet, med sifre og desimalkomma, for eksempel 12 500,00.") from None


def _fitting(field: FormField, value: float) -> float:
    """The number when its kind can be that; a count that a formula left a hair beside a whole number is whole."""
    if not abs(value) <= LARGEST:
        raise NotAccepted(NOT_A_NUMBER, "er større enn noe tall her kan være", "Kontroller tallet og enheten.")
    if field.kind != "amount" and value < 0:
        raise NotAccepted(NOT_A_COUNT, "er negativt, og her telles noe", "Skriv 0 eller et større tall.")
    if field.kind == "count":
        if abs(value - round(value)) > _ROUNDING:
            raise NotAccepted(NOT_A_COUNT, "har desimaler, og her telles noe", "Skriv et helt tall.")
        return float(round(value))
    return value


def _day(given: Value) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if isinstance(given, int | float) and not isinstance(given, bool) and _FIRST_SERIAL <= given <= _LAST_SERIAL:
        return _FIRST_SERIAL_DAY + timedelta(days=int(given))
    if isinstance(given, str) and QUARTER.search(given):
        raise NotAccepted(QUARTER_FOR_TERTIAL, "er et kvartal", TERTIAL_ADVICE)
    if not isinstance(given, str):
        raise NotAccepted(NOT_A_DATE, "ikke er en dato", "Skriv datoen som 01.03.2018.")
    return day(given)
