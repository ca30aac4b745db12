"""When a message is made: for which tertial, and the moment the figures behind it were built for."""

from dataclasses import dataclass
from datetime import datetime

from pipelines.reporting_calendar import ReportingPeriod, latest_due, reporting_periods


@dataclass(frozen=True)
class Occasion:
    """`as_of` is the warehouse's clock, `now` the time the message is made."""

    tertial: ReportingPeriod
    as_of: datetime
    now: datetime


def occasion(as_of: datetime, now: datetime) -> Occasion:
    """The occasion: the latest tertial whose deadline has passed, or the first one before any has."""
    return Occasion(latest_due(as_of.date()) or reporting_periods()[0], as_of, now)
