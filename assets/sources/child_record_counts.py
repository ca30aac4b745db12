"""What is kept of form 15F: how many there are of each kind, in one municipality and year, by one breakdown at a time.

Each count is defined in `child_record_count.csv`. A count by category has a row for every code of its list, so that a
zero is a zero the file says. A child is counted once in each category, as KOSTRA counts, and never by two at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from expectations.child_records.case_rules import DEADLINE_OF_A_REPORT
from expectations.child_records.codes import codes_of, is_placement
from expectations.child_records.individual import (Individual, Investigation, Measure, Report, ReportingYear,
                                                   months_after)
from warehouse.reference_data import reference_rows


class Tally:
    """The counts of one file, made one individual at a time."""

    def __init__(self, year: ReportingYear) -> None:
        self._year, self._counts = year, Counter()

    def add(self, individual: Individual) -> None:
        """Counts the individual and what it has."""
        self._one("children")
        self._add_reports(individual.reports)
        self._add_investigations(individual.investigations)
        self._add_measures(individual.measures)
        self._each("children_by_plan_type", {code for plan in individual.plans for code in plan.codes
                                             if plan.is_active(self._year.first_day, self._year.count_date)})
        for move in individual.moves:
            if self._year.holds(move.end):
                self._one("moves")
                self._each("moves_by_reason", move.reason)
                self._each("moves_by_destination", move.destination)

    def rows(self, municipality_code: str) -> Iterator[dict[str, Any]]:
        """One row a count and category, numbered from 1; those nothing was found of are 0."""
        for number, (count_code, category) in enumerate(_all_counts(), 1):
            yield {"cell_number": number, "municipality_code": municipality_code, "year": self._year.year,
                   "count_code": count_code, "count_category_code": category or None,
                   "value": float(self._counts[count_code, category])}

    def _add_reports(self, reports: Iterable[Report]) -> None:
        concluded = [one for one in reports if self._year.holds(one.end) and one.conclusion]
        self._one("reports_received", sum(self._year.holds(one.start) for one in reports))
        self._one("reports_concluded", len(concluded))
        self._one("children_with_reports", bool(concluded))
        for one in concluded:
            self._one("reports_to_investigation", bool({"2", "4"} & set(one.conclusion)))
            self._one("reports_within_7_days", one.end - one.start <= DEADLINE_OF_A_REPORT)
            self._each("reports_by_conclusion", one.conclusion)
            self._each("reports_by_reporter", {code for coded in one.reporters for code in coded.codes})
            self._each("reports_by_content", {code for coded in one.contents for code in coded.codes})

    def _add_investigations(self, investigations: Iterable[Investigation]) -> None:
        year, in_hand = self._year, False
        for one in investigations:
            in_hand = in_hand or one.is_active(year.first_day, year.count_date)
            self._one("investigations_started", year.holds(one.start))
            self._one("investigations_open", one.start <= year.count_date
                      and (one.end is None or one.end > year.count_date))
            if year.holds(one.end):
                self._one("investigations_concluded")
                self._each("investigations_by_conclusion", one.conclusion)
                self._one("investigations_by_duration", category=_duration(one))
        self._one("children_with_investigations", in_hand)

    def _add_measures(self, measures: Iterable[Measure]) -> None:
        year = self._year
        in_year = [one for one in measures if one.is_active(year.first_day, year.count_date)]
        at_end = [one for one in in_year if one.is_active(year.count_date, year.count_date)]
        for ending, active in (("", in_year), ("_at_year_end", at_end)):
            is_placed = any(is_placement(one.code) for one in active)
            self._one(f"children_with_measures{ending}", bool(active))
            self._one(f"children_placed{ending}", is_placed)
            self._one(f"children_not_placed{ending}", bool(active) and not is_placed)
        self._one("children_with_care_orders", any(one.is_care_order for one in in_year))
        self._each("children_by_measure_code", {one.code for one in in_year})
        self._each("children_by_measure_group", {group for one in in_year for group in _groups(one.code)})

    def _one(self, count_code: str, number: int = 1, category: str = "") -> None:
        self._counts[count_code, category] += number

    def _each(self, count_code: str, categories: Iterable[str]) -> None:
        for category in categories:
            self._one(count_code, category=category)


def count_text(count_code: str, category: str | None) -> tuple[str, str | None, str]:
    """The count's name, its category's name with code, and its unit."""
    row = _kinds()[count_code]
    return row["name_nb"], category and f"{category} {_names()[row['code_list'], category]}", row["unit"]


def _duration(one: Investigation) -> str:
    if one.end <= months_after(one.start, 3):
        return "0-3"
    return "3-6" if one.end <= months_after(one.start, 6) else "6+"


def _groups(measure_code: str) -> list[str]:
    """The categories a measure counts in: foster homes stand both with and without emergency homes (2.5)."""
    group = measure_code.partition(".")[0]
    return [group, "2u"] if group == "2" and measure_code != "2.5" else [group]


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return {row["count_code"]: row for row in reference_rows("child_record_count")}


@cache
def _names() -> dict[tuple[str, str], str]:
    return {(row["code_list"], row["code"]): row["name_nb"] for row in reference_rows("child_record_code")}


@cache
def _all_counts() -> tuple[tuple[str, str], ...]:
    return tuple((count_code, category) for count_code, row in _kinds().items()
                 for category in (codes_of(row["code_list"]) if row["code_list"] else ("",)))
