"""The page of validation: which reports have come, how old open findings are, what they touch, whether reports get better."""

from dataclasses import replace

import pytest

from dashboards.pages.frame import Frame
from dashboards.pages.report_quality import quality_figure, quality_tables
from dashboards.pages.validation import age_table, completeness_sentence, validation_context


def report(unit, period, state, **changes):
    """One drawn report; a delivered one has 47 fields, all told."""
    filled = {"received_on": "2018-01-28", "version": 1, "field_count": 47, "told_count": 47} if state == "delivered" else {
        "received_on": None, "version": None, "field_count": None, "told_count": None}
    return {"unit_code": unit, "period": period, "deadline": "2018-01-30", "report_state": state, **filled, **changes}


def finding(level="feil", unit="2012", period="2017-T3", state="åpen", since="2019-09-30", rule="VR05", touches=("B1-03",)):
    return {"finding_id": "", "rule_id": rule, "level": level, "unit_code": unit, "period": period, "stem": "tertial_reports",
            "state": state, "what": f"Krav {rule}", "details": "", "advice": "", "explanation": "",
            "indicator_ids": list(touches), "open_since": since if state == "åpen" else ""}


@pytest.fixture
def context_of(small_release):
    """What the template gets, of drawn reports and findings, as of 1 October 2019."""
    return lambda reports, findings: validation_context(
        Frame(replace(small_release, reports=tuple(reports), findings=tuple(findings))))


@pytest.mark.parametrize(("states", "sentence"), [
    ([], "Ingen rapporteringsfrist er gått ut ennå."),
    (["awaited", "not_over"], "Ingen rapporteringsfrist er gått ut ennå."),
    (["delivered"] * 3 + ["awaited"], "3 av 3 tertialrapporter er levert; ingen mangler."),
    (["delivered", "missing", "missing"], "1 av 3 tertialrapporter er levert; 2 mangler."),
])
def test_only_reports_that_are_due_can_be_missing(states, sentence):
    assert completeness_sentence([report("2012", "2017-T3", state) for state in states]) == sentence


@pytest.mark.parametrize(("since", "place"), [
    ("2019-10-01", 0), ("2019-09-02", 0), ("2019-09-01", 1), ("2019-07-04", 1), ("2019-07-03", 2), ("2018-10-02", 2),
    ("2018-10-01", 3), ("2012-01-01", 3)])
def test_an_open_finding_is_counted_in_its_age_to_the_day(since, place):
    (_, numbers, total) = next(row for row in age_table([finding(since=since)], "2019-10-01") if row[0] == "Feil")
    assert numbers == ["1" if at == place else "0" for at in range(4)] and total == "1"


def test_a_finding_of_unknown_age_is_in_the_sum_only():
    rows = {name: (numbers, total) for name, numbers, total in age_table([finding(since="")], "2019-10-01")}
    assert rows["Feil"] == (["0"] * 4, "1") and rows["Advarsel"] == (["0"] * 4, "0")


def test_a_report_shows_when_it_came_which_version_it_is_and_what_was_found_in_it(context_of):
    context = context_of(
        [report("2012", "2017-T3", "delivered", version=2), report("2012", "2018-T1", "missing"),
         report("0729", "2017-T3", "delivered")],
        [finding(), finding(state="forklart"), finding(state="akseptert"), finding(period="2017")])
    rows = dict(context["rows"])
    assert [(cell.word, cell.details) for cell in rows["Alta"]] == [
        ("Levert", ("28.01.2018, versjon 2", "1 åpent funn", "2 forklarte funn")), ("Mangler", ("frist 30.01.2018",))]
    assert [cell and (cell.word, cell.details) for cell in rows["Færder"]] == [("Levert", ("28.01.2018",)), None]


def test_open_findings_of_one_rule_and_unit_stand_together_the_gravest_and_oldest_first(context_of):
    listed = context_of([], [
        finding("advarsel", rule="VR52", since="2017-01-01"), finding(period="2018", since="2019-09-01", touches=("C1-02",)),
        finding(period="2017-T3", since="2019-09-30"), finding("feil", rule="VR07", since="2019-01-01"),
        finding("kritisk_feil", unit=None, rule="F03", period=None, since="", touches=()), finding(state="forklart")])["open_findings"]
    assert [(one.what, one.about.text, one.periods, one.age) for one in listed] == [
        ("Krav F03", "Ikke knyttet til én enhet", (), "ikke kjent"), ("Krav VR07", "Alta", ("2017-T3",), "273 dager"),
        ("Krav VR05", "Alta", ("2017-T3", "2018"), "30 dager"), ("Krav VR52", "Alta", ("2017-T3",), "1\u00a0003 dager")]
    assert listed[1].about.href == "funn.html#enhet-2012" and listed[0].touched == ()


def test_quality_over_time_counts_every_finding_of_a_report_whatever_its_state(small_release):
    reports = (report("2012", "2017-T3", "delivered"), report("2012", "2018-T1", "delivered", told_count=40),
               report("2012", "2018-T2", "missing"))
    frame = Frame(replace(small_release, reports=reports, findings=(finding(), finding(state="forklart"), finding(period="2017"))))
    periods = ["2017-T3", "2018-T1", "2018-T2"]
    findings, fields = quality_tables(frame, periods)
    assert findings.rows == (("Alta", ("2", "0", "ingen rapport")),)
    assert fields.rows == (("Alta", ("100\u00a0%", "85\u00a0%", "ingen rapport")),)
    assert [panel.title for panel in quality_figure(frame, periods).panels] == ["Funn per tertialrapport", "Felt som er fylt ut"]


def test_without_a_report_nothing_is_drawn(small_release):
    frame = Frame(replace(small_release, reports=(report("2012", "2018-T2", "missing"),), findings=()))
    assert quality_figure(frame, ["2018-T2"]) is None


def test_the_page_stands_in_the_menu_of_every_page(small_site):
    pages = [content.decode() for name, content in small_site.items() if name.endswith(".html")]
    assert len(pages) > 5 and all('href="kontroll.html"' in page for page in pages)
