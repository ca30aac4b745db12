"""Whether the change of a count can be chance: the interval of the ratio of two counts, without any library.

Each count swings as counts of rare events do (Poisson). Given their sum, the later count is then binomial, and Wilson's
interval for its share turns into an interval for the ratio later/earlier.
"""

from collections.abc import Sequence
from math import exp, lgamma, log, pi, sqrt

NORMAL_QUANTILE = 1.959963984540054
"""Two-sided 95 %."""

_LARGE_COUNT = 50


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


def equal_counts_probability(count: float) -> float:
    """How often two counts of events as frequent as `count` are equal by chance, both swinging as Poisson does.

    It is e^(−2m)·I₀(2m), here by the series Σ P(k)²; beyond 50 by its limit 1/(2√(πm)), which is then right to 0.3 %.
    """
    if count > _LARGE_COUNT:
        return 1 / (2 * sqrt(pi * count))
    weights = [exp(-count + k * log(count) - lgamma(k + 1)) for k in range(int(count + 12 * sqrt(count) + 12))]
    return sum(weight * weight for weight in weights)


def at_least_probability(probabilities: Sequence[float], hits: int) -> float:
    """How often at least `hits` of independent events with these probabilities happen."""
    exactly = [1.0]
    for probability in probabilities:
        missed = [one * (1 - probability) for one in [*exactly, 0.0]]
        exactly = [none + one * probability for none, one in zip(missed, [0.0, *exactly], strict=True)]
    return sum(exactly[hits:])
