"""marts.indicator_value from drawn parts: value, status, rounding, counts for disclosure control, and basis."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.build import build_reference_table, build_sql_table
from assets.sql_files import SqlTable, sql_tables
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory, records
from warehouse.tables import create_table_sql

pytestmark = pytest.mark.house

BUILT = ("b1_05", "b3_02", "e2_01", "g1_01", "g1_02", "g1_03", "g1_04")
PARTS = "\nUNION ALL\n".join(
    f"SELECT '{name.upper().replace('_', '-')}' AS indicator_id, {name}.* FROM indicators.{name}" for name in BUILT)
MART = next(table for table in sql_tables("marts") if table.name == "indicator_value")
FILLED = [contract_of("indicators", name) for name in BUILT] + [
    contract_of("register", "provenance"), contract_of("core", "confirmed_zero"), contract_of("core", "correction"),
    contract_of("reference", "published_figure")]


@pytest.fixture(scope="module")
def warehouse():
    with in_memory() as connection:
        for name in ("indicator", "indicator_input"):
            build_reference_table(connection, contract_of("reference", name))
        yield connection


def fill(connection, contract, several):
    append(connection, contract, arrow_table(
        contract, [{**dict.fromkeys(contract.column_names), **row} for row in several]))


def values(connection, parts, marks=(), printed=(), cells=(), corrected=()):
    """The mart by (indicator, period, breakdown).

    parts: (indicator, period, breakdown, term, role, amount, status) in places 1, 2, …;
    marks: (first place, last place, basis, fact); printed: (fact, indicator, period, breakdown, number, decimals);
    cells: places that are confirmed zeros of a data set; corrected: (place, action) of corrections in force.
    """
    for contract in FILLED:
        connection.execute(create_table_sql(contract))
    for place, (indicator_id, period, breakdown, term, role, amount, status) in enumerate(parts, 1):
        fill(connection, contract_of("indicators", indicator_id.lower().replace("-", "_")), [
            {"unit_code": "2012", "period": period, "breakdown": breakdown, "term": term, "role": role,
             "amount": amount, "status": status, "delivery_id": 1, "place_number": place}])
    fill(connection, contract_of("register", "provenance"), [
        {"delivery_id": 1, "place_from": first, "place_to": last, "basis": basis, "fact_id": fact}
        for first, last, basis, fact in marks])
    fill(connection, contract_of("reference", "published_figure"), [
        {"fact_id": fact, "indicator_id": indicator_id, "unit_code": "2012", "period": period,
         "breakdown": breakdown or None, "published": number, "decimals": decimals, "scale": 1.0}
        for fact, indicator_id, period, breakdown, number, decimals in printed])
    fill(connection, contract_of("core", "confirmed_zero"), [
        {"delivery_id": 1, "place_number": cell} for cell in cells])
    fill(connection, contract_of("core", "correction"), [
        {**dict.fromkeys("stem place_key column_name correction_reason_nb recorded_by".split(), "x"),
         "source_unit_code": "2012", "period": "2018",
         **dict.fromkeys(("valid_from", "recorded_on"), date(2019, 9, 1)),
         "correction_id": str(number), "correction_state": "in_force", "correction_action": action, "delivery_id": 1,
         "place_number": place} for number, (place, action) in enumerate(corrected)])
    build_sql_table(connection, SqlTable("marts", "indicator_value", MART.text.replace("{indicator_parts}", PARTS)))
    return {(row["indicator_id"], row["period"], row["breakdown"]): row
            for row in records(connection, "SELECT * FROM marts.indicator_value")}


def value_of(connection, *parts):
    """Value and status of one indicator; a part is (term, role, amount) or (term, role, amount, status)."""
    drawn = [("B3-02", "2018", "", *part, *(["ok"] if len(part) == 3 else [])) for part in parts]
    row = values(connection, drawn)["B3-02", "2018", ""]
    return row["value"], row["status"]


# value and status

def test_the_value_is_the_sum_over_terms_of_numerators_over_denominators(warehouse):
    assert value_of(warehouse, (1, "numerator", 3.0), (1, "numerator", 1.0), (1, "denominator", 5.0),
                    (1, "denominator", 3.0), (2, "numerator", -1.0), (2, "denominator", 4.0),
                    (3, "numerator", 2.0)) == (2.25, "ok")  # 4/8 - 1/4 + 2


def test_counts_for_disclosure_control_take_no_part_in_value_status_or_basis(warehouse):
    drawn = [("B1-05", "2018", "", 1, "numerator", 0.61, "ok"), ("B1-05", "2018", "", 1, "count_numerator", None, "suppressed"),
             ("B1-05", "2018", "", 1, "count_denominator", 444.0, "ok")]
    row = values(warehouse, drawn, [(1, 1, "published", None), (2, 3, "constructed", None)])["B1-05", "2018", ""]
    assert (row["value"], row["status"], row["basis"]) == (0.61, "ok", "published")
    assert (row["count_numerator"], row["count_complement"], row["count_denominator"]) == (None, None, 444)


def test_counts_without_the_number_itself_make_no_value(warehouse):
    assert values(warehouse, [("B1-05", "2018", "", 1, "count_numerator", 271.0, "ok")]) == {}


def test_rounding_is_at_the_ninth_decimal(warehouse):
    assert value_of(warehouse, (1, "numerator", 1.0), (1, "denominator", 3.0)) == (0.333333333, "ok")
    assert value_of(warehouse, (1, "numerator", 0.1), (1, "numerator", 0.2)) == (0.3, "ok")
    assert value_of(warehouse, (1, "numerator", -2.0), (1, "denominator", 3.0)) == (-0.666666667, "ok")


@pytest.mark.parametrize(("statuses", "wanted"), [
    (("ok", "not_applicable"), "not_applicable"), (("not_applicable", "not_yet"), "not_yet"),
    (("not_yet", "not_reported"), "not_reported"), (("not_reported", "suppressed"), "suppressed"),
    (("suppressed", "ok"), "suppressed"),
])
def test_a_missing_part_makes_the_value_missing_with_the_most_restrictive_status(warehouse, statuses, wanted):
    several = [(term, "numerator", 1.0 if status == "ok" else None, status) for term, status in enumerate(statuses, 1)]
    assert value_of(warehouse, *several) == (None, wanted)


def test_a_share_of_nothing_does_not_apply(warehouse):
    assert value_of(warehouse, (1, "numerator", 0.0), (1, "denominator", 0.0)) == (None, "not_applicable")
    assert value_of(warehouse, (1, "numerator", 1.0), (1, "denominator", 4.0), (2, "numerator", 3.0),
                    (2, "denominator", 0.0)) == (None, "not_applicable")


def test_counts_are_the_smallest_of_the_terms(warehouse):
    drawn = [("B3-02", "2018", "", term, role, amount, "ok") for term, role, amount in (
        (1, "numerator", 0.5), (1, "count_numerator", 109.0), (1, "count_denominator", 276.0),
        (2, "numerator", 0.4), (2, "count_numerator", 117.0), (2, "count_denominator", 119.0))]
    row = values(warehouse, drawn)["B3-02", "2018", ""]
    assert (row["count_numerator"], row["count_complement"], row["count_denominator"]) == (109, 2, 119)


@pytest.mark.parametrize(("cells", "confirmed"), [((), False), ((1,), False), ((1, 2), True)])
def test_a_zero_is_confirmed_when_every_number_above_the_line_is(warehouse, cells, confirmed):
    drawn = [("B3-02", "2018", "", 1, "numerator", 0.0, "ok"), ("B3-02", "2018", "", 1, "numerator", 0.0, "ok")]
    assert values(warehouse, drawn, cells=cells)["B3-02", "2018", ""]["is_confirmed_zero"] is confirmed


AMOUNTS = st.decimals(min_value=-10**7, max_value=10**7, places=3).map(float)
DENOMINATORS = st.decimals(min_value=1, max_value=10**5, places=2).map(float)
TERMS = st.lists(st.tuples(st.lists(AMOUNTS, min_size=1, max_size=4), st.lists(DENOMINATORS, max_size=3)),
                 min_size=1, max_size=3)


@settings(max_examples=50, deadline=None)
@given(terms=TERMS)
def test_any_value_is_the_sum_of_its_terms(warehouse, terms):
    drawn, wanted = [], Fraction(0)
    for number, (numerators, denominators) in enumerate(terms, 1):
        drawn += [(number, "numerator", amount) for amount in numerators]
        drawn += [(number, "denominator", amount) for amount in denominators]
        below = sum(map(Fraction, denominators)) if denominators else 1
        wanted += sum(map(Fraction, numerators)) / below
    value, status = value_of(warehouse, *drawn)
    assert status == "ok"
    assert value == pytest.approx(float(wanted), abs=2e-9, rel=1e-12)


# basis

ONE_PART = [("G1-03", "2018", "", 1, "numerator", 25.5, "ok")]
TWO_PARTS = [("G1-02", "2018", "", 1, "numerator", 30.0, "ok"), ("G1-02", "2018", "", 1, "numerator", 4.9, "ok")]
PRINTED_M2 = [("AL030", "G1-02", "2018", "", 34.9, 1)]


def basis(connection, parts, marks, printed=(), key=None):
    row = values(connection, parts, marks, printed)[key or (parts[0][0], "2018", "")]
    return row["basis"], row["fact_id"]


def test_what_bears_no_mark_is_delivered_and_carries_no_fact_though_it_equals_a_printed_one(warehouse):
    assert basis(warehouse, TWO_PARTS, [], PRINTED_M2) == ("delivered", None)


def test_a_single_part_hands_on_its_mark_and_its_fact(warehouse):
    assert basis(warehouse, ONE_PART, [(1, 1, "published", "AL031")]) == ("published", "AL031")
    assert basis(warehouse, ONE_PART, [(1, 9, "constrained", "AL031")]) == ("constrained", "AL031")


@pytest.mark.parametrize(("first", "second", "worst"), [
    ("published", "published", "published"), ("published", "constrained", "constrained"),
    ("constrained", "constructed", "constructed"), ("constructed", "published", "constructed")])
def test_several_parts_have_the_worst_mark_among_them(warehouse, first, second, worst):
    assert basis(warehouse, TWO_PARTS, [(1, 1, first, "A"), (2, 2, second, "B")]) == (worst, None)


def test_constructed_parts_that_add_up_to_a_printed_figure_are_constrained_by_it(warehouse):
    assert basis(warehouse, TWO_PARTS, [(1, 2, "constructed", None)], PRINTED_M2) == ("constrained", "AL030")


@pytest.mark.parametrize(("printed", "wanted"), [
    (34.94, "constructed"),   # 34.9 against 34.94 ± 0.005
    (34.9, "constrained"), (34.905, "constrained"), (34.895, "constrained"), (34.906, "constructed")])
def test_a_printed_figure_binds_within_half_its_last_digit(warehouse, printed, wanted):
    found, _ = basis(warehouse, TWO_PARTS, [(1, 2, "constructed", None)], [("X", "G1-02", "2018", "", printed, 2)])
    assert found == wanted


def test_a_figure_of_another_period_or_breakdown_binds_nothing(warehouse):
    others = [("X", "G1-02", "2017", "", 34.9, 1), ("Y", "G1-02", "2018", "purpose=252", 34.9, 1),
              ("Z", "G1-01", "2018", "", 34.9, 1)]
    assert basis(warehouse, TWO_PARTS, [(1, 2, "constructed", None)], others) == ("constructed", None)


GAIN = [("G1-03", "2018", "", 1, "numerator", 25.5, "ok"), ("G1-02", "2018", "", 1, "numerator", 34.9, "ok"),
        ("G1-04", "2018", "", 1, "numerator", 25.5, "ok"), ("G1-04", "2018", "", 1, "numerator", -34.9, "ok")]
GAIN_KEY = ("G1-04", "2018", "")
@pytest.mark.parametrize(("mark", "action", "is_basis"), [
    ("published", "override", ("delivered", None)), ("published", "flag", ("published", "AL031")),
    ("constrained", "override", ("constructed", None)), ("constructed", "override", ("constructed", None))])
def test_a_corrected_part_is_not_the_printed_one_it_was_delivered_as(warehouse, mark, action, is_basis):
    [row] = values(warehouse, ONE_PART, [(1, 1, mark, "AL031")], corrected=[(1, action), (1, action)]).values()
    assert (row["basis"], row["fact_id"]) == is_basis and row["value"] == ONE_PART[0][5]


GAIN_MARKS = [(1, 1, "published", "AL031"), (2, 2, "constructed", None), (3, 3, "published", "AL031"),
              (4, 4, "constructed", None)]


def test_a_number_computed_from_bound_numbers_is_bound(warehouse):
    assert basis(warehouse, GAIN, GAIN_MARKS, PRINTED_M2, GAIN_KEY) == ("constrained", None)


def test_a_number_computed_from_one_loose_number_is_loose(warehouse):
    assert basis(warehouse, GAIN, GAIN_MARKS, (), GAIN_KEY) == ("constructed", None)


def test_growth_since_2015_is_bound_only_when_2015_is(warehouse):
    whole = "trial_cost=included"
    parts = [("E2-01", "2018", whole, 1, "numerator", 109.1, "ok"), ("E2-01", "2015", whole, 1, "numerator", 47.1, "ok"),
             ("G1-01", "2018", "", 1, "numerator", 109.1, "ok"), ("G1-01", "2018", "", 1, "numerator", -47.1, "ok")]
    marks, key = [(1, 4, "constructed", None)], ("G1-01", "2018", "")
    this_year, baseline = ("A", "E2-01", "2018", whole, 109.1, 1), ("B", "E2-01", "2015", whole, 47.1, 1)
    assert basis(warehouse, parts, marks, [this_year, baseline], key) == ("constrained", None)
    assert basis(warehouse, parts, marks, [this_year], key) == ("constructed", None)
