"""The printed numbers of tables 4–6, the purchases, surveys and inspections, made again from their own demo files."""

import pytest

from assets.build import rebuild
from assets.demo.bufetat import bufetat_deliveries
from assets.demo.supervision import supervision_deliveries
from assets.demo.surveys import surveys_deliveries
from assets.intake import take_in, waiting_files
from assets.raw_loading import load_delivery, not_loaded
from pipelines.delivered_numbers import DeliveredNumbers
from pipelines.published_figure import published_figures
from pipelines.reproduce import judge
from pipelines.settings import DEMO_CLOCK
from pipelines.trace import trace
from warehouse.database import in_memory
from warehouse.home import Home

OWN = ("{bufetat:", "{survey:", "{supervision:", "{F1-03", "{G1-08", "{G1-10", "{D1-02")
CONTRADICTED = {
    "BU001": ("IN01", 36.6), "BU003": ("IN02", 11.3), "BU004": ("IN06", 7.357), "D124": ("IN06", 7357),
    "T06-0729-2018-T1-ENDRING": ("IN03", 234), "T05-2012-2016-AAR-ENDRING": ("IN05", 6147),
    "T06-0627-2016-T1-ENDRING": ("IN05", 599), "T06-0627-2016-AAR-ENDRING": ("IN05", 5901),
    "T06-0729-2016-T1-ENDRING": ("IN05", 309), "T06-R-SOR-2016-AAR-ENDRING": ("IN05", 7833),
    "T06-R-SOR-2017-T1-ENDRING": ("IN05", 3474)}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A warehouse of these sources alone."""
    home = Home(tmp_path_factory.mktemp("bufetat"))
    home.inbox.mkdir()
    for file in (*bufetat_deliveries(), *surveys_deliveries(), *supervision_deliveries()):
        (home.inbox / file.path).write_bytes(file.content)
        (home.inbox / f"{file.path}.provenance.json").write_bytes(file.provenance)
    with in_memory() as connection:
        outcomes = list(take_in(connection, home, waiting_files(home), DEMO_CLOCK))
        assert [outcome.state for outcome in outcomes] == ["accepted"] * 5
        for delivery_id in not_loaded(connection):
            load_delivery(connection, home, delivery_id)
        rebuild(connection, DEMO_CLOCK)
        yield connection


@pytest.fixture
def changed(built):
    """The same warehouse for a test that changes it; afterwards it is as before."""
    built.execute("BEGIN")
    yield built
    built.execute("ROLLBACK")


@pytest.fixture(scope="module")
def verdicts(built):
    numbers = DeliveredNumbers(built)
    return {figure.fact_id: judge(figure, numbers) for figure in published_figures()
            if any(name in figure.expression for name in OWN)}


def test_every_number_is_found_and_none_is_wrong(verdicts):
    assert len(verdicts) >= 118
    assert {verdict.verdict for verdict in verdicts.values()} == {"reproduced", "report_inconsistent"}


def test_what_differs_because_the_report_contradicts_itself_is_these_eleven(verdicts):
    assert {fact_id: (verdict.figure.inconsistency_id, verdict.computed) for fact_id, verdict in verdicts.items()
            if verdict.verdict == "report_inconsistent"} == CONTRADICTED


@pytest.mark.parametrize(("fact_id", "computed", "how", "basis"), [
    ("T05-2012-2018-AAR", 6110, "read", "published"), ("T06-R-SOR-2018-T1", 12535, "read", "published"),
    ("T06-R-SOR-2018-T1-ENDRING", 8065, "computed", "published"), ("T04-SUM-R-SOR-2017", -27200, "computed", "published"),
    ("T04-0855.01-R-NORD-2017", -3400, "read", "published"), ("T04-SUM-SUM-2017", -36600, "computed", "published"),
    ("T05-2012-2017-KRAV", 10400, "read", "published"), ("T06-R-SOR-2019-KRAV", 900, "read", "published"),
    ("BU007", 19.678, "computed", "published"), ("AL049", 2, "computed", "constrained"),
    ("AL082", 3, "read", "published"), ("FA061", 1, "read", "published"), ("AL059", 10, "computed", "constrained"),
    ("AL055", 5, "read", "published"), ("Q30", 1, "computed", "published"), ("Q14", 1, "computed", "constructed"),
    ("Q36", 1, "computed", "constructed"), ("FA042", 88, "computed", "constrained"),
])
def test_a_number_comes_out_in_the_printed_unit_and_says_what_it_rests_on(verdicts, fact_id, computed, how, basis):
    verdict = verdicts[fact_id]
    assert (verdict.computed, verdict.how, verdict.basis) == (pytest.approx(computed), how, basis)


@pytest.mark.parametrize(("fact_id", "measure", "period"), [
    ("Q14", "institusjon", "2017-T2"), ("Q24", "institusjon", "2018-T2"), ("Q25", "hjemmebaserte_tiltak", "2016-T3"),
    ("Q35", "institusjon", "2016-T3"), ("Q36", "fosterhjem", "2018-T1")])
def test_a_statement_of_order_fails_when_the_days_do_not_bear_it_out(changed, fact_id, measure, period):
    figure = next(figure for figure in published_figures() if figure.fact_id == fact_id)
    changed.execute("UPDATE core.bufetat_figure SET value = 9999 WHERE measure_type_code = ? AND period = ?",
                    [measure, period])
    assert judge(figure, DeliveredNumbers(changed)).computed == 0


def test_a_year_of_days_needs_all_three_tertials(changed):
    changed.execute("DELETE FROM core.bufetat_figure WHERE measure_type_code = 'institusjon' "
                    "AND period = '2015-T2' AND unit_code = '0729'")
    figure = next(figure for figure in published_figures() if figure.fact_id == "Q24")
    assert judge(figure, DeliveredNumbers(changed)).verdict == "not_reproducible"


@pytest.mark.parametrize(("key", "parts"), [
    (("F1-03", "R-SOR", "2018-T1"), {("bufetat_soer.csv", 12535.0)}),
    (("F1-03", "R-NORD", "2018"), {("bufetat_nord.csv", 6110.0)}),
    (("G1-09", "R-NORD", "2018"), {("bufetat_nord.csv", 6110.0), ("bufetat_nord.csv", -7488.0),
                                  ("bufetat_nord.csv", -10400.0)}),
    (("D1-02", "2012", "2019"), {("tilsyn_2019.csv", 27.0), ("tilsyn_2019.csv", 270.0)}),
])
def test_a_number_is_traced_to_the_lines_it_was_delivered_on(built, key, parts):
    (found,) = trace(built, *key)
    assert {(part["file_name"], part["amount"]) for part in found.parts} == parts
    content = {file.path: file.content.decode("utf-8-sig").splitlines()
               for file in (*bufetat_deliveries(), *supervision_deliveries())}
    for part in found.parts:
        assert str(int(abs(part["amount"]))) in content[part["file_name"]][part["line"] - 1].split(";")
