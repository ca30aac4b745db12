"""Distributions judged by Great Expectations: each seen within its limits, seen outside, and told as a finding."""

import pandas
import pytest

from assets.build import set_clock
from assets.contract_checks import store_outcomes
from assets.findings import gather_findings
from expectations.distribution_suite import distribution_finding, distributions_of
from expectations.great_expectations_runner import validate, validate_samples
from pipelines.settings import DEMO_CLOCK
from warehouse.contracts import contract_of
from warehouse.database import in_memory, records
from warehouse.reference_data import reference_rows

RULES = {row["rule_id"]: row for row in reference_rows("distribution_rule")}
SOUND = {"ExpectColumnMedianToBeBetween": lambda row: [float(row["least"])] * int(row["fewest_rows"]),
         "ExpectColumnProportionOfUniqueValuesToBeBetween": lambda row: list(range(int(row["fewest_rows"]))),
         "ExpectColumnProportionOfNonNullValuesToBeBetween": lambda row: [1.0] * int(row["fewest_rows"])}
BROKEN = {"ExpectColumnMedianToBeBetween": lambda row: [float(row["most"]) * 1000] * int(row["fewest_rows"]),
          "ExpectColumnProportionOfUniqueValuesToBeBetween": lambda row: [7] * int(row["fewest_rows"]),
          "ExpectColumnProportionOfNonNullValuesToBeBetween": lambda row: [None] * int(row["fewest_rows"])}


def judged(row, values):
    """The outcome of one distribution over drawn values of its column, by the road of samples."""
    contract = contract_of(*row["table_name"].split("."))
    frame = pandas.DataFrame({name: pandas.Series([1] * len(values), dtype=object) for name in contract.column_names})
    frame[row["column_name"]] = pandas.Series(values, dtype=object)
    return next((outcome for outcome in validate_samples({contract: frame}) if outcome.rule_id == row["rule_id"]), None)


@pytest.mark.parametrize("row", RULES.values(), ids=RULES)
def test_a_distribution_within_its_limits_breaks_nothing_and_one_outside_is_a_warning(row):
    within, outside = (judged(row, drawn[row["expectation"]](row)) for drawn in (SOUND, BROKEN))
    assert (within.success, outside.success, outside.severity) == (True, False, "warning")


def test_too_few_rows_have_no_distribution():
    row = RULES["FD04"]
    assert judged(row, [1.0] * (int(row["fewest_rows"]) - 1)) is None


def test_the_contract_and_the_distributions_of_a_table_are_one_validation():
    contract = contract_of("core", "key_figure")
    frame = pandas.DataFrame([{
        "unit_code": "2012", "year": 2018, "key_figure_code": "15", "value": None, "status": "ok", "is_confirmed_zero": False,
        "delivery_id": 1, "cell_number": number} for number in range(100)], columns=list(contract.column_names))
    outcomes = validate({contract: frame})
    assert [(one.rule_id, one.success, one.observed) for one in outcomes if one.rule_id] == [("FD06", False, 0.0)]
    assert {one.severity for one in outcomes if not one.rule_id} == {"critical"} and len(outcomes) > 5


def test_every_distribution_has_a_rule_and_looks_at_a_column_of_its_table():
    for row in RULES.values():
        contract = contract_of(*row["table_name"].split("."))
        assert row["column_name"] in contract.column_names
        assert [spec.rule_id for spec in distributions_of(contract, 10**6) if spec.rule_id == row["rule_id"]]
        assert not distributions_of(contract, 1)


@pytest.mark.parametrize(("rule_id", "observed", "said"), [
    ("FD01", 16.5, "medianen i core.ledger_line.amount_nok er 17, ventet 1\u00a0000 til 200\u00a0000"),
    ("FD05", 0.5, "andelen som har verdi i core.form_value.value er 0,50, ventet minst 0,75"),
    ("FD01", None, "medianen i core.ledger_line.amount_nok er ingen verdi, ventet")])
def test_the_finding_says_what_was_measured_and_what_was_awaited(rule_id, observed, said):
    finding = distribution_finding(rule_id, observed)
    assert said in finding.message and finding.level == "advarsel"


def test_a_distribution_outside_its_limits_is_a_finding_in_force_and_one_within_is_none(monkeypatch):
    monkeypatch.setattr("assets.findings_in_force.all_rules", lambda: ())
    contract = contract_of("core", "ledger_line")
    outcomes = [judged(RULES[name], drawn[RULES[name]["expectation"]](RULES[name]))
                for name, drawn in (("FD01", BROKEN), ("FD02", SOUND))]
    with in_memory() as connection:
        set_clock(connection, DEMO_CLOCK)
        store_outcomes(connection, [contract], outcomes)
        gather_findings(connection)
        found = records(connection, "SELECT rule_id, state, cell FROM findings.finding")
    assert found == [{"rule_id": "FD01", "state": "åpen", "cell": "core.ledger_line.amount_nok"}]
