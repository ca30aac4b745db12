"""Whether the change of a count can be chance: the interval of the ratio of two counts, without any library.

Each count swings as counts of rare events do (Poisson). Given their sum, the later count is then binomial, and Wilson's
interval for its share turns into an interval for the ratio later/earlier.
"""

from math import sqrt

NORMAL_QUANTILE = 1.959963984540054
"""Two-sided 95 %."""


def wilson_interval(count: float, of: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share. Raises ValueError when there is nothing to take a share of."""
    if of <= 0 or not 0 <= count <= of:
        raise ValueError(f"ingen andel av {of}: {count}")
    share, weight = count / of, NORMAL_QUANTILE**2 / of
    middle = (share + weight / 2) / (1 + weight)
    reach = NORMAL_QUANTILE / (1 + weight) * sqrt(share * (1 - share) / of + weight / (4 * of))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def ratio_interval(earlier: float, later: float) -> tuple[float, float]:
    """95 % interval of later/earlier for two counts above zero. Raises ValueError for others."""
    if earlier <= 0 or later <= 0:
        raise ValueError("begge antallene må være over null")
    low, high = wilson_interval(later, earlier + later)
    return low / (1 - low), high / (1 - high)
