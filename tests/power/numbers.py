"""How one number is written wrong: a digit, two digits, a factor, a sign. Pure functions of a number and a draw."""

from decimal import Decimal
from random import Random


def as_text(value: Decimal | float | int) -> str:
    """The number as a person writes it, without trailing zeros after the point."""
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_another_digit(value: Decimal, random: Random) -> Decimal:
    """One digit is another one; the first digit of several is never made a zero."""
    text = as_text(value)
    places = [at for at, sign in enumerate(text) if sign.isdigit()]
    at = random.choice(places)
    digits = [digit for digit in "0123456789" if digit != text[at] and not (digit == "0" and _leads(text, at))]
    return Decimal(text[:at] + random.choice(digits) + text[at + 1:])


def with_two_digits_swapped(value: Decimal, random: Random) -> Decimal | None:
    """Two different digits beside each other have changed places; None where there are no such two."""
    text = as_text(value)
    pairs = [at for at in range(len(text) - 1)
             if text[at].isdigit() and text[at + 1].isdigit() and text[at] != text[at + 1]
             and not (text[at + 1] == "0" and _leads(text, at))]
    if not pairs:
        return None
    at = random.choice(pairs)
    return Decimal(text[:at] + text[at + 1] + text[at] + text[at + 2:])


def times_ten(value: Decimal, random: Random) -> Decimal | None:
    """Ten times too large or too small; None for zero."""
    return _scaled(value, 10, random.random() < 0.5)


def in_another_unit(value: Decimal, up: bool) -> Decimal | None:
    """A thousand times too large, or too small; None where nothing of it is left."""
    return _scaled(value, 1000, up)


def with_the_other_sign(value: Decimal, random: Random) -> Decimal | None:
    """The other sign; None for zero."""
    return -value if value else None


def _scaled(value: Decimal, factor: int, up: bool) -> Decimal | None:
    if up:
        return value * factor if value else None
    # As many decimals as were delivered.
    return (value / factor).quantize(Decimal(as_text(value))) or None


def _leads(text: str, at: int) -> bool:
    """Whether the digit is the first of several before the point."""
    digits = text.lstrip("-")
    return at == len(text) - len(digits) and len(digits.split(".")[0]) > 1
