"""The control rules as asset checks, so that Dagster shows what does not hold: one check per rule, one per unit and period.

None of them blocks: figures that contradict each other never stop a run, and a run with a failed check is still green.
Whoever must be told is told by the sensor on the evaluations (`pipelines/sensors.py`). A check named `rapport_2012_2018_T3`
is the report of that unit and tertial, `aar_2012_2018` everything said of that unit and year; unit and period stand in the
name because the tables of findings have no partitions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import dagster as dg

from assets.finding_life import OPEN, place_of
from assets.warehouse_resource import WarehouseResource
from expectations.rule import module_of
from warehouse.database import Connection, records, writing
from warehouse.finding_levels import GRAVE_LEVELS, LEVEL_NAMES, LEVELS
from warehouse.reference_data import reference_rows
from warehouse.rule_table import RuleEntry, own_rules

FINDINGS = dg.AssetKey(["findings", "finding"])
REPORTS = dg.AssetKey(["raw", "tertial_reports_cell"])
BASELINE_YEAR = 2015
MOST_ROWS_SHOWN = 50
"""Dagster keeps each evaluation for ever: a check shows its worst findings and counts the rest."""

_FOUND = """
SELECT rule_id, level, unit_code, period, sheet, cell, line_numbers, state, message
FROM findings.finding ORDER BY unit_code, period, rule_id, finding_id
"""


@dataclass(frozen=True)
class UnitPeriod:
    """A unit and a tertial or year that has a check of its own."""

    unit_code: str
    unit_name: str
    period: str

    @property
    def is_report(self) -> bool:
        return "-" in self.period

    @property
    def check_name(self) -> str:
        kind = "rapport" if self.is_report else "aar"
        return f"{kind}_{self.unit_code}_{self.period.replace('-', '_')}"


def check_name_of(rule: RuleEntry) -> str:
    """The name of a rule's check: that of its module where it has one, else its id."""
    return module_of(rule.rule_id) or rule.rule_id


def units_and_periods() -> list[UnitPeriod]:
    """Every tertial a municipality reports for, and every year from the baseline on in which it is itself."""
    names = {row["unit_code"]: row["unit_name"] for row in reference_rows("unit") if row["unit_type"] == "municipality"}
    tertials = [row["period"] for row in reference_rows("reporting_period")]
    years = [str(year) for year in range(BASELINE_YEAR, int(max(tertials)[:4]) + 1)]
    return [UnitPeriod(unit_code, name, period) for unit_code, name in names.items()
            for period in (*tertials, *years) if _is_itself(unit_code, int(period[:4]))]


def _is_itself(unit_code: str, year: int) -> bool:
    return any(row["unit_code"] == unit_code and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"])
               for row in reference_rows("municipality_code"))


def _specs() -> Iterator[dg.AssetCheckSpec]:
    for rule in own_rules():
        yield dg.AssetCheckSpec(check_name_of(rule), asset=FINDINGS, metadata={"regel": rule.rule_id},
                                description=f"{rule.rule_id}: {rule.name_nb}. {LEVEL_NAMES[rule.level]}.")
    for one in units_and_periods():
        yield dg.AssetCheckSpec(
            one.check_name, asset=REPORTS if one.is_report else FINDINGS,
            additional_deps=[FINDINGS] if one.is_report else None,
            description=f"{one.unit_name}, {one.period}: ingenting åpent er funnet.")


@dg.multi_asset_check(name="rule_checks", specs=list(_specs()), can_subset=True)
def rule_checks(context: dg.AssetCheckExecutionContext, warehouse: WarehouseResource) -> Iterator[dg.AssetCheckResult]:
    """What the findings in force say of each rule, and of each unit and period."""
    asked = context.selected_asset_check_keys
    with writing(warehouse.home) as connection:
        results = list(evaluations(connection))
    yield from (result for result in results if dg.AssetCheckKey(result.asset_key, result.check_name) in asked)


def evaluations(connection: Connection) -> Iterator[dg.AssetCheckResult]:
    """One result for each check, from findings.finding."""
    found = records(connection, _FOUND)
    for rule in own_rules():
        yield _result(check_name_of(rule), FINDINGS, [row for row in found if row["rule_id"] == rule.rule_id])
    for one in units_and_periods():
        yield _result(one.check_name, REPORTS if one.is_report else FINDINGS, [
            row for row in found if (row["unit_code"], row["period"]) == (one.unit_code, one.period)])


def _result(name: str, asset_key: dg.AssetKey, found: list[dict[str, Any]]) -> dg.AssetCheckResult:
    """Holds when nothing graver than Informasjon is open; severity ERROR when something open is Feil or worse."""
    unsettled = [row for row in found if row["state"] == OPEN and row["level"] != LEVELS[0]]
    is_grave = any(row["level"] in GRAVE_LEVELS for row in unsettled)
    return dg.AssetCheckResult(
        check_name=name, asset_key=asset_key, passed=not unsettled,
        severity=dg.AssetCheckSeverity.ERROR if is_grave else dg.AssetCheckSeverity.WARN,
        metadata={"funn": len(found), "åpne": len(unsettled), **_table(found)})


def _table(found: list[dict[str, Any]]) -> Mapping[str, Any]:
    """The findings as a table, the open and gravest first; and how many are left out."""
    if not found:
        return {}
    ordered = sorted(found, key=lambda row: (row["state"] != OPEN, -LEVELS.index(row["level"])))
    shown = {"rader": dg.MetadataValue.table([_record(row) for row in ordered[:MOST_ROWS_SHOWN]])}
    left_out = len(ordered) - MOST_ROWS_SHOWN
    return {**shown, "ikke vist": left_out} if left_out > 0 else shown


def _record(row: Mapping[str, Any]) -> dg.TableRecord:
    return dg.TableRecord({
        "regel": row["rule_id"], "grad": LEVEL_NAMES[row["level"]], "enhet": row["unit_code"] or "",
        "periode": row["period"] or "", "sted": place_of(row) or "", "tilstand": row["state"], "melding": row["message"]})

