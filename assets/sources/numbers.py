"""Numbers as Norwegian accounting systems write them, and organisation numbers. Nothing is guessed."""

import re
from decimal import Decimal

from warehouse.number_format import MINUS, NO_BREAK_SPACE

THOUSAND_SEPARATORS = f" {NO_BREAK_SPACE}\u202f\u2009"
_NUMBER = re.compile(rf"[-{MINUS}]?(?:[0-9]+|[0-9]{{1,3}}(?:[{THOUSAND_SEPARATORS}][0-9]{{3}})+)(?:,[0-9]+)?")
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


class NotANumber(ValueError):
    """A text that is not a number in the one way we read numbers."""


def number(text: str) -> Decimal:
    """The number of a text with decimal comma and optional thousand spaces: `-12 500,50`.

    Raises NotANumber for all else, also `12 500,-`, `12.500` and `1 2500`, which could mean more than one thing.
    """
    if not _NUMBER.fullmatch(text):
        raise NotANumber(text)
    digits = text.translate({ord(separator): None for separator in THOUSAND_SEPARATORS})
    return Decimal(digits.replace(MINUS, "-").replace(",", "."))


def plain(value: Decimal | float | int | None) -> int | float | None:
    """A whole number as int, all others as float, nothing as None: what JSON shows."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def is_organisation_number(text: str) -> bool:
    """Whether nine digits carry the right check digit (modulus 11)."""
    if not re.fullmatch(r"[0-9]{9}", text):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return (11 - total % 11) % 11 == int(text[8])
