"""Whether a number is like the municipality's own other numbers for the same field: arithmetic without any library.

Two kinds are told apart. What is counted anew each period swings as counts of events do (Poisson, or more where the
other periods show it); what counts a state, and money, is held up against its usual size. Both are measured from the
median of the other periods, so that one wrong number among them does no harm.
"""

from collections.abc import Sequence
from math import log, sqrt
from statistics import median

from expectations.chance import NORMAL_QUANTILE

STATES = (
    "ansatte_barnevern", "barn_i_fosterhjem", "barn_fra_andre_kommuner", "avtaler_akutt", "avtaler_omsorg",
    "avtaler_hjelpetiltak", "avtaler_fosterhjem", "tvistesaker", "ansatte_tiltaksteam", "beredskapshjem_kommunale",
    "familiehjem_statlige", "familiehjem_private", "venter_paa_fosterhjem")
"""The counts of the forms that are of a day, not of what happened in the period."""

FEWEST_OTHERS = 3
LARGEST_SURPRISE = 4.0
"""In standard deviations. With a median of three to six others, a count that swings by chance passes it less than once
in 2 500 times: of the 27 counts of a report, less than one report in 50."""

SMALLEST_USUAL = 2
SMALLEST_DIFFERENCE = 5
"""A count that is usually nought or one has no usual size: an event there is news, no fault. And 4 to 7 is nothing."""

SMALLEST_STATE = 10
LARGEST_STATE_SURPRISE = 3.0
LARGEST_STATE_RATIO, LARGEST_AMOUNT_RATIO = 1.4, 1.75
"""Staff and children in foster homes do not change by 40 per cent and back within a year, nor a frame by 75."""

_TIMES_SPREAD = 6
_MAD_TO_DEVIATION = 1.4826


def surprise(value: float, usual: float, dispersion: float = 1.0) -> float:
    """How many standard deviations a count lies from the usual one, on the scale of square roots."""
    return 2 * (sqrt(value + 0.375) - sqrt(usual + 0.375)) / sqrt(dispersion)


def is_unlike_events(value: float, others: Sequence[float]) -> bool:
    """Whether a count of events cannot be chance beside the other periods' counts.

    It must be unlike each of them too (95 %, both swinging): fewer reports in each summer are a season, not a fault.
    """
    if len(others) < FEWEST_OTHERS or value == 0:
        return False
    usual = median(others)
    if usual < SMALLEST_USUAL or abs(value - usual) < SMALLEST_DIFFERENCE:
        return False
    dispersion = max(1.0, _deviation(others) ** 2 / usual)
    if abs(surprise(value, usual, dispersion)) <= LARGEST_SURPRISE:
        return False
    side = 1 if value > usual else -1
    return all(side * surprise(value, other, 2 * dispersion) > NORMAL_QUANTILE for other in others)


def is_unlike_level(value: float, others: Sequence[float], largest_ratio: float) -> bool:
    """Whether an amount or a state is more than `largest_ratio` from the usual, and far outside its own spread.

    A number that is not above zero says nothing here.
    """
    if len(others) < FEWEST_OTHERS or value <= 0 or min(others) <= 0:
        return False
    logs = [log(other) for other in others]
    allowed = max(log(largest_ratio), _TIMES_SPREAD * _deviation(logs))
    return abs(log(value) - median(logs)) > allowed


def better_exchanged(one: float, usual_one: float, other: float, usual_other: float) -> float:
    """How much better two counts fit each other's usual number than their own: the log of the ratio of likelihoods.

    By chance it passes a number c less than once in e^c times.
    """
    return (one - other) * (log(max(usual_other, 0.5)) - log(max(usual_one, 0.5)))


def better_moved(values: Sequence[float], usual: Sequence[float], by: int) -> float:
    """The same for a block of rows that all fit the row above (`by` −1) or below (+1) better.

    The row that falls out is left out.
    """
    pairs = [(values[row], usual[row], usual[row + by]) for row in range(len(values)) if 0 <= row + by < len(usual)]
    return sum(value * (log(max(moved, 0.5)) - log(max(own, 0.5))) - (moved - own) for value, own, moved in pairs)


def is_unlike_small_state(value: float, others: Sequence[float]) -> bool:
    """Whether a state that is always one or a few (agreements in force) has become many at once.

    What is usually nought is left alone: there the first is news.
    """
    usual = median(others)
    return (len(others) >= FEWEST_OTHERS and 1 <= usual < SMALLEST_STATE and value - max(others) >= SMALLEST_DIFFERENCE
            and surprise(value, usual) > LARGEST_STATE_SURPRISE)


def _deviation(values: Sequence[float]) -> float:
    middle = median(values)
    return _MAD_TO_DEVIATION * median(abs(value - middle) for value in values)
