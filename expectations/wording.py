"""How findings write lines, lists and amounts in bokmål."""

from collections.abc import Sequence
from math import isnan

from warehouse.number_format import format_number

_MOST_SHOWN = 5
_TERTIALS = ("første", "andre", "tredje")


def some(texts: Sequence[str], *, most: int = _MOST_SHOWN) -> str:
    """`a`, `a og b`, `a, b og c`; beyond `most` the rest is counted: `a, b, c, d, e og 7 til`."""
    shown = list(texts[:most])
    if len(texts) > most:
        return f"{', '.join(shown)} og {len(texts) - most} til"
    return " og ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def lines_text(numbers: Sequence[int]) -> str:
    """`linje 3`, `linje 3, 7 og 9`: the word is the same for one and many."""
    return f"linje {some([str(number) for number in numbers])}"


def amount_text(thousand_nok: float) -> str:
    """An amount in the file's own unit, whole thousand kroner; NaN is one that cannot be read."""
    return "ukjent" if isnan(thousand_nok) else format_number(thousand_nok, 0)


def period_text(period: str) -> str:
    """A period as people say it: `2018-T1` is `første tertial 2018`, `2018` is `hele 2018`."""
    year, _, tertial = period.partition("-T")
    return f"{_TERTIALS[int(tertial) - 1]} tertial {year}" if tertial else f"hele {year}"


def kroner_text(nok: float) -> str:
    """An amount in kroner, whole unless øre were given: `70 320 kroner`, `70 319,50 kroner`."""
    decimals = 0 if nok == int(nok) else 2
    return f"{format_number(nok, decimals)} kroner"


def million_text(nok: float) -> str:
    """An amount in kroner, told in millions with two decimals: `25,04 millioner kroner`."""
    return f"{format_number(nok / 1_000_000, 2)} millioner kroner"


def counted_text(count: float, one: str, many: str) -> str:
    """A count with its noun: `1 faktura`, `12 fakturaer`."""
    return f"{format_number(count, 0)} {one if count == 1 else many}"
