"""The published values of a release, ready to look up: one series per indicator, unit and breakdown.

The last door before a page: a value that is neither ok nor an earlier one, held back, is dropped here, whatever the row
carries.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboards.release import Release, TracedPart
from dashboards.touching import Number, Touch, touches

@dataclass(frozen=True)
class Cell:
    """One published number, or why there is none. `touch` are the findings that touch it, if any.

    A number that is held back is the one of an earlier release, made for the day `value_as_of`.
    """

    value: float | None
    status: str
    basis: str
    touch: Touch | None = None
    is_corrected: bool = False
    value_as_of: str = ""

    @property
    def is_held_back(self) -> bool:
        """True for an earlier number that stands for one that is held back."""
        return self.status == "held_back" and self.value is not None


@dataclass(frozen=True)
class Series:
    """The cells of one indicator, unit and breakdown, by period; `traced` are the periods whose number has a trace."""

    unit_code: str
    breakdown: str
    cells: dict[str, Cell]
    traced: set[str] = field(default_factory=set)

    def value(self, period: str) -> float | None:
        """The value of a period; None when it is hidden, missing or not in the release."""
        cell = self.cells.get(period)
        return None if cell is None else cell.value


class Published:
    """Look-ups in the values of one release. Units and breakdowns keep the order of the release's own tables."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._series: dict[tuple[str, str, str], Series] = {}
        numbers = {(row["indicator_id"], row["unit_code"], row["period"]) for row in release.values}
        touched = touches(release.findings, numbers, release.units, years_read(release.traces))
        for row in release.values:
            key = (row["indicator_id"], row["unit_code"], row["breakdown"] or "")
            series = self._series.setdefault(key, Series(key[1], key[2], {}))
            series.cells[row["period"]] = cell = published_cell(row, touched)
            if cell.value is not None and (row["indicator_id"], *key[2:0:-1], row["period"]) in release.traces:
                series.traced.add(row["period"])

    def series(self, indicator_id: str, unit_code: str, breakdown: str = "") -> Series | None:
        """The series, or None when the release has no row for it."""
        return self._series.get((indicator_id, unit_code, breakdown))

    def breakdowns(self, indicator_id: str) -> list[str]:
        """The breakdowns the indicator has: the whole first, then by the last key before the first."""
        found = {breakdown for indicator, _, breakdown in self._series if indicator == indicator_id}
        return sorted(found, key=_natural)

    def unit_codes(self, indicator_id: str) -> list[str]:
        """The units the indicator has numbers for, in the order of the unit table."""
        present = {unit_code for indicator, unit_code, _ in self._series if indicator == indicator_id}
        return [unit_code for unit_code in self.release.units if unit_code in present]

    def periods(self, indicator_id: str) -> list[str]:
        """All periods the indicator has a row for, oldest first."""
        return periods_of([series for key, series in self._series.items() if key[0] == indicator_id])

    def indicator_ids(self) -> list[str]:
        """The indicators with at least one row, in the order of the catalogue."""
        present = {key[0] for key in self._series}
        return [indicator_id for indicator_id in self.release.indicators if indicator_id in present]

    def municipality_codes(self) -> list[str]:
        """The municipalities of the unit table, in its order."""
        return [code for code, unit in self.release.units.items() if unit["unit_type"] == "municipality"]


def _natural(breakdown: str) -> list[list[tuple[int, str]]]:
    """Sorts by the last key before the first, and numbers by their size: 1–5 years before 13–17."""
    return [[(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", one)]
            for one in breakdown.split(";")[::-1]]


def published_cell(row: dict[str, Any], touched: Mapping[Number, Touch] | None = None) -> Cell:
    """One row as a cell. Only an ok row keeps its value, and one that is held back that of an earlier release; only these
    are marked with findings, and what is held back without any."""
    value = row["value"] if row["status"] in ("ok", "held_back") else None
    touch = (touched or {}).get((row["indicator_id"], row["unit_code"], row["period"]))
    return Cell(None if value is None else float(value), row["status"], row["basis"] or "delivered",
                touch if value is not None or row["status"] == "held_back" else None,
                row["status"] == "ok" and bool(row.get("correction_ids")), row.get("value_as_of") or "")


def years_read(traces: Mapping[tuple[str, str, str, str], tuple[TracedPart, ...]]) -> dict[Number, set[str]]:
    """The years beside its own that each number is made of: those before in a cumulative one, 2015 in a growth."""
    found: dict[Number, set[str]] = {}
    for (indicator_id, _, unit_code, period), parts in traces.items():
        others = {year[:4] for part in parts for year in part.periods} - {period[:4]}
        if others:
            found.setdefault((indicator_id, unit_code, period), set()).update(others)
    return found


def periods_of(several: list[Series]) -> list[str]:
    """The union of the periods of some series, oldest first."""
    return sorted({period for series in several for period in series.cells})


def by_kind(periods: list[str]) -> list[list[str]]:
    """Years by themselves and tertials by themselves, years first: a year beside its own parts misleads."""
    years = [period for period in periods if len(period) == 4]
    tertials = [period for period in periods if len(period) > 4]
    return [kind for kind in (years, tertials) if kind]
