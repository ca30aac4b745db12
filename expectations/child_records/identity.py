"""What the rules may know of an individual's numbers: whether they are right, how old they say it is, and a key.

The numbers themselves go no further than `identity_of`. The key is made with a secret that lives as long as one
reading: it tells that two numbers are the same, and nothing else.
"""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DUF_WEIGHTS = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)
_TEMPORARY_ENDINGS = ("00100", "00200", "55555", "99999")
"""A date of birth, or of expected birth, with one of these stands for a number not yet given."""
_SYNTHETIC_MONTHS = (80, 65, 40)
"""Added to the month in numbers made for testing, which belong to nobody."""


@dataclass(frozen=True, slots=True)
class Identity:
    """`number` is complete, temporary, wrong or missing; `duf` is right, wrong or missing; `age` in whole years.

    `age` is at the count date, and None where the number does not tell it.
    """

    number: str
    duf: str
    age: int | None
    number_key: bytes | None
    journal_key: bytes | None


def identity_of(number: str, duf: str, journal: str, count_date: date, secret: bytes) -> Identity:
    """What may be known of an individual with these numbers; a number that is not given is the empty text."""
    birth = _birth_date(number, count_date)
    kind = _kind(number, birth)
    return Identity(
        number=kind, duf=_kind_of_duf(duf), age=_years_between(birth, count_date) if birth else None,
        number_key=_key(number, secret) if kind == "complete" else None,
        journal_key=_key(journal, secret) if journal else None)


def _kind(number: str, birth: date | None) -> str:
    if not number:
        return "missing"
    if not re.fullmatch(r"[0-9]{11}", number):
        return "wrong"
    if _remainder(number[:10], _FIRST_WEIGHTS) == 0 and _remainder(number, _SECOND_WEIGHTS) == 0:
        return "complete"
    return "temporary" if birth and number.endswith(_TEMPORARY_ENDINGS) else "wrong"


def _kind_of_duf(duf: str) -> str:
    if not duf:
        return "missing"
    is_right = re.fullmatch(r"[0-9]{12}", duf) and int(duf[10:]) == _remainder(duf[:10], _DUF_WEIGHTS)
    return "right" if is_right else "wrong"


def _remainder(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11


def _birth_date(number: str, count_date: date) -> date | None:
    """The date in the number; in this century unless that is more than a year after the count date (the unborn)."""
    if not re.fullmatch(r"[0-9]{11}", number):
        return None
    day, month, year = (int(number[at:at + 2]) for at in (0, 2, 4))
    day -= 40 if day > 40 else 0
    month -= next((added for added in _SYNTHETIC_MONTHS if month > added), 0)
    try:
        born = date(2000 + year, month, day)
        latest = count_date.replace(year=count_date.year + 1)
        return born if born <= latest else born.replace(year=1900 + year)
    except ValueError:
        return None


def _years_between(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _key(text: str, secret: bytes) -> bytes:
    return blake2b(text.encode(), digest_size=16, key=secret).digest()
