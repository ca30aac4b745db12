"""What a whole column should look like, as expectations: distributions that nobody can break line by line.

The limits stand in `distribution_rule.csv` and are wide: what lies outside is a delivery in another unit, an export that
lost a column, the same line over and over. They are warnings: a rule about a table never stops a release.
"""

from collections.abc import Mapping
from typing import Any

from expectations.contract_suite import ExpectationSpec
from expectations.finding import Finding
from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows
from warehouse.rule_table import rule_of
from warehouse.tables import Table

WARNING = "warning"
_MEASURES = {
    "ExpectColumnMedianToBeBetween": ("medianen", 0),
    "ExpectColumnProportionOfUniqueValuesToBeBetween": ("andelen forskjellige verdier", 2),
    "ExpectColumnProportionOfNonNullValuesToBeBetween": ("andelen som har verdi", 2),
}


def distributions_of(contract: Table, row_count: int) -> list[ExpectationSpec]:
    """The demands to the table's distributions; none for a table with too few rows to have one."""
    return [_spec(contract, row) for row in reference_rows("distribution_rule")
            if row["table_name"] == contract.full_name and row_count >= int(row["fewest_rows"])]


def distribution_finding(rule_id: str, observed: float | None) -> Finding:
    """The finding that a column lies outside its limits; `observed` is None when it has no value at all."""
    row = next(row for row in reference_rows("distribution_rule") if row["rule_id"] == rule_id)
    rule, (measure, decimals) = rule_of(rule_id), _MEASURES[row["expectation"]]
    found = "ingen verdi" if observed is None else format_number(observed, decimals)
    expected = _limits(row, decimals)
    return Finding(
        rule_id, rule.level, f"{rule.name_nb}: {measure} i {row['table_name']}.{row['column_name']} er {found}, ventet "
        f"{expected}. {rule.advice_nb}",
        cell=f"{row['table_name']}.{row['column_name']}", found=found, expected=expected, indicators=rule.indicator_ids)


def _spec(contract: Table, row: Mapping[str, str]) -> ExpectationSpec:
    limits: dict[str, Any] = {key: float(row[name]) for key, name in (("min_value", "least"), ("max_value", "most")) if row[name]}
    return ExpectationSpec(
        f"{contract.full_name}|{row['rule_id']}", row["expectation"], {"column": row["column_name"], **limits},
        row["column_name"], frozenset({row["column_name"]}), "", WARNING, row["rule_id"])


def _limits(row: Mapping[str, str], decimals: int) -> str:
    least, most = (format_number(float(row[name]), decimals) if row[name] else "" for name in ("least", "most"))
    return f"{least} til {most}" if least and most else f"minst {least}" if least else f"høyst {most}"
