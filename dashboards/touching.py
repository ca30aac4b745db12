"""Which published numbers a finding touches. One function decides it, for the marks on the site and for what is held back.

A finding is about indicators, a unit and a period:

* about a tertial it touches the tertial's numbers and the year's, which the tertial is a part of; about a year it touches
  the year's numbers, and the tertials' where the indicator has none for the year;
* about a municipality it touches its numbers and those of the Bufetat region and of the trial it is then a part of; about
  a region, the region's, and the municipality's where the region is one municipality only: then they are the same;
* it touches too the numbers of other periods that read its year: cumulative ones, and growth since 2015.

A finding that names no unit or no period cannot be placed on a number, and what is only worth knowing touches none.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from warehouse.finding_levels import LEVELS

Number = tuple[str, str, str]
"""Indicator, unit and period; every breakdown of it."""

OPEN = "åpen"


@dataclass(frozen=True)
class Touch:
    """The findings that touch a number: how many are open, how many explained or accepted, and the worst of the open ones,
    or of all where none is open: its level and its place on the page of findings.
    """

    open_count: int
    explained_count: int
    level: str
    anchor: str


def touches(findings: Sequence[Mapping[str, Any]], numbers: Set[Number], units: Mapping[str, Mapping[str, Any]],
            reads: Mapping[Number, Set[str]] | None = None) -> dict[Number, Touch]:
    """What touches each of the numbers that a finding touches. `findings` in the order of the page of findings."""
    touching: dict[Number, list[tuple[int, Mapping[str, Any]]]] = {}
    for place, finding in enumerate(findings):
        for number in touched_numbers(finding, numbers, units, reads):
            touching.setdefault(number, []).append((place, finding))
    return {number: _touch(several) for number, several in touching.items()}


def _touch(several: list[tuple[int, Mapping[str, Any]]]) -> Touch:
    are_open = [one for one in several if one[1]["state"] == OPEN]
    place, worst = max(are_open or several, key=lambda one: (LEVELS.index(one[1]["level"]), -one[0]))
    return Touch(len(are_open), len(several) - len(are_open), worst["level"], finding_anchor(place, worst))


def finding_anchor(place: int, finding: Mapping[str, Any]) -> str:
    """Where a finding is on the page: by its key, else by its place in the list."""
    return f"funn-{finding.get('finding_id') or place + 1}"


def touched_numbers(finding: Mapping[str, Any], numbers: Set[Number], units: Mapping[str, Mapping[str, Any]],
                    reads: Mapping[Number, Set[str]] | None = None) -> set[Number]:
    """Those of the numbers that a finding touches.

    `finding`: level, unit_code, period, indicator_ids. `units`: rows of the unit table by code. `reads`: the years beside
    its own that a number is made of.
    """
    if finding["level"] == LEVELS[0] or not finding["unit_code"] or not finding["period"]:
        return set()
    period, year = finding["period"], finding["period"][:4]
    alike = set(units_touched(finding["unit_code"], int(year), units))
    near = [number for number in numbers if number[0] in finding["indicator_ids"] and number[1] in alike]
    has_year = {number[:2] for number in near if number[2] == year}
    return {number for number in near
            if number[2] in (period, year)
            or (period == year == number[2][:4] and number[:2] not in has_year)
            or year in (reads or {}).get(number, ())}


def units_touched(unit_code: str, year: int, units: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The unit, and the units whose numbers its own are a part of that year."""
    yield unit_code
    members = [code for code, unit in units.items()
               if unit["bufetat_region_code"] == unit_code and int(unit["last_trial_year"] or 0) >= year]
    if len(members) == 1:
        yield from units_touched(members[0], year, units)
    elif units.get(unit_code, {}).get("unit_type") == "municipality":
        own = units[unit_code]
        if own["bufetat_region_code"] and int(own["last_trial_year"] or 0) >= year:
            yield own["bufetat_region_code"]
        yield from (code for code, unit in units.items() if unit["unit_type"] == "trial")
