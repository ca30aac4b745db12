"""When the municipalities are to have reported: the tertials and their deadlines, from the reference data."""

from dataclasses import dataclass
from datetime import date

from warehouse.reference_data import reference_rows


@dataclass(frozen=True)
class ReportingPeriod:
    """A tertial to report for; `deadline` is the last day a report is in time."""

    period: str
    deadline: date


def reporting_periods() -> list[ReportingPeriod]:
    """Every tertial of the trial that is reported for, by deadline."""
    periods = [ReportingPeriod(row["period"], date.fromisoformat(row["deadline"]))
               for row in reference_rows("reporting_period")]
    return sorted(periods, key=lambda period: period.deadline)


def latest_due(day: date) -> ReportingPeriod | None:
    """The latest tertial whose deadline has passed on a day; None before the first deadline."""
    return next((period for period in reversed(reporting_periods()) if period.deadline < day), None)


def next_due(day: date) -> ReportingPeriod | None:
    """The first tertial that is still in time on a day; None after the last deadline."""
    return next((period for period in reporting_periods() if period.deadline >= day), None)
