"""VR48 and VR49: what is missing has no number, and what a source has hidden stays hidden, in our own tables."""

import pytest

from expectations.rules.vr49_what_the_source_has_hidden_stays_hidden import FROM_KEY_FIGURES
from warehouse.reference_data import reference_rows

FIGURES = "core.key_figure\nunit_code | year | key_figure_code | value | status | is_confirmed_zero\n"


# VR48

@pytest.mark.parametrize("line", [
    "2012 | 2013 | 06 | ~ | not_reported | false",
    "2012 | 2014 | 06 | 30.4 | ok | false",
    "2012 | 2013 | 15 | 0 | ok | false",              # a count may be 0
    "2012 | 2013 | 06 | 0 | ok | true",               # the source says it is a true one
    "2012 | 2019 | 01 | ~ | not_yet | false",
    "EKG12 | 2013 | N | 12700 | ok | false",
])
def test_a_number_that_is_there_and_one_that_is_missing_are_innocent(found, line):
    assert found("VR48", FIGURES + line) == []


@pytest.mark.parametrize(("line", "level", "told"), [
    ("2012 | 2013 | 06 | 0 | ok | false", "feil", ("0", "..")),              # printed for a year without the number
    ("0729 | 2013 | 03 | 0 | ok | false", "feil", ("0", "..")),
    ("EKG12 | 2013 | N | 0 | ok | false", "feil", ("0", "..")),
    ("2012 | 2013 | 06 | 0 | not_reported | false", "kritisk_feil", ("0", "uten tall")),
    ("2012 | 2019 | 01 | 148 | not_yet | false", "kritisk_feil", ("148", "uten tall")),
    ("2012 | 2018 | 15 | 2.5 | not_applicable | false", "kritisk_feil", ("2,5", "uten tall")),
])
def test_a_zero_for_what_is_not_available_and_a_number_that_is_said_to_be_missing_are_findings(found, line, level, told):
    (finding,) = found("VR48", FIGURES + line)
    assert (finding.level, finding.found, finding.expected, finding.unit_code) == (level, *told, line.split()[0])


@pytest.mark.parametrize(("table", "line", "named"), [
    ("core.form_value\nunit_code | source_municipality_code | period | value | status",
     "2012 | 2012 | 2018-T1 | 4 | not_reported", "core.form_value"),
    ("core.bufetat_figure\nunit_code | source_unit_code | period | value | status",
     "0729 | 0729 | 2019 | 2663 | not_yet", "core.bufetat_figure"),
])
def test_the_other_tables_are_held_to_the_same(found, table, line, named):
    (finding,) = found("VR48", f"{table}\n{line}")
    assert finding.level == "kritisk_feil" and named in finding.message
    missing = line.rsplit("|", 2)
    assert found("VR48", f"{table}\n{missing[0]}| ~ |{missing[2]}") == []


def test_the_source_is_named_with_the_place_of_its_zero(found):
    (finding,) = found("VR48", FIGURES + "2012 | 2013 | 06 | 0 | ok | false")
    assert "value[1] i fil.json" in finding.message and "«..»" in finding.message


# VR49

RAW = "raw.kostra_statistics_cell\nregion_code | key_figure_code | year | value | status_sign\n2012 | 13 | 2015 | ~ | :\n"
HIDDEN = FIGURES + "2012 | 2015 | 13 | ~ | suppressed | false\n"
PART = "indicators.c1_02\nunit_code | period | breakdown | amount | status\n"


@pytest.mark.parametrize("text", [
    RAW + HIDDEN,
    RAW + HIDDEN + PART + "2012 | 2015 | category=7 | ~ | suppressed",
    RAW.replace(":", "~").replace("| ~ | ~", "| 3 | ~") + FIGURES + "2012 | 2015 | 13 | 3 | ok | false",
    RAW.replace("| :", "| -") + FIGURES + "2012 | 2015 | 13 | 0 | ok | true",
    RAW + FIGURES + "2012 | 2015 | 13 | 4 | ok | false\n"             # somebody has told the number, and it is written down
    + "core.correction\ncorrection_id | source_unit_code | period | correction_state\nK01 | 2012 | 2015 | in_force",
])
def test_a_hidden_number_that_stays_hidden_and_one_that_is_told_are_innocent(found, text):
    assert found("VR49", text) == []


@pytest.mark.parametrize(("text", "told"), [
    (RAW + FIGURES + "2012 | 2015 | 13 | 0 | ok | false", "0, ok"),
    (RAW + FIGURES + "2012 | 2015 | 13 | ~ | not_reported | false", "uten tall, not_reported"),
    (RAW + FIGURES + "2012 | 2015 | 13 | 2 | suppressed | false", "2, suppressed"),
    (RAW + HIDDEN + PART + "2012 | 2015 | category=7 | 0 | ok", "0, ok"),
    (RAW + HIDDEN + PART + "2012 | 2015 | category=7 | ~ | ok", "uten tall, ok"),
    (RAW + FIGURES + "2012 | 2015 | 13 | 4 | ok | false\n"
     + "core.correction\ncorrection_id | source_unit_code | period | correction_state\nK01 | 2012 | 2015 | ended", "4, ok"),
])
def test_a_hidden_number_that_has_become_something_else_is_a_grave_finding(found, text, told):
    (finding,) = found("VR49", text)
    assert (finding.level, finding.found, finding.expected) == ("kritisk_feil", told, "uten tall, suppressed")
    assert "ingenting publiseres" in finding.message


def test_every_indicator_made_of_key_figures_is_looked_at():
    made = {row["indicator_id"].lower().replace("-", "_") for row in reference_rows("figure_indicator")}
    assert made == set(FROM_KEY_FIGURES)
