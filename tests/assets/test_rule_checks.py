"""The rules as asset checks: each rule and each unit and period has one, none blocks, and what is open makes it fail."""

import dagster as dg
import pytest

from assets.rule_checks import MOST_ROWS_SHOWN, check_name_of, evaluations, rule_checks, units_and_periods
from expectations.rule import all_rules
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory
from warehouse.rule_table import own_rules, rule_of

VR05, VR52 = "vr05_components_sum_to_total", "vr52_large_change_is_explained"


def judged(*lines):
    """The results by name, of findings drawn as `rule unit period state`, or with a level after."""
    contract = contract_of("findings", "finding")
    rows = []
    for number, line in enumerate(lines, 1):
        rule_id, unit_code, period, state, *level = line.split()
        rows.append({**dict.fromkeys(contract.column_names), "finding_id": f"{number:016d}", "rule_id": rule_id,
                     "level": level[0] if level else rule_of(rule_id).level, "unit_code": unit_code, "period": period,
                     "cell": f"D{number}", "sheet": "C Tiltak", "state": state, "message": f"Funn {number}."})
    with in_memory() as connection:
        if rows:
            append(connection, contract, arrow_table(contract, rows))
        return {result.check_name: result for result in evaluations(connection)}


def test_every_rule_has_a_check_named_after_its_module_and_every_report_and_year_has_one():
    names = {key.name for key in rule_checks.check_keys}
    assert {check_name_of(rule_of(rule.rule_id)) for rule in all_rules()} <= names
    assert VR05 in names and "F03" in names
    assert {"rapport_2012_2016_T3", "rapport_0627_2019_T1", "aar_0729_2015", "aar_2012_2019"} <= names
    assert len(names) == len(own_rules()) + len(units_and_periods()) == len(list(judged()))


def test_no_check_blocks_and_each_says_what_it_demands():
    specs = list(rule_checks.check_specs)
    assert not any(spec.blocking for spec in specs)
    assert all(spec.description for spec in specs)


def test_without_findings_every_check_holds_and_carries_no_rows():
    assert all(result.passed and "rader" not in result.metadata for result in judged().values())


@pytest.mark.parametrize(("line", "passed", "severity"), [
    ("VR05 2012 2018-T3 åpen", False, dg.AssetCheckSeverity.ERROR),
    ("VR05 2012 2018-T3 forklart", True, dg.AssetCheckSeverity.WARN),
    ("VR05 2012 2018-T3 akseptert", True, dg.AssetCheckSeverity.WARN),
    ("VR52 2012 2018-T3 åpen", False, dg.AssetCheckSeverity.WARN),
    ("VR52 2012 2018-T3 forklart", True, dg.AssetCheckSeverity.WARN),
    ("VR38 2012 2018-T3 åpen", True, dg.AssetCheckSeverity.WARN),
])
def test_an_open_finding_graver_than_information_fails_the_check_of_its_rule_and_of_its_report(line, passed, severity):
    results = judged(line)
    rule = results[check_name_of(rule_of(line.split()[0]))]
    report = results["rapport_2012_2018_T3"]
    assert [(one.passed, one.severity) for one in (rule, report)] == [(passed, severity)] * 2
    others = {name for name, result in results.items() if not result.passed} - {rule.check_name, report.check_name}
    assert others == set()


def test_a_finding_of_one_unit_or_period_leaves_the_others_alone():
    results = judged("VR05 2012 2018-T3 åpen", "VR52 0729 2018 åpen")
    assert {name for name, result in results.items() if not result.passed} == {
        VR05, VR52, "rapport_2012_2018_T3", "aar_0729_2018"}


def test_the_rows_stand_in_the_metadata_with_the_open_and_gravest_first():
    told = judged("VR52 2012 2018 åpen", "VR05 2012 2018 forklart", "VR08 2012 2018 åpen", "VR05 2012 2018 åpen")
    rows = told["aar_2012_2018"].metadata["rader"].records
    assert [(row.data["regel"], row.data["tilstand"]) for row in rows] == [
        ("VR05", "åpen"), ("VR08", "åpen"), ("VR52", "åpen"), ("VR05", "forklart")]
    assert rows[0].data == {"regel": "VR05", "grad": "Feil", "enhet": "2012", "periode": "2018", "sted": "C Tiltak!D4",
                            "tilstand": "åpen", "melding": "Funn 4."}
    counts = told["aar_2012_2018"].metadata
    assert (counts["funn"].value, counts["åpne"].value) == (4, 3)


def test_a_check_shows_no_more_than_its_share_and_says_how_many_are_left_out():
    told = judged(*["VR52 2012 2018 åpen"] * (MOST_ROWS_SHOWN + 2))[VR52]
    assert len(told.metadata["rader"].records) == MOST_ROWS_SHOWN and told.metadata["ikke vist"].value == 2
