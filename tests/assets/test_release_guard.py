"""The last look at a release: what it tells and must not, what can be computed from it, and that nothing is published then."""

import pytest

from assets.disclosure import suppress
from assets.publication import publish
from assets.release_guard import WouldLeak, demand_no_leak, leaks
from dashboards.release import Release
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, copy_in_memory, in_memory
from warehouse.home import Home
from warehouse.reference_data import reference_rows

RULES = {row["indicator_id"]: row["small_number_rule"] for row in reference_rows("indicator")}
EQUATIONS = reference_rows("disclosure_equation")


def number(indicator_id, value, *, of=(None, None), breakdown="", unit="2012", unit_type="municipality", period="2018",
           status="ok", confirmed=False):
    above, below = of
    return {"indicator_id": indicator_id, "unit_code": unit, "unit_type": unit_type, "period": period,
            "breakdown": breakdown, "value": value, "status": status, "basis": "delivered", "fact_id": None,
            "count_numerator": above, "count_denominator": below, "is_confirmed_zero": confirmed,
            "count_complement": None if above is None or below is None else below - above}


def hide(*rows, when):
    """The rows as a release would have them if it hid these indicators and no others."""
    return [{**row, "value": None, "status": "suppressed"} if row["indicator_id"] in when or row["status"] != "ok" else row
            for row in rows]


def found(rows, published, before=None, threshold=3):
    return [(leak.rule_id, *leak.key[:2]) for leak in leaks(rows, published, threshold, before or {})]


def children(placed, at_home, period="2018"):
    """Counts of a year, the share and the rate that hang together."""
    whole = placed + at_home
    return [number("B3-05", float(placed), period=period), number("B3-04", float(at_home), period=period),
            number("B3-01", placed / whole, of=(placed, whole), period=period),
            number("B3-03", whole / 5, of=(whole, 5000), period=period)]


# VR50

@pytest.mark.parametrize("rows", [
    [number("B3-05", 4.0)], [number("B3-05", 0.0, confirmed=True)], [number("G1-02", 2.0)],
    [number("B1-08", 0.9, of=(54, 60))], [number("D1-04", 0.5, of=(None, 17), unit="FORSOK", unit_type="trial")]])
def test_a_release_without_small_numbers_is_innocent(rows):
    assert found(rows, rows) == []


@pytest.mark.parametrize("row", [
    number("B3-05", 3.0), number("B3-05", 1.0), number("B3-05", 0.0), number("B1-08", 0.05, of=(3, 60)),
    number("B1-08", 0.95, of=(57, 60)), number("D1-04", 0.5, of=(None, 4), unit="FORSOK", unit_type="trial"),
    number("D1-04", 0.5, of=(None, 40))])
def test_a_small_number_in_a_release_is_a_leak(row):
    assert found([row], [row]) == [("VR50", row["indicator_id"], "")]
    assert found([row], hide(row, when={row["indicator_id"]})) == []


def test_a_number_the_source_has_hidden_is_a_leak_wherever_it_comes_from():
    row = number("B3-05", None, status="suppressed")
    assert found([row], [{**row, "value": 44.0, "status": "ok"}]) == [("VR50", "B3-05", "")]


def test_an_older_number_that_was_printed_before_is_no_new_leak():
    row, printed = number("B3-05", 2.0), {**number("B3-05", 40.0), "status": "held_back"}
    assert found([row], [printed], {("B3-05", "", "2012", "2018"): {40.0}}) == []
    assert found([row], [printed]) == [("VR50", "B3-05", "")]


# VR51

@pytest.mark.parametrize("when", [
    {"B3-04", "B3-05", "B3-01"}, {"B3-04", "B3-05", "B3-01", "B3-03"}])
def test_parts_hidden_together_with_their_share_tell_nothing(when):
    rows = children(2, 40)
    assert found(rows, hide(*rows, when=when)) == []


@pytest.mark.parametrize("when", [
    {"B3-05", "B3-01"},               # the rate gives the whole, and the whole minus those at home the placed
    {"B3-05", "B3-03"},               # the share and those at home
    {"B3-04", "B3-05"},               # the share and the whole
])
def test_a_hidden_number_that_can_be_computed_is_a_leak(when):
    rows = children(2, 40)
    told = found(rows, [{**row, "value": None, "status": "suppressed"} if row["indicator_id"] in when else row
                        for row in rows])
    assert ("VR51", "B3-05", "") in told or ("VR50", "B3-01", "") in told


def test_the_number_is_found_through_a_chain_of_equations():
    rows = [*children(60, 40), *children(2, 40, period="2015"),
            number("B3-02", 0.6 - 2 / 42, of=(2, 42))]
    published = [{**row, "value": None, "status": "suppressed"}
                 if row["period"] == "2015" and row["indicator_id"] in ("B3-05", "B3-01", "B3-03") else row for row in rows]
    assert ("VR51", "B3-05", "") in found(rows, published)


def test_a_tertial_is_what_is_left_of_the_year():
    shares = [number("C5-02", count / 20, of=(count, 20), period=f"2018-T{tertial}")
              for tertial, count in enumerate((3, 8, 12), 1)]
    rows = [number("C5-01", 23.0), *shares]
    assert found(rows, hide(*rows[:1], when=set()) + hide(shares[0], when={"C5-02"}) + shares[1:]) == [("VR51", "C5-02", "")]
    assert found(rows, rows[:1] + hide(*shares, when={"C5-02"})) == []


def test_a_region_minus_its_other_municipality_is_the_one_that_is_hidden():
    south = [number("C1-02", 44.0, unit="R-SOR", unit_type="bufetat_region"), number("C1-02", 42.0, unit="0729"),
             number("C1-02", 2.0, unit="0627")]
    hidden = [*south[:2], {**south[2], "value": None, "status": "suppressed"}]
    assert found(south, hidden) == [("VR51", "C1-02", "")]
    assert found(south, [{**south[0], "value": None, "status": "suppressed"}, *hidden[1:]]) == []


def test_what_an_earlier_release_printed_is_known_to_the_reader():
    rows = children(2, 40)
    published = hide(*rows, when={"B3-04", "B3-05", "B3-01"})
    assert ("VR51", "B3-05", "") in found(rows, published, {("B3-04", "", "2012", "2018"): {40.0}})
    assert found(rows, published, {("B3-04", "", "2012", "2018"): {39.0}}) == []


@pytest.mark.parametrize(("placed", "at_home"), [(2, 40), (40, 2), (1, 1), (60, 50)])
def test_what_disclosure_control_gives_is_never_stopped(placed, at_home):
    rows = children(placed, at_home)
    assert found(rows, suppress(rows, RULES, EQUATIONS, 3)) == []


# Publication

@pytest.mark.parametrize("rule", ["VR50", "VR51"])
def test_a_release_that_would_leak_is_not_made_and_the_message_tells_no_number(demo_home, tmp_path, monkeypatch, rule):
    def careless(values, rules, equations, threshold, printed=None):
        return list(values) if rule == "VR50" else suppress(values, rules, [], threshold, printed)

    monkeypatch.setattr("assets.publication.suppress", careless)
    with copy_in_memory(demo_home) as connection, pytest.raises(WouldLeak) as caught:
        publish(connection, Home(tmp_path), 3)
    assert f"Ingenting publiseres: {rule} " in str(caught.value) and " til." in str(caught.value)
    assert not Home(tmp_path).published.exists()


def a_release(*coverage):
    return Release(values=(), indicators={}, units={}, sources=(), as_of="2019-10-01", threshold=3, is_constructed=True,
                   coverage=coverage)


@pytest.fixture(scope="module")
def empty():
    with in_memory() as connection:
        yield connection


@pytest.mark.parametrize(("rule_id", "level", "stops"), [
    ("VR48", "kritisk_feil", True), ("VR49", "kritisk_feil", True), ("VR61", "kritisk_feil", True),
    ("VR61", "feil", False), ("VR24", "feil", False), ("VR09", "kritisk_feil", False), ("A01", "kritisk_feil", False)])
def test_a_table_of_ours_that_does_not_hold_stops_publication_and_a_faulty_delivery_does_not(empty, rule_id, level, stops):
    contract = contract_of("findings", "finding")
    empty.execute("DELETE FROM findings.finding")
    append(empty, contract, arrow_table(contract, [{
        **dict.fromkeys(contract.column_names), "finding_id": "f", "rule_id": rule_id, "level": level, "message": "Fant noe.",
        "state": "åpen"}]))
    try:
        demand_no_leak(empty, a_release(), 3, {})
        stopped = ""
    except WouldLeak as fault:
        stopped = str(fault)
    empty.execute("DELETE FROM findings.finding")
    assert (rule_id in stopped) is stops


@pytest.mark.parametrize(("at_least", "stops"), [(5, False), (10, False), (None, False), (4, True), (9, True)])
def test_what_interviews_are_about_is_told_in_whole_fives(empty, at_least, stops):
    cell = {"interview_year": 2019, "informant_group": "ungdom", "delmaal": "D", "problemstilling_no": "D1", "at_least": at_least}
    try:
        demand_no_leak(empty, a_release(cell), 3, {})
        stopped = ""
    except WouldLeak as fault:
        stopped = str(fault)
    assert ("VR72 D1 ungdom 2019" in stopped) is stops
