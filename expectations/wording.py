"""How findings write lines, lists and amounts in bokmål."""

from collections.abc import Sequence

from warehouse.number_format import format_number

_MOST_SHOWN = 5


def some(texts: Sequence[str], *, most: int = _MOST_SHOWN) -> str:
    """`a`, `a og b`, `a, b og c`; beyond `most` the rest is counted: `a, b, c, d, e og 7 til`."""
    shown = list(texts[:most])
    if len(texts) > most:
        return f"{', '.join(shown)} og {len(texts) - most} til"
    return " og ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def lines_text(numbers: Sequence[int]) -> str:
    """`linje 3`, `linje 3, 7 og 9`: the word is the same for one and many."""
    return f"linje {some([str(number) for number in numbers])}"


def period_text(period: str) -> str:
    """`2018` as it is, `2018-T3` as `3. tertial 2018`."""
    year, _, tertial = period.partition("-T")
    return f"{tertial}. tertial {year}" if tertial else year


def amount_text(thousand_nok: float) -> str:
    """An amount in the file's own unit, whole thousand kroner."""
    return format_number(thousand_nok, 0)
