"""Look-ups in a release: what is hidden stays out, what is absent is told apart from what is missing."""

import pytest

from dashboards.measures import measure_of, missing_sign
from dashboards.published import Cell, Published, periods_of
from dashboards.signs import MISSING_SIGNS, is_firm, worst_basis
from warehouse.columns import BASES, STATUSES
from warehouse.reference_data import reference_rows


def _measure(indicator_id):
    return measure_of(next(row for row in reference_rows("indicator") if row["indicator_id"] == indicator_id))


def test_a_suppressed_row_loses_its_value_even_when_the_release_carries_one(small_release):
    series = Published(small_release).series("C6-01", "2012")
    assert series.cells["2018"] == Cell(None, "suppressed", "published")
    assert series.value("2017") == 12


def test_a_series_the_release_does_not_have_is_none(small_release):
    assert Published(small_release).series("C6-01", "0627") is None


def test_breakdowns_come_with_the_whole_first_and_by_trial_before_function(small_release):
    published = Published(small_release)
    assert published.breakdowns("G1-02") == ["", "purpose=252"]
    assert published.breakdowns("E2-03") == ["function=252;trial_cost=excluded", "function=252;trial_cost=included"]


def test_units_keep_the_order_of_the_unit_table_and_periods_the_order_of_time(small_release):
    published = Published(small_release)
    assert published.unit_codes("B1-03") == ["2012", "0729"]
    assert published.periods("B1-03") == ["2017", "2018"]
    assert periods_of([]) == []


@pytest.mark.parametrize(("status", "sign"), [
    ("suppressed", ":"), ("not_reported", ".."), ("not_applicable", "."), ("not_yet", "..."),
    ("held_back", "holdt tilbake"),
])
def test_every_missing_status_has_its_own_sign(status, sign):
    assert missing_sign(Cell(None, status, "published")).sign == sign


def test_no_status_or_basis_of_the_warehouse_is_without_words():
    assert set(MISSING_SIGNS) == set(STATUSES) - {"ok"}
    assert [worst_basis([basis]) for basis in BASES] == list(BASES)


def test_a_number_has_no_missing_sign_and_an_absent_cell_says_it_is_not_in_the_release():
    assert missing_sign(Cell(0.0, "ok", "published")) is None
    assert missing_sign(None).name == "ikke i utgivelsen"


@pytest.mark.parametrize(("bases", "worst", "firm"), [
    (["delivered"], "delivered", True), (["published", "delivered"], "published", True),
    (["published", "constrained"], "constrained", False), (["constructed", "constrained"], "constructed", False),
    ([], "delivered", True),
])
def test_the_worst_basis_of_the_parts_is_the_basis_of_the_whole(bases, worst, firm):
    assert worst_basis(bases) == worst
    assert is_firm(worst) is firm


@pytest.mark.parametrize(("indicator_id", "value", "text", "drawn"), [
    ("B1-03", 444, "444", 444), ("B1-05", 0.61, "61\u00a0%", 61), ("B3-01", 0.3949275, "39,5\u00a0%", 39.5),
    ("B3-02", -0.0742, "−7,4", -7.4), ("E1-02", 17.65, "17,7", 17.7), ("E2-02", 15053.8, "15\u00a0054", 15054),
    ("G1-04", 4.9, "+4,9", 4.9), ("G1-05", 0.7307, "0,73", 0.73), ("G1-02", 34.9, "34,9", 34.9),
])
def test_a_value_is_drawn_as_it_is_printed(indicator_id, value, text, drawn):
    measure = _measure(indicator_id)
    assert measure.number(value) == text
    assert measure.on_axis(value) == drawn


def test_every_indicator_of_the_catalogue_has_its_unit_in_words():
    words = {row["indicator_id"]: measure_of(row).unit_words for row in reference_rows("indicator")}
    assert words["B1-05"] == "prosent"
    assert words["G1-03"] == "millioner kroner"
    assert all(words.values())
