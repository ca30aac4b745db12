"""Clean reports: the demo's own with the year's events dealt out anew between its three tertials.

Every event (a report of concern, a placement, a move, a purchase …) falls in a tertial by lot, with the shares the demo
has. The year's sum of each field and every sum within a report stand, so nothing contradicts anything; what a report says
of a day or from 1 January is left as it is. A finding that was not there before is then false.
"""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from assets.sources.signs import CONFIRMED_ZERO
from expectations.finding import Finding
from tests.power.delivered import Change, Delivered, Row, figures
from tests.power.fault import changed
from tests.power.world import World
from warehouse.reference_data import reference_rows

STEM = "tertial_reports"
_PARTS_OF_A_WHOLE = {"undersoekelser": "undersoekelser_innen_frist", "kjoep_private": "kjoep_med_tre_tilbud"}
_SINGLE = ("kompetanse_barnevern", "kompetanse_tiltaksteam", "ledige_stillinger", "flyttinger_utilsiktet",
           "flyttinger_tilsiktet", "rekruttert_ordinaere", "rekruttert_nettverk", "medvirkningstiltak", "kjoep_bufetat",
           "avvik_tilbud_faktura")
_PLACEMENTS = "nye_plasseringer"
_PARTS_OF_PLACEMENTS = ("akuttplasseringer", "nye_institusjon")

Year = list[dict[str, Row]]
"""The three reports of a year, each its rows by field."""


def sums() -> dict[str, list[str]]:
    """The totals of a report that are counted, each with its parts."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in reference_rows("field_part"):
        total = row["total_field_id"]
        if (row["stem"], row["relation"]) == (STEM, "sum") and figures(STEM)[total]["field_kind"] == "count":
            found[total].append(row["part_field_id"])
    return found


def whole_years(delivered: Delivered, unit_code: str) -> list[Year]:
    """The years in which a unit has delivered all three tertials."""
    years: dict[str, list[dict[str, Row]]] = defaultdict(list)
    for key in delivered.deliveries(STEM):
        lines = delivered.rows(key)
        if delivered.unit_of(lines[0]["municipality_code"]) == unit_code:
            years[lines[0]["period"][:4]].append({row["field_id"]: row for row in lines})
    return [sorted(year, key=lambda report: next(iter(report.values()))["period"])
            for year in years.values() if len(year) == 3]


def false_findings(world: World, years: list[Year], random: Random) -> list[Finding]:
    """What the rules find in clean reports of these years that they do not find in the demo's own."""
    changes = tuple(change for year in years for change in redrawn(year, random))
    with world.with_changes(STEM, changes) as changed_world:
        known = {key for found in world.findings.values() for key in found}
        return [finding for finding in changed_world.new_findings() if finding.finding_id not in known]


def redrawn(year: Year, random: Random) -> Iterator[Change]:
    """The rows of the year's three reports that get another number; a zero is a confirmed one, as in the demo."""
    for report, told in zip(year, _dealt_out(year, random), strict=True):
        for field_id, value in told.items():
            if _count(report[field_id]) != value:
                yield changed(report[field_id], value=value, status_sign=None if value else CONFIRMED_ZERO)


def _dealt_out(year: Year, random: Random) -> list[dict[str, int]]:
    """What each of the three reports tells of the fields that are dealt out anew."""
    numbers: list[dict[str, int]] = [{}, {}, {}]

    def deal(field_id: str, *without: str) -> None:
        """Deals out a field's events of the year, those of its parts kept apart; not where a tertial has no number."""
        if any(_count(report[name]) is None for report in year for name in (field_id, *without)):
            return
        before = [_count(report[field_id]) - sum(_count(report[name]) for name in without) for report in year]
        drawn = random.choices(range(3), [count + 1 for count in before], k=sum(before))
        for tertial, told in enumerate(numbers):
            told[field_id] = drawn.count(tertial) + sum(told[name] for name in without)

    for field_id in _SINGLE:
        deal(field_id)
    for whole, part in _PARTS_OF_A_WHOLE.items():
        deal(part)
        deal(whole, part)
    for total, parts in sums().items():
        for part in parts:
            deal(part)
        for report, told in zip(year, numbers, strict=True):
            told[total] = sum(told.get(part, _count(report[part]) or 0) for part in parts)
    deal(_PLACEMENTS)
    for told in numbers:
        told[_PLACEMENTS] = max(told[name] for name in (_PLACEMENTS, *_PARTS_OF_PLACEMENTS))
    return numbers


def _count(row: Row) -> int | None:
    """The row's number; None for a sign that says it is missing."""
    if row["status_sign"] == CONFIRMED_ZERO:
        return 0
    return None if row["value"] is None or row["status_sign"] else int(row["value"])
