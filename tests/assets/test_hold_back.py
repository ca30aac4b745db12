"""What a Feil holds back: which numbers, what is published instead, and that it never gives more than it may."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.disclosure import key_of, suppress
from assets.earlier_releases import Previous
from assets.hold_back import held_numbers, with_held_back
from warehouse.reference_data import reference_rows

RULES = {row["indicator_id"]: row["small_number_rule"] for row in reference_rows("indicator")}
EQUATIONS = reference_rows("disclosure_equation")
EVERY = frozenset(RULES)


def row(indicator_id, value, unit="2012", period="2018", breakdown="", status="ok", of=(None, None)):
    above, below = of
    return {"indicator_id": indicator_id, "unit_code": unit, "unit_type": "municipality", "period": period,
            "breakdown": breakdown, "value": value, "status": status, "basis": "delivered", "fact_id": None,
            "count_numerator": above, "count_denominator": below, "is_confirmed_zero": False,
            "count_complement": None if above is None else below - above}


def finding(*indicators, level="feil", state="åpen", unit="2012", period="2018"):
    return {"level": level, "state": state, "unit_code": unit, "period": period, "indicator_ids": list(indicators)}


def released(rows, findings, indicators=EVERY, previous=None, printed=None, traces=None):
    """The rows as they are published: hidden, held back, and hidden once more."""
    def again(several):
        return suppress(several, RULES, EQUATIONS, 3, printed)

    shown = [{**one, "value_as_of": ""} for one in again(rows)]
    return with_held_back(shown, held_numbers(shown, findings, indicators, traces or {}), previous or {}, again)


def told(rows):
    return {(one["indicator_id"], one["breakdown"]): (one["status"], one["value"]) for one in rows}


MONEY = [row("G1-02", 34.9), row("G1-03", 25.5), row("G1-04", -9.4)]
EARLIER = {("G1-02", "", "2012", "2018"): Previous(30.0, "published", "f1", "2019-06-30")}


@pytest.mark.parametrize(("level", "state", "switched", "previous", "published"), [
    ("feil", "åpen", {"G1-02"}, EARLIER, ("held_back", 30.0)),
    ("feil", "åpen", EVERY, EARLIER, ("held_back", 30.0)),
    ("feil", "åpen", {"G1-02"}, {}, ("held_back", None)),
    ("feil", "åpen", set(), EARLIER, ("ok", 34.9)),
    ("feil", "åpen", {"G1-03"}, EARLIER, ("ok", 34.9)),
    ("feil", "forklart", {"G1-02"}, EARLIER, ("ok", 34.9)),
    ("feil", "akseptert", {"G1-02"}, EARLIER, ("ok", 34.9)),
    ("advarsel", "åpen", {"G1-02"}, EARLIER, ("ok", 34.9)),
    ("informasjon", "åpen", {"G1-02"}, EARLIER, ("ok", 34.9)),
    ("kritisk_feil", "åpen", {"G1-02"}, EARLIER, ("ok", 34.9)),
])
def test_a_number_is_held_back_by_an_open_feil_where_it_is_switched_on(level, state, switched, previous, published):
    rows = released(MONEY, [finding("G1-02", level=level, state=state)], frozenset(switched), previous)
    assert told(rows)["G1-02", ""] == published


def test_the_earlier_number_comes_with_what_it_was_made_of_and_when():
    (held, *_) = released(MONEY, [finding("G1-02")], previous=EARLIER)
    assert (held["basis"], held["fact_id"], held["value_as_of"]) == ("published", "f1", "2019-06-30")


@pytest.mark.parametrize("other", [{"unit": "0729"}, {"period": "2017"}, {"unit": None}, {"period": None}])
def test_a_feil_about_something_else_holds_nothing_back(other):
    assert {status for status, _ in told(released(MONEY, [finding("G1-02", **other)])).values()} == {"ok"}


@pytest.mark.parametrize(("rows", "about", "held"), [
    (MONEY, "G1-02", {"G1-02", "G1-04"}),
    (MONEY, "G1-03", {"G1-03", "G1-04"}),
    (MONEY, "G1-04", {"G1-04"}),
    ([row("G1-01", 10.0, period="2016"), row("E2-01", 100.0, period="2015", breakdown="trial_cost=included")],
     ("E2-01", "2015"), {"E2-01", "G1-01"}),
    ([row("G1-04", 1.0), row("G1-04", 4.0, breakdown="accumulation=since_2016"), row("G1-11", 7.0)], "G1-04",
     {"G1-04", "G1-11"}),
    ([row("B1-03", 444.0), row("B1-04", 88.0, of=(444, 5047)), row("B1-05", 0.61, of=(271, 444))], "B1-03",
     {"B1-03", "B1-04"}),
])
def test_what_is_computed_from_a_held_back_number_is_held_back_with_it(rows, about, held):
    indicator, period = about if isinstance(about, tuple) else (about, "2018")
    found = released(rows, [finding(indicator, period=period)], frozenset({indicator}))
    assert {one["indicator_id"] for one in found if one["status"] == "held_back"} == held


def test_a_years_number_and_the_regions_are_held_back_with_a_tertial_they_hold():
    rows = [row("G1-08", 1.0, period=period, unit=unit) for period in ("2018", "2018-T1", "2018-T2")
            for unit in ("2012", "R-NORD", "0729")]
    found = released(rows, [finding("G1-08", period="2018-T1")])
    assert {(one["unit_code"], one["period"]) for one in found if one["status"] == "held_back"} == {
        (unit, period) for unit in ("2012", "R-NORD") for period in ("2018", "2018-T1")}


# Disclosure

def placed(number, at_home, period="2018"):
    """The numbers of children placed and at home, that hang together."""
    total = number + at_home
    return [row("B3-01", number / total, period=period, of=(number, total)),
            row("B3-03", 1000 * total / 5000, period=period, of=(total, 5000)),
            row("B3-04", float(at_home), period=period), row("B3-05", float(number), period=period)]


def as_previous(rows):
    return {key_of(one): Previous(one["value"], "delivered", None, "2019-06-30") for one in rows if one["value"] is not None}


def printed(rows):
    return {key_of(one): {one["value"]} for one in rows if one["value"] is not None}


def test_a_suppressed_number_stays_suppressed_whatever_was_printed_of_it_before():
    before = placed(46, 193)
    found = released(placed(2, 193), [finding("B3-05")], previous=as_previous(before), printed=printed(before))
    assert told(found)["B3-05", ""] == ("suppressed", None)


@pytest.mark.parametrize(("earlier", "published"), [(2.0, None), (0.0, None), (3.0, None), (4.0, 4.0), (12.0, 12.0)])
def test_an_earlier_small_number_is_not_told_again(earlier, published):
    key = ("C6-01", "", "2012", "2018")
    (held,) = released([row("C6-01", 20.0)], [finding("C6-01")], previous={key: Previous(earlier, "delivered", None, "2019")})
    assert (held["status"], held["value"]) == ("held_back", published)


def test_an_earlier_total_that_would_leave_a_small_rest_is_not_told():
    # Three owners, of whom one has not reported. 40 now in all, 18 told: the rest is 22. Of 20 before, it would be 2.
    rows = [row("C6-03", 40.0), row("C6-03", 10.0, breakdown="owner=egen"), row("C6-03", 8.0, breakdown="owner=privat"),
            row("C6-03", None, breakdown="owner=stat", status="not_reported")]
    previous = {("C6-03", "", "2012", "2018"): Previous(20.0, "delivered", None, "2019-06-30")}
    shown = told(suppress(rows, RULES, EQUATIONS, 3))
    assert shown["C6-03", "owner=egen"] == ("ok", 10.0)
    held = {("C6-03", "", "2012", "2018")}
    found = told(with_held_back([{**one, "value_as_of": ""} for one in suppress(rows, RULES, EQUATIONS, 3)], held, previous,
                                lambda several: suppress(several, RULES, EQUATIONS, 3)))
    assert found["C6-03", "owner=egen"][0] == found["C6-03", "owner=privat"][0] == "suppressed"


COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 60)).filter(lambda pair: sum(pair) > 0)


@settings(max_examples=120, deadline=None)
@given(first=COUNTS, second=COUNTS, about=st.sets(st.sampled_from(["B3-01", "B3-03", "B3-04", "B3-05"]), min_size=1))
def test_a_release_never_shows_what_neither_it_nor_an_earlier_one_may_print(first, second, about):
    earlier = suppress(placed(*first), RULES, EQUATIONS, 3)
    before, rows = printed(earlier), placed(*second)
    whole = told(suppress(rows, RULES, EQUATIONS, 3, before))
    found = released(rows, [finding(*about)], previous=as_previous(earlier), printed=before)
    for one in found:
        key = one["indicator_id"], one["breakdown"]
        if one["status"] == "ok":
            assert (one["status"], one["value"]) == whole[key]
        elif one["status"] == "held_back":
            assert whole[key][0] == "ok"
            assert one["value"] is None or one["value"] in before[key_of(one)]
        if whole[key][0] == "suppressed":
            assert (one["status"], one["value"]) == ("suppressed", None)
    seen = [{**one, "status": "ok"} if one["status"] == "held_back" and one["value"] is not None else one for one in found]
    assert told(suppress(seen, RULES, EQUATIONS, 3, before)) == told(seen)
