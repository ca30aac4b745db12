"""The pages of traces, drawn: a link from each number, the files behind it, and the years a finding reaches."""

import pytest

from dashboards.published import years_read
from dashboards.release import TracedPart
from dashboards.site import build_site
from dashboards.touching import touches
from warehouse.reference_data import reference_rows

GRANTS = TracedPart(1, "numerator", "grants", "tilskudd <2018>.csv", 7, 2, "2019-02-20", ("2018",), "linje 4")
LEDGER = TracedPart(1, "numerator", "ledger", "hovedbok.csv", 8, 1, "2019-02-21", ("2016", "2017", "2018"))
PEOPLE = TracedPart(2, "denominator", "population", "07459.json", 9, 1, "2019-02-22", ("2018",), "value[3]–value[20]", 4500)


@pytest.fixture(scope="module")
def site(make_release):
    rows = (("G1-03", "2012", "2018", "", 25.5, "ok", "published"), ("G1-02", "2012", "2018", "", 34.9, "ok", "published"),
            ("G1-04", "2012", "2018", "", -9.4, "ok", "published"),
            ("G1-04", "2012", "2018", "accumulation=since_2016", -8.8, "ok", "constructed"),
            ("C6-01", "2012", "2018", "", 2, "suppressed", "published"))
    release = make_release(rows)
    traces = {("G1-03", "", "2012", "2018"): (GRANTS,), ("G1-02", "", "2012", "2018"): (LEDGER,),
              ("G1-04", "", "2012", "2018"): (GRANTS, LEDGER, PEOPLE),
              # What the release wrongly traces of a hidden number must not come on a page.
              ("C6-01", "", "2012", "2018"): (GRANTS,)}
    object.__setattr__(release, "traces", traces)
    object.__setattr__(release, "values", tuple({**row, "correction_ids": "2019-001" if row["indicator_id"] == "G1-03"
                                                 else ""} for row in release.values))
    object.__setattr__(release, "corrections", (
        {"correction_id": "2019-001", "stem": "grants", "unit_code": "2012", "period": "2018", "action": "override",
         "recorded_on": "2019-09-15", "reason": "Feil <tall>.", "told_to": "departementet", "told_on": "2019-09-20"},))
    return {path: content.decode() for path, content in build_site(release).items() if path.endswith(".html")}


def test_a_number_leads_to_its_trace_and_one_without_a_trace_to_nothing(site):
    page = site["delmaal-g.html"]
    assert '<a class="traced" href="spor-g1-03.html#2012-2018">25,5</a>' in page
    assert '#2012-2018-accumulation-since-2016' not in page


def test_a_trace_tells_formula_role_file_delivery_version_day_period_and_place(site):
    page = site["spor-g1-04.html"]
    assert "tilskudd &lt;2018&gt;.csv (leveranse 7, versjon 2, mottatt 20.02.2019), 2018, linje 4" in page
    assert "Teller i ledd 1, Hovedbok: hovedbok.csv (leveranse 8, versjon 1, mottatt 21.02.2019), 2016, 2017 og 2018" in page
    assert "Nevner i ledd 2, Befolkning: 07459.json" in page and "til sammen 4\u00a0500" in page
    assert "Slik er tallet regnet ut:" in page and 'id="2012-2018"' in page


def test_a_trace_page_needs_no_script_and_the_pages_with_figures_do(site):
    assert "script" not in site["spor-g1-04.html"]
    assert site["delmaal-g.html"].count("<script defer") == 2 and "no-script" in site["delmaal-g.html"]


def test_a_trace_leads_to_the_published_numbers_it_is_worked_out_from(site):
    page = site["spor-g1-04.html"]
    assert '<a href="spor-g1-03.html#2012-2018">' in page and '<a href="spor-g1-02.html#2012-2018">' in page


def test_a_hidden_number_has_no_trace_even_if_the_release_holds_one(site):
    assert "spor-c6-01.html#" not in "".join(site.values())
    assert 'class="trace"' not in site.get("spor-c6-01.html", "")


def test_a_corrected_number_bears_a_mark_that_leads_to_the_corrections(site):
    assert 'href="om-tallene.html#rettelser" title="rettet av evaluator"' in site["delmaal-g.html"]
    about = site["om-tallene.html"]
    assert "Verdien er rettet 15.09.2019. Meldt departementet 20.09.2019." in about and "Feil &lt;tall&gt;." in about


def test_a_release_without_traces_has_no_such_page_and_no_such_link(small_site):
    assert not any(path.startswith("spor-") for path in small_site)
    assert b'class="traced"' not in b"".join(small_site.values())


# Findings reach the numbers that read their year

UNITS = {row["unit_code"]: row for row in reference_rows("unit")}
NUMBERS = {("G1-11", "2012", year) for year in ("2016", "2017", "2018")} | {("G1-08", "2012", "2018")}
TRACES = {("G1-11", "", "2012", "2018"): (LEDGER,), ("G1-11", "", "2012", "2017"): (
    TracedPart(1, "numerator", "ledger", "h.csv", 8, 1, "2019-02-21", ("2016", "2017")),),
    ("G1-08", "", "2012", "2018"): (
        TracedPart(1, "numerator", "bufetat", "b.csv", 9, 1, "2019-02-21", ("2015", "2018")),)}


def finding(period, *indicators, unit="2012", level="feil", state="åpen"):
    return {"level": level, "unit_code": unit, "period": period, "indicator_ids": indicators, "state": state}


@pytest.mark.parametrize(("one", "touched"), [
    (finding("2016", "G1-11"), {("G1-11", "2016"), ("G1-11", "2017"), ("G1-11", "2018")}),
    (finding("2017", "G1-11"), {("G1-11", "2017"), ("G1-11", "2018")}),
    (finding("2018", "G1-11"), {("G1-11", "2018")}),
    (finding("2015", "G1-08"), {("G1-08", "2018")}),
    (finding("2015-T1", "G1-08"), {("G1-08", "2018")}),
    (finding("2016", "G1-08"), set()),
    (finding("2016", "G1-11", unit="0729"), set()),
    (finding("2016", "G1-11", level="informasjon"), set()),
])
def test_a_finding_touches_every_number_that_reads_its_year(one, touched):
    found = touches([one], NUMBERS, UNITS, years_read(TRACES))
    assert {(indicator_id, period) for indicator_id, _, period in found} == touched


def test_an_open_finding_of_an_earlier_year_wins_over_an_explained_one():
    both = [finding("2018", "G1-11", state="forklart"), finding("2016", "G1-11")]
    assert touches(both, NUMBERS, UNITS, years_read(TRACES))["G1-11", "2012", "2018"].open_count == 1
