"""Rules that hold the individual records (form 15F) against KOSTRA's key figures and the tertial reports, drawn."""

import pytest

from warehouse.rule_table import rule_of

THREE_REPORTS = "T 2012 2018-T1 meldinger 20\nT 2012 2018-T2 meldinger 30\nT 2012 2018-T3 meldinger 50\n"


@pytest.mark.parametrize("text", [
    "figure 2012 2018 08 109\ncount 2012 2018 children_placed 109",
    "figure 2012 2018 07 -\ncount 2012 2018 children_not_placed 0",
    "figure 2012 2018 08 :\ncount 2012 2018 children_placed 3",                         # suppressed: nothing to compare
    "figure 2012 2018 08 ..\ncount 2012 2018 children_placed 3",
    "figure 2012 2017 08 99\ncount 2012 2018 children_placed 3",                        # another year
    "figure 0729 2018 08 99\ncount 2012 2018 children_placed 3",                        # another municipality
    "figure 2012 2018 08 99",                                                           # no records
    "figure 2012 2018 16 60\ncount 2012 2018 children_by_measure_group:2 66\ncount 2012 2018 children_by_measure_group:2u 60",
    "figure 2012 2018 16 66\ncount 2012 2018 children_by_measure_group:2 66\ncount 2012 2018 children_by_measure_group:2u 60",
    "figure 2012 2018 02T 63\ncount 2012 2018 reports_by_conclusion:2 60\ncount 2012 2018 reports_to_investigation 66",
    "figure 2012 2018 05 0.57\ncount 2012 2018 investigations_by_duration:0-3 57\ncount 2012 2018 investigations_concluded 100",
    "figure 2012 2018 05 0.57\ncount 2012 2018 investigations_by_duration:0-3 113\ncount 2012 2018 investigations_concluded 200",
    "figure 2012 2018 05 0.57\ncount 2012 2018 investigations_by_duration:0-3 0\ncount 2012 2018 investigations_concluded 0",
    "figure 2012 2018 03 40\ncount 2012 2018 children_with_measures 1",                 # a rate nobody recounts
])
def test_figures_that_the_records_give_or_that_cannot_be_compared_are_innocent(found, text):
    assert found("FE290", text) == []


@pytest.mark.parametrize(("text", "told", "indicator"), [
    ("figure 2012 2018 08 109\ncount 2012 2018 children_placed 107", ("109", "107"), "B3-05"),
    ("figure 2012 2018 07 -\ncount 2012 2018 children_not_placed 4", ("0", "4"), "B3-04"),
    ("figure 2012 2018 15 22\ncount 2012 2018 children_by_measure_group:1 14", ("22", "14"), "C6-01"),
    ("figure 2012 2018 17 6\ncount 2012 2018 children_by_measure_code:2.5 7", ("6", "7"), "C5-04"),
    ("figure 2012 2018 01 500\ncount 2012 2018 reports_concluded 501", ("500", "501"), "B1-03"),
    ("figure 2012 2018 04T 80\ncount 2012 2018 reports_within_7_days 81", ("80", "81"), "B1-08"),
    ("figure 2012 2018 16 67\ncount 2012 2018 children_by_measure_group:2 66\ncount 2012 2018 children_by_measure_group:2u 60",
     ("67", "60 til 66"), "C1-02"),
    ("figure 2012 2018 16 59\ncount 2012 2018 children_by_measure_group:2 66\ncount 2012 2018 children_by_measure_group:2u 60",
     ("59", "60 til 66"), "C1-02"),
    ("figure 2012 2018 05 0.57\ncount 2012 2018 investigations_by_duration:0-3 58\ncount 2012 2018 investigations_concluded 100",
     ("57,0 prosent", "58,0 prosent"), "D2-01"),
    ("figure 2012 2018 05 0.57\ncount 2012 2018 investigations_by_duration:0-3 112\ncount 2012 2018 investigations_concluded 200",
     ("57,0 prosent", "56,0 prosent"), "D2-01"),
])
def test_a_figure_the_records_do_not_give_is_a_finding_at_the_figure(found, text, told, indicator):
    (finding,) = found("FE290", text)
    assert (finding.found, finding.expected, finding.level, finding.source) == (*told, "advarsel", "kostra_statistics")
    assert indicator in finding.indicators and "child_records_2012_2018" in finding.message and finding.unit_code == "2012"


def test_each_figure_is_its_own_finding(found):
    text = ("figure 2012 2018 08 109\nfigure 2012 2018 07 50\nfigure 2012 2018 15 9\ncount 2012 2018 children_placed 1\n"
            "count 2012 2018 children_not_placed 2\ncount 2012 2018 children_by_measure_group:1 9")
    assert [finding.cell for finding in found("FE290", text)] == ["nøkkeltall 07", "nøkkeltall 08"]


@pytest.mark.parametrize("text", [
    THREE_REPORTS + "count 2012 2018 reports_received 100",
    THREE_REPORTS + "count 2012 2018 reports_concluded 99",                             # what is concluded is another count
    THREE_REPORTS + "count 2012 2017 reports_received 99",
    THREE_REPORTS + "count 0729 2018 reports_received 99",
    THREE_REPORTS.replace("T3 meldinger 50", "T3 meldinger ..") + "count 2012 2018 reports_received 99",
    THREE_REPORTS.replace("2018", "2019") + "count 2012 2019 reports_received 99",       # two tertials were not to be reported
    THREE_REPORTS,
])
def test_years_that_agree_or_are_not_whole_are_innocent(found, text):
    assert found("FE291", text) == []


@pytest.mark.parametrize(("counted", "difference"), [("99", "1"), ("120", "20"), ("0", "100")])
def test_a_year_of_reports_that_is_another_number_in_the_records_is_a_finding(found, counted, difference):
    (finding,) = found("FE291", THREE_REPORTS + f"count 2012 2018 reports_received {counted}")
    assert (finding.found, finding.expected, finding.period) == ("100", counted, "2018")
    assert f"Forskjellen er {difference}." in finding.message and "30 i T2 celle D2" in finding.message


@pytest.mark.parametrize("rule_id", ["FE290", "FE291"])
def test_the_numbers_of_both_rules_are_never_shown_outside_the_evaluators(rule_id):
    assert rule_of(rule_id).is_about_counts
