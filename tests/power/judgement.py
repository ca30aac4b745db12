"""What becomes of one fault: does it change an indicator, is it found, and does the finding stand where the fault is.

A new finding is the fault's doing, since nothing else has changed. It counts only when it leads to the fault: it must be
about the same unit (or its region) and the same period, or the one the number is compared with.
"""

import time
from dataclasses import dataclass
from functools import cache

from expectations.finding import Finding
from tests.power.delivered import FORMS, Delivered, Place
from tests.power.door import said_at_the_door
from tests.power.fault import Fault
from tests.power.second_source import SecondSources
from tests.power.world import Key, Value, World
from warehouse.finding_levels import LEVELS
from warehouse.reference_data import reference_rows

BASELINE_YEAR = "2015"
HALF = 0.5
_NOISE = 1e-9


@dataclass(frozen=True)
class Verdict:
    """One fault judged. `size` is the largest change of an indicator, relative to what it was (1 where there was none).

    `found_by` are the rules whose new findings lead to the fault; `stray` those of findings that stand elsewhere.
    `points_at_it`: a finding names the very cell or line, or the delivery was refused.
    """

    kind: str
    stem: str
    what: str
    unit_code: str | None
    period: str
    field: str
    has_second_source: bool
    changes_indicator: bool
    size: float = 0.0
    indicators: tuple[str, ...] = ()
    found_by: tuple[str, ...] = ()
    stray: tuple[str, ...] = ()
    points_at_it: bool = False
    highest_level: str | None = None
    seconds: float = 0.0

    @property
    def is_found(self) -> bool:
        return bool(self.found_by)


class Judge:
    """Judges faults in one world, one at a time."""

    def __init__(self, world: World, delivered: Delivered, second_sources: SecondSources) -> None:
        self.world, self._delivered, self._second_sources = world, delivered, second_sources
        self._at_rest: dict[int, set[tuple]] = {}

    def verdict(self, fault: Fault) -> Verdict:
        """What becomes of the fault."""
        started = time.process_time()
        touched = [before or after for before, after in fault.changes]
        places = [self._delivered.place_of(fault.stem, row) for row in touched]
        about = {"kind": fault.kind, "stem": fault.stem, "what": fault.what, "unit_code": places[0].unit_code,
                 "period": places[0].period, "field": self._second_sources.field_of(fault.stem, touched[0]),
                 "has_second_source": self._second_sources.has(fault.stem, fault.changes)}
        outcome = self._outcome(fault, places)
        return Verdict(**about, **outcome, seconds=time.process_time() - started)

    def _outcome(self, fault: Fault, places: list[Place]) -> dict:
        refused, at_the_door = said_at_the_door(
            self._delivered.stored[fault.delivery_id], self._delivered.rows(fault.delivery_id), fault.changes)
        if refused:
            return {"changes_indicator": True, "size": 1.0, "found_by": _rules(at_the_door), "points_at_it": True,
                    "highest_level": LEVELS[-1]}
        with self.world.with_changes(fault.stem, fault.changes) as changed:
            moved = {key: change for key, change in changed.changed_values().items() if _is_moved(key, *change)}
            if not moved:
                return {"changes_indicator": False}
            found = [*changed.new_findings(), *self._new_at_the_door(fault, at_the_door)]
        leading = [finding for finding in found if leads_to(finding, self._delivered.unit_of(finding.unit_code), places)]
        return {
            "changes_indicator": True, "size": max(_size(*change) for change in moved.values()),
            "indicators": tuple(sorted({key[0] for key in moved})), "found_by": _rules(leading),
            "stray": _rules([finding for finding in found if finding not in leading]),
            "points_at_it": any(names(finding, fault, places) for finding in leading),
            "highest_level": max((finding.level for finding in leading), key=LEVELS.index, default=None)}

    def _new_at_the_door(self, fault: Fault, said: list[Finding]) -> list[Finding]:
        """What the door says of the faulty delivery that it does not say of the sound one."""
        if fault.stem in FORMS:
            return said
        if fault.delivery_id not in self._at_rest:
            _, usual = said_at_the_door(
                self._delivered.stored[fault.delivery_id], self._delivered.rows(fault.delivery_id), ())
            self._at_rest[fault.delivery_id] = {_of_a_file(finding) for finding in usual}
        return [finding for finding in said if _of_a_file(finding) not in self._at_rest[fault.delivery_id]]


def leads_to(finding: Finding, unit_code: str | None, places: list[Place]) -> bool:
    """Whether somebody who reads the finding, about this unit, looks where the fault is: its unit or region and period."""
    return any(_is_about_unit(unit_code, place) and _is_about_period(finding, place) for place in places)


def names(finding: Finding, fault: Fault, places: list[Place]) -> bool:
    """Whether the finding names the faulty cell, or a line that is faulty or missing."""
    if finding.source not in (None, fault.stem) and finding.delivery_id != fault.delivery_id:
        return False
    if finding.cell and any((finding.cell, finding.sheet) == (place.cell, place.sheet) for place in places):
        return True
    return any(place.line_number in finding.line_numbers for place in places)


def _is_about_unit(unit: str | None, place: Place) -> bool:
    if None in (unit, place.unit_code):
        return True
    return unit in (place.unit_code, _regions().get(place.unit_code)) or _regions().get(unit) == place.unit_code


def _is_about_period(finding: Finding, place: Place) -> bool:
    """The same year, the year before or after it, or any later year where the fault is in the baseline."""
    if finding.period is None:
        return True
    return abs(int(finding.period[:4]) - int(place.year)) <= 1 or place.year == BASELINE_YEAR


def _is_moved(key: Key, before: Value | None, after: Value | None) -> bool:
    """Whether the value differs by more than half the last digit it is shown with, or came, went, or lost its number."""
    if before is None or after is None or before[1] != after[1] or None in (before[0], after[0]):
        return True
    return abs(after[0] - before[0]) > HALF * 10 ** -_decimals()[key[0]] + _NOISE


def _size(before: Value | None, after: Value | None) -> float:
    if before is None or after is None or None in (before[0], after[0]) or not before[0]:
        return 1.0
    return abs(after[0] - before[0]) / abs(before[0])


def _of_a_file(finding: Finding) -> tuple:
    """A finding of a file without its lines: they move when a line is left out."""
    return finding.rule_id, finding.unit_code, finding.period, finding.cell, finding.found, finding.expected


def _rules(findings: list[Finding]) -> tuple[str, ...]:
    return tuple(sorted({finding.rule_id for finding in findings}))


@cache
def _decimals() -> dict[str, int]:
    return {row["indicator_id"]: int(row["decimals"]) for row in reference_rows("indicator")}


@cache
def _regions() -> dict[str, str]:
    return {row["unit_code"]: row["bufetat_region_code"] for row in reference_rows("unit") if row["bufetat_region_code"]}
