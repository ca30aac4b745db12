"""The demo's findings: the report's own inconsistencies, explained where somebody has gone through them."""

import pytest

from assets.findings import gather_findings
from warehouse.database import one, reading, records
from warehouse.reference_data import reference_rows

# The report's inconsistencies that stand in the demo's deliveries, by rule, unit and period.
INCONSISTENCIES = [
    ("VR01", "2012", "2018"), ("VR02", "2012", "2018"), ("VR03", "2012", "2018"), ("VR03", "0729", "2018"),
    ("VR08", "0729", "2016"), ("VR08", "0729", "2017"), ("VR08", "0729", "2018"), ("VR10", "2012", "2018"),
    ("VR11", "0627", "2018"), ("VR14", "0729", "2015"), ("VR20", "0729", "2018"), ("VR21", "0729", "2018"),
    ("VR35", "0627", "2018-T3"), ("VR54", "0627", "2018"), ("VR54", "2012", "2018"),
    ("VR34", "0729", "2018-T3"), ("VR37", "0729", "2018-T1"), ("VR40", "R-SOR", "2018"),
    ("VR53", "0627", "2018"), ("VR69", None, None), ("VR70", "FORSOK", "2019"), ("VR06", "2012", "2018"),
    ("VR12", "0729", "2018"), ("VR59", "0729", "2018"), ("VR66", "0627", "2019-T1"), ("VR66", "0729", "2018"),
    ("VR67", "2012", "2018"), ("VR75", None, None),
]
NOT_IN_THE_TRIAL = (
    "VR04", "VR05", "VR07", "VR13", "VR16", "VR18", "VR19", "VR25", "VR29", "VR31", "VR36", "VR46", "VR47", "VR48", "VR49",
    "VR55", "VR56", "VR57", "VR60", "VR61", "VR63", "VR64", "VR65", "VR68", "VR72", "VR74", "FE285", "FE286")


@pytest.fixture(scope="module")
def found(demo_home):
    with reading(demo_home) as connection:
        return records(connection, "SELECT * FROM findings.finding")


@pytest.mark.parametrize(("rule_id", "unit_code", "period"), INCONSISTENCIES)
def test_the_reports_inconsistencies_are_found_and_explained(found, rule_id, unit_code, period):
    several = [row for row in found if (row["rule_id"], row["unit_code"], row["period"]) == (rule_id, unit_code, period)]
    assert several and {row["state"] for row in several} == {"forklart"} and all(row["explanation_nb"] for row in several)


@pytest.mark.parametrize("rule_id", NOT_IN_THE_TRIAL)
def test_what_did_not_happen_in_the_trial_is_not_found_in_the_demo(found, rule_id):
    assert [row["message"] for row in found if row["rule_id"] == rule_id] == []


@pytest.mark.parametrize("line", reference_rows("finding_explanation"),
                         ids=lambda line: f"{line['rule_id']}-{line['unit_code']}-{line['period']}-{line['place']}")
def test_every_reviewed_explanation_explains_a_finding_there_is(found, line):
    explained = [row for row in found if (row["rule_id"], row["unit_code"] or "", row["period"] or "") == (
        line["rule_id"], line["unit_code"], line["period"]) and row["explanation_nb"] == line["explanation_nb"]]
    assert explained and {row["state"] for row in explained} == {line["state"]}


def test_a_finding_says_what_was_found_and_names_no_missing_place(found):
    assert [row["message"] for row in found if "None" in row["message"] or not row["message"].endswith(".")] == []


def test_every_finding_of_the_demo_is_in_its_history_and_another_look_adds_nothing(demo_desk):
    connection = demo_desk.connection
    events = one(connection, "SELECT count(*) FROM findings.finding_event")
    assert events >= len(records(connection, "SELECT * FROM findings.finding")) > 40
    gather_findings(connection)
    assert one(connection, "SELECT count(*) FROM findings.finding_event") == events
