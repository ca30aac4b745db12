"""Why a fault is not found: each that changes an indicator unseen belongs to the first reason that holds for it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.power.judgement import Verdict


@dataclass(frozen=True)
class Miss:
    """One reason, with how many faults it explains."""

    key: str
    what_nb: str
    count: int
    why_nb: str


@dataclass(frozen=True)
class Reason:
    """Why some faults cannot be found, in bokmål, and which they are."""

    key: str
    what_nb: str
    why_nb: str
    holds: Callable[[Verdict], bool]


SMALL = 0.05
REASONS: tuple[Reason, ...] = ()


def misses(verdicts: Sequence[Verdict]) -> list[Miss]:
    """The reasons that explain some fault, the most common first."""
    found = Counter(reason_of(verdict) for verdict in verdicts if verdict.changes_indicator and not verdict.is_found)
    return [Miss(reason.key, reason.what_nb, count, reason.why_nb)
            for reason, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0].key))]


def reason_of(verdict: Verdict) -> Reason:
    """The first reason that holds."""
    return next(reason for reason in REASONS if reason.holds(verdict))
