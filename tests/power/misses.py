"""Why a fault is not found: each that changes an indicator unseen belongs to the first reason that holds for it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.power.judgement import Verdict


@dataclass(frozen=True)
class Reason:
    """What is not found and why, in bokmål, and which faults that is."""

    key: str
    what_nb: str
    why_nb: str
    holds: Callable[[Verdict], bool]


REASONS: tuple[Reason, ...] = (
    Reason("other", "Annet", "Ingen av grunnene over.", lambda verdict: True),
)


def reason_of(verdict: Verdict) -> Reason:
    """The first reason that holds."""
    return next(reason for reason in REASONS if reason.holds(verdict))
