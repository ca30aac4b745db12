"""Disclosure control drawn as small tables: what is hidden for its own sake, and what would give a hidden one away."""

import pytest

from assets.disclosure import must_hide, suppress
from warehouse.reference_data import reference_rows

RULES = {row["indicator_id"]: row["small_number_rule"] for row in reference_rows("indicator")}
EQUATIONS = reference_rows("disclosure_equation")
EXCLUDED, INCLUDED = "trial_cost=excluded", "trial_cost=included"


def row(indicator_id, value, *, of=(None, None), breakdown="", period="2018", status="ok", confirmed=False,
        unit="2012", unit_type="municipality"):
    """A row of marts.indicator_value; `of` is the counts behind it, above and below the line."""
    above, below = of
    return {"indicator_id": indicator_id, "unit_code": unit, "unit_type": unit_type, "period": period,
            "breakdown": breakdown, "value": value, "unit": "x", "status": status, "basis": "delivered",
            "fact_id": None, "count_numerator": above, "count_denominator": below,
            "count_complement": None if above is None or below is None else below - above,
            "is_confirmed_zero": confirmed}


def hidden(*values, threshold=3):
    """What is hidden of some values: `B3-05`, `C1-02 category=1`, `B3-05 2015` when not of 2018."""
    shown = suppress(values, RULES, EQUATIONS, threshold)
    assert all((after["value"] is None) == (after["status"] != "ok") for after in shown)
    return {" ".join([after["indicator_id"], *([after["breakdown"]] if after["breakdown"] else []),
                      *([after["period"]] if after["period"] != "2018" else [])])
            for after in shown if after["status"] == "suppressed"}


# Primary suppression

@pytest.mark.parametrize(("count", "confirmed", "threshold", "wanted"), [
    (1, False, 3, True), (3, False, 3, True), (4, False, 3, False), (4, False, 4, True), (5, False, 4, False),
    (0, False, 3, True), (0, True, 3, False), (2, True, 3, True), (3.4, False, 3, True), (109, False, 3, False)])
def test_a_count_from_one_to_the_threshold_and_an_unconfirmed_zero_are_hidden(count, confirmed, threshold, wanted):
    assert must_hide(row("B3-05", count, confirmed=confirmed), "SN1", threshold) is wanted


@pytest.mark.parametrize(("above", "below", "wanted"), [
    (20, 60, False), (3, 60, True), (1, 60, True), (4, 60, False),     # the numerator
    (57, 60, True), (59, 60, True), (56, 60, False), (60, 60, False),  # the rest
    (4, 9, True), (4, 10, False), (9, 9, True),                        # the denominator
    (0, 60, True)])                                                    # a zero that nobody has confirmed
def test_a_share_is_hidden_for_its_numerator_its_rest_or_its_denominator(above, below, wanted):
    assert must_hide(row("B1-08", above / below, of=(above, below)), "SN2", 3) is wanted


def test_a_confirmed_zero_share_is_shown():
    assert not must_hide(row("B3-01", 0.0, of=(0, 60), confirmed=True), "SN2", 3)


@pytest.mark.parametrize("of", [(None, 60), (20, None), (None, None)])
def test_a_municipalitys_share_without_known_counts_is_hidden_and_a_groups_is_shown(of):
    assert must_hide(row("D2-01", 0.4, of=of), "SN2", 3)
    assert not must_hide(row("D2-01", 0.4, of=of, unit="EKG12", unit_type="kostra_group"), "SN2", 3)
    assert not must_hide(row("D2-01", 0.4, of=of, unit="EAK", unit_type="country"), "SN2", 3)


@pytest.mark.parametrize(("children", "wanted"), [(0, True), (3, True), (4, False), (None, True)])
def test_money_by_category_needs_more_children_than_the_threshold(children, wanted):
    assert must_hide(row("E2-03", 800.0, of=(children, None)), "SN4", 3) is wanted


@pytest.mark.parametrize(("informants", "wanted"), [
    (5, False), (6, False), (17, False), (4, True), (1, True), (0, True), (None, True)])
def test_what_interviews_say_needs_five_informants_whatever_the_threshold(informants, wanted):
    for threshold in (3, 9):
        together = row("D1-04", 0.5, of=(None, informants), unit="FORSOK", unit_type="trial")
        assert must_hide(together, "SN3", threshold) is wanted


@pytest.mark.parametrize(("unit", "unit_type"), [
    ("2012", "municipality"), ("R-NORD", "bufetat_region"), ("EKG13", "kostra_group"), ("EAK", "country")])
def test_what_interviews_say_is_never_shown_for_less_than_the_whole_trial(unit, unit_type):
    assert must_hide(row("D1-04", 0.5, of=(None, 400), unit=unit, unit_type=unit_type), "SN3", 3)


@pytest.mark.parametrize("rule", ["SN0", "SN1", "SN2", "SN3", "SN4"])
def test_what_is_missing_already_is_not_judged(rule):
    assert not must_hide(row("B3-05", None, status="not_reported"), rule, 3)


def test_money_of_the_whole_is_never_hidden():
    assert not must_hide(row("G1-02", 2.0), "SN0", 3)


# What would give a hidden number away

def children(at_home, placed, *, period="2018", institution=None):
    """The rows of a year that follow from the two counts, and from the children in institutions."""
    whole = at_home + placed
    rows = [row("B3-04", at_home, period=period), row("B3-05", placed, period=period),
            row("B3-03", 1000 * whole / 5000, of=(whole, 5000), period=period),
            row("B3-01", placed / whole, of=(placed, whole), period=period)]
    if institution is not None:
        rows += [row("C6-01", institution, period=period), row("C1-02", institution, breakdown="category=1", period=period),
                 row("C6-02", institution / placed, of=(institution, placed), period=period)]
    return rows


def test_nothing_is_hidden_where_no_number_is_small():
    assert hidden(*children(167, 109, institution=22)) == set()


def test_a_small_part_takes_the_other_part_with_it_since_the_total_is_public():
    assert hidden(*children(40, 2)) == {"B3-04", "B3-05", "B3-01"}
    assert hidden(*children(2, 40)) == {"B3-04", "B3-05", "B3-01"}


def test_a_small_total_is_hidden_too():
    assert hidden(*children(2, 1)) == {"B3-03", "B3-04", "B3-05", "B3-01"}


def test_a_total_of_zero_that_nobody_has_confirmed_would_tell_both_parts():
    nobody = [row("B3-04", 0), row("B3-05", 0), row("B3-03", 0.0, of=(0, 5000)),
              row("B3-01", None, of=(0, 0), status="not_applicable")]
    assert hidden(*nobody) == {"B3-03", "B3-04", "B3-05", "B3-01"}


def test_a_share_that_does_not_apply_would_tell_that_the_number_below_it_is_zero():
    assert "C6-02" in hidden(row("C6-01", 0, confirmed=True), row("B3-05", 0), row(
        "C6-02", None, of=(0, 0), status="not_applicable"))


def test_institution_share_and_count_together_would_tell_the_placed_children():
    assert hidden(*children(2, 40, institution=20)) == {"B3-04", "B3-05", "B3-01", "C6-02"}


def test_a_small_rest_of_the_institution_share_takes_the_count_with_it():
    assert hidden(*children(60, 22, institution=20)) == {"C6-02", "C6-01", "C1-02 category=1"}


def test_a_small_institution_count_takes_the_share_and_its_other_name_with_it():
    assert hidden(*children(60, 50, institution=3)) == {"C6-02", "C6-01", "C1-02 category=1"}


def change(now, then):
    (home, placed), (home_then, placed_then) = now, then
    return row("B3-02", placed / (home + placed) - placed_then / (home_then + placed_then),
               of=(min(placed, placed_then), min(home + placed, home_then + placed_then)))


def test_the_change_since_2015_is_hidden_when_the_share_of_either_year_is():
    assert hidden(*children(2, 40), *children(60, 50, period="2015"), change((2, 40), (60, 50))) == {
        "B3-04", "B3-05", "B3-01", "B3-02"}
    assert hidden(*children(60, 50), *children(2, 40, period="2015"), change((60, 50), (2, 40))) == {
        "B3-04 2015", "B3-05 2015", "B3-01 2015", "B3-02"}


def test_a_hidden_2015_hides_the_change_of_every_year_and_nothing_else_of_those_years():
    later = [one for period in ("2016", "2017") for one in children(60, 50, period=period)]
    changes = [{**change((60, 50), (2, 40)), "period": period} for period in ("2016", "2017")]
    assert {name for name in hidden(*children(2, 40, period="2015"), *later, *changes) if "2015" not in name} == {
        "B3-02 2016", "B3-02 2017"}


def test_a_change_known_with_one_year_hidden_in_another_unit_is_shown():
    others = [{**one, "unit_code": "0729"} for one in children(2, 40)]
    assert "B3-02" not in hidden(*children(60, 50), *children(70, 40, period="2015"), change((60, 50), (70, 40)), *others)


@pytest.mark.parametrize(("one", "other"), [
    ("B3-07", "C1-02 category=6"), ("C6-01", "C1-02 category=1"), ("C5-04", "C1-02 category=2.5"),
    ("C4-02", "C3-02 reinforcement=veiledning_gruppe"), ("C2-04", "C7-05 purchase=fosterhjem"),
    ("C2-05", "E3-04 count=kjøp;type=fosterhjem")])
def test_a_number_under_two_names_is_hidden_under_both(one, other):
    indicator_id, breakdown = other.split()
    assert hidden(row(one, 3), row(indicator_id, 3, breakdown=breakdown)) == {one, other}
    assert hidden(row(one, 33), row(indicator_id, None, breakdown=breakdown, status="suppressed")) == {one, other}
    assert hidden(row(one, 33), row(indicator_id, 33, breakdown=breakdown)) == set()


def test_reports_and_their_rate_are_hidden_together():
    assert hidden(row("B1-03", 0), row("B1-04", 0.0, of=(0, 5000), confirmed=True)) == {"B1-03", "B1-04"}


def test_a_category_alone_takes_nothing_with_it():
    assert hidden(row("C1-02", 2, breakdown="category=7"), row("C1-02", 30, breakdown="category=8"),
                  *children(60, 50)) == {"C1-02 category=7"}


def test_a_part_the_source_has_hidden_leaves_the_other_part_since_there_is_no_total():
    assert hidden(row("B3-04", None, status="suppressed"), row("B3-05", 40), row(
        "B3-03", None, status="suppressed"), row("B3-01", None, status="suppressed")) == {"B3-04", "B3-03", "B3-01"}


def test_a_missing_number_stays_missing_beside_a_hidden_one():
    assert hidden(row("B3-04", None, status="not_reported"), row("B3-05", 2), row(
        "B3-01", None, status="not_reported")) == {"B3-05"}


# Numbers of the forms

def test_a_part_that_does_not_apply_tells_its_zero_so_that_a_hidden_total_takes_the_other_parts_with_it():
    parts = (row("C6-03", 5, breakdown="owner=privat"), row("C6-03", 9, breakdown="owner=stat"),
             row("C6-03", None, breakdown="owner=egen", status="not_applicable"))
    assert hidden(row("C6-03", None, status="suppressed"), *parts) >= {
        "C6-03", "C6-03 owner=privat", "C6-03 owner=stat"}
    assert hidden(row("C6-03", 14), *parts) == set()


def tertials(*shares):
    """Emergency shares of the year's tertials: emergency placements of all that began."""
    return [row("C5-02", above / below, of=(above, below), period=f"2018-T{number}")
            for number, (above, below) in enumerate(shares, 1)]


def test_a_tertial_with_few_emergency_placements_takes_the_other_tertials_with_it():
    assert hidden(row("C5-01", 23), *tertials((3, 12), (8, 16), (12, 20))) == {
        "C5-02 2018-T1", "C5-02 2018-T2", "C5-02 2018-T3"}
    assert hidden(row("C5-01", 24), *tertials((4, 12), (8, 16), (12, 20))) == set()


def test_a_year_that_lacks_a_tertial_is_not_their_sum():
    assert hidden(row("C5-01", 23), *tertials((3, 12), (8, 16))) == {"C5-02 2018-T1"}


# Money by function

def money(placed):
    """Cost by function with and without the trial, its totals, and the trial's cost by purpose."""
    return [
        row("E2-02", 600.0, breakdown=EXCLUDED), row("E2-02", 1000.0, breakdown=INCLUDED),
        *(row("E2-03", amount, of=(behind, None), breakdown=f"function={function};{trial}")
          for function, behind, amounts in (("244", 60 + placed, (100.0, 150.0)), ("251", 60, (200.0, 250.0)),
                                            ("252", placed, (300.0, 550.0)))
          for trial, amount in zip((EXCLUDED, INCLUDED), amounts, strict=True)),
        row("E2-03", 50.0, of=(60 + placed, None), breakdown=f"function=unsplit;{INCLUDED}"),
        row("G1-02", 2.0), row("G1-02", 0.25, breakdown="purpose=244"), row("G1-02", 0.25, breakdown="purpose=251"),
        row("G1-02", 1.25, breakdown="purpose=252"), row("G1-02", 0.25, breakdown="purpose=unsplit")]


def test_money_by_function_is_shown_where_there_are_children_enough():
    assert hidden(*money(placed=4)) == set()


def test_money_behind_few_children_takes_the_whole_split_with_it_and_leaves_the_totals():
    found = hidden(*money(placed=2))
    assert {name for name in found if name.startswith("E2-03")} == {
        f"E2-03 {one['breakdown']}" for one in money(2) if one["indicator_id"] == "E2-03"}
    assert {name for name in found if name.startswith("G1-02")} == {
        f"G1-02 purpose={purpose}" for purpose in ("244", "251", "252", "unsplit")}
    assert not {name for name in found if name.startswith("E2-02")}


# What a hidden row carries

def test_a_hidden_number_carries_neither_value_nor_mark():
    drawn = {**row("C5-04", 3, period="2015", unit="0729"), "basis": "published", "fact_id": "T10-17-2015"}
    after = suppress([drawn], RULES, EQUATIONS, 3)[0]
    assert (after["value"], after["status"], after["basis"], after["fact_id"]) == (None, "suppressed", None, None)


def test_what_is_shown_is_untouched():
    drawn = children(167, 109, institution=22)
    assert suppress(drawn, RULES, EQUATIONS, 3) == drawn


def test_every_equation_names_indicators_of_the_catalogue_and_has_two_members():
    members = {}
    for one in EQUATIONS:
        members.setdefault(one["equation_id"], []).append(one["role"])
        assert one["indicator_id"] in RULES
    assert {tuple(sorted(set(roles))) for roles in members.values()} == {
        ("same",), ("part", "total"), ("derived", "input"), ("number", "price", "sum")}
    assert all(len(roles) >= 2 for roles in members.values())


# A part that is not reported is what is left of the total

def emergency(total, *parts):
    places = ("beredskapshjem", "institusjon", "familie")
    return (row("C5-01", total), *(row("C5-01", number, breakdown=f"place={place}",
                                       status="ok" if number is not None else "not_reported")
                                   for place, number in zip(places, parts, strict=True)))


@pytest.mark.parametrize(("total", "parts", "wanted"), [
    (26, (13, 10, None), {"beredskapshjem", "institusjon"}),   # 3 are left
    (23, (13, 10, None), {"beredskapshjem", "institusjon"}),   # none are left, and nobody has confirmed it
    (27, (13, 10, None), set()), (26, (13, None, None), set()), (26, (None, None, None), set()),
    (20, (13, 10, None), set())])                              # does not add up, and tells nothing
def test_parts_that_would_tell_a_small_part_that_is_not_reported_are_hidden(total, parts, wanted):
    assert hidden(*emergency(total, *parts)) == {f"C5-01 place={place}" for place in wanted}


def test_two_tertials_and_the_year_do_not_tell_few_in_the_third():
    def shares(*counts):
        return (row("C5-02", count / 20, of=(count, 20), period=f"2018-{tertial}")
                for tertial, count in zip(("T1", "T2", "T3"), counts, strict=False))

    assert hidden(row("C5-01", 14), *shares(6, 6)) == {"C5-02 2018-T1", "C5-02 2018-T2"}
    assert hidden(row("C5-01", 16), *shares(6, 6)) == set()
    assert hidden(row("C5-01", 18), *shares(6, 6, 6)) == set()
