"""How numbers are written in bokmål: U+00A0 between thousands, decimal comma, U+2212 as minus.

Rounding is half away from zero, as Statistics Norway does it. Findings, pages and the command line all write numbers
through here, so that the same number looks the same everywhere.
"""

from decimal import ROUND_HALF_UP, Decimal

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


def rounded(value: float | int | Decimal, decimals: int) -> Decimal:
    """The value rounded half away from zero, as it is printed and not as it is stored in binary."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def format_number(value: float | int | Decimal, decimals: int, *, signed: bool = False, pad: bool = True) -> str:
    """The number with exactly `decimals` decimals; `pad=False` drops trailing zeros; `signed` writes + before gains.

    A number that rounds to zero has no sign.
    """
    number = rounded(value, decimals)
    whole, _, fraction = f"{abs(number):,f}".partition(".")
    if not pad:
        fraction = fraction.rstrip("0")
    text = whole.replace(",", NO_BREAK_SPACE) + (f",{fraction}" if fraction else "")
    return _sign(number, signed) + text


def format_percent(share: float | Decimal, decimals: int, *, signed: bool = False, pad: bool = True) -> str:
    """A share 0–1 as percent: 0.57 -> 57 % with U+00A0 before the sign; `signed` writes + before growth."""
    return format_number(Decimal(str(share)) * 100, decimals, signed=signed, pad=pad) + NO_BREAK_SPACE + "%"


def format_percentage_points(change: float | Decimal, decimals: int) -> str:
    """The difference of two shares as signed percentage points without the unit: 0.074 -> +7,4."""
    return format_number(Decimal(str(change)) * 100, decimals, signed=True)


def _sign(number: Decimal, signed: bool) -> str:
    if number < 0:
        return MINUS
    return "+" if signed and number > 0 else ""
