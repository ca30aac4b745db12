"""What slip of the hand makes one number out of another: a likely reason, told in a finding that two numbers differ.

Only slips that chance seldom makes are named: of the pairs of unlike numbers with three digits, one in 35 differs in
one digit only, and one in 529 by two neighbouring digits in each other's place. All of it is arithmetic on two numbers;
nothing here decides that something is wrong.
"""

from collections.abc import Sequence

from warehouse.number_format import format_number

FACTORS = {
    1000: "kroner mot tusen kroner", 1_000_000: "kroner mot millioner kroner", 10: "et siffer for mye eller for lite"}
"""How many times too large a number becomes by a slip, and what slip it is."""

ROUNDING_SHARE = 0.005
"""A number in thousands and the same number in kroner agree to this share: the first is rounded."""

_FEWEST_DIGITS = {"digit": 3, "swap": 2}
"""With fewer digits a difference of one digit says nothing: 23 and 25 differ like any two numbers."""


def factor_between(one: float, other: float) -> int | None:
    """1000, 1 000 000 or 10 when one of the numbers is that many times the other, else None."""
    small, large = sorted((abs(one), abs(other)))
    if small == 0 or one * other < 0:
        return None
    return next((factor for factor in FACTORS if abs(large / factor - small) <= ROUNDING_SHARE * small), None)


def swapped_digits(one: float, other: float, decimals: int = 0) -> str | None:
    """The two neighbouring digits that have changed places between the numbers (`57`), else None."""
    pair = _as_digits(one, other, decimals)
    if not pair or len(pair[0]) < _FEWEST_DIGITS["swap"]:
        return None
    places = _unlike_places(*pair)
    if len(places) != 2 or places[1] != places[0] + 1:
        return None
    left, right = (text[places[0]:places[1] + 1] for text in pair)
    return left if left == right[::-1] else None


def changed_digit(one: float, other: float, decimals: int = 0) -> tuple[str, str] | None:
    """The digit that is another in the second number (`("3", "8")`), else None."""
    pair = _as_digits(one, other, decimals)
    if not pair or len(pair[0]) < _FEWEST_DIGITS["digit"]:
        return None
    places = _unlike_places(*pair)
    return (pair[0][places[0]], pair[1][places[0]]) if len(places) == 1 else None


def likely_slip(one: float, other: float, decimals: int = 0) -> str:
    """The slip that may lie between two numbers that should be equal, as words; empty when none is likely."""
    if one == other:
        return ""
    if round(one, decimals) == -round(other, decimals) != 0:
        return "fortegnet er snudd"
    if factor := factor_between(one, other):
        return f"det ene er {format_number(factor, 0)} ganger det andre, {FACTORS[factor]}"
    if swapped := swapped_digits(one, other, decimals):
        return f"sifrene {swapped[0]} og {swapped[1]} har byttet plass"
    if changed := changed_digit(one, other, decimals):
        return f"bare ett siffer er ulikt, {changed[0]} mot {changed[1]}"
    return ""


def slip_sentence(one: float, other: float, decimals: int = 0) -> str:
    """`Mulig grunn: … . `, ready to stand before the advice; empty when no slip is likely."""
    slip = likely_slip(one, other, decimals)
    return f"Mulig grunn: {slip}. " if slip else ""


def slip_among(parts: Sequence[float], total: float, decimals: int = 0) -> tuple[int, float, str] | None:
    """The one part of a sum that a slip would explain: its index, what it would have been, the slip in words.

    None when no part, or more than one, can be brought right by a likely slip.
    """
    missing = total - sum(parts)
    wanted = [(index, round(part + missing, decimals)) for index, part in enumerate(parts)]
    likely = [(index, value, likely_slip(parts[index], value, decimals)) for index, value in wanted
              if value != 0 or parts[index] != 0]
    named = [one for one in likely if one[2]]
    return named[0] if len(named) == 1 else None


def _as_digits(one: float, other: float, decimals: int) -> tuple[str, str] | None:
    """Both numbers as equally many digits; None when signs or lengths differ or nothing does."""
    scaled = [round(value * 10**decimals) for value in (one, other)]
    texts = [str(abs(value)) for value in scaled]
    same_shape = scaled[0] * scaled[1] > 0 and len(texts[0]) == len(texts[1]) and texts[0] != texts[1]
    return (texts[0], texts[1]) if same_shape else None


def _unlike_places(one: str, other: str) -> list[int]:
    return [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
