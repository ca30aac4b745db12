"""Parts always add up to the whole."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.demo.apportioning import apportion, evenly, in_thousands


@pytest.mark.parametrize(("total", "weights", "parts"), [
    (100, {"a": 1, "b": 1}, {"a": 50, "b": 50}),
    (100, {"a": 1, "b": 1, "c": 1}, {"a": 33, "b": 34, "c": 33}),
    (6, {"a": 3, "b": 2, "c": 1}, {"a": 3, "b": 2, "c": 1}),
    (900, {"pay": 1000, "refund": -100}, {"pay": 1000, "refund": -100}),
    (-10, {"a": 1, "b": 3}, {"a": -2, "b": -8}),
    (0, {"a": 1, "b": 2}, {"a": 0, "b": 0}),
])
def test_a_total_is_divided_by_weight(total, weights, parts):
    assert apportion(total, weights) == parts


@given(st.integers(-10 ** 12, 10 ** 12), st.dictionaries(st.text(max_size=3), st.integers(1, 1000), min_size=1))
def test_the_parts_sum_to_the_total_and_lie_within_one_of_their_due(total, weights):
    parts = apportion(total, weights)
    assert sum(parts.values()) == total
    due = {key: Fraction(total * weight, sum(weights.values())) for key, weight in weights.items()}
    assert all(abs(parts[key] - due[key]) <= 1 for key in weights)


def test_equal_parts_are_spread_over_the_keys():
    assert evenly(7, (1, 2, 3)) == {1: 2, 2: 3, 3: 2}


@pytest.mark.parametrize(("nok", "thousand"), [
    ({"a": 1_400, "b": 1_600}, {"a": 1, "b": 2}),
    ({"a": 1_500, "b": 1_500}, {"a": 2, "b": 1}),
    ({"a": 7_657_920, "b": 342_080}, {"a": 7658, "b": 342}),
    ({"a": -500, "b": 10_500}, {"a": 0, "b": 10}),
])
def test_kroner_become_thousands_that_keep_the_sum(nok, thousand):
    assert in_thousands(nok) == thousand


@given(st.dictionaries(st.text(max_size=3), st.integers(-10 ** 9, 10 ** 9)))
def test_rounded_thousands_sum_to_the_rounded_sum_and_each_is_within_one(nok):
    thousands = in_thousands(nok)
    assert abs(1000 * sum(thousands.values()) - sum(nok.values())) <= 500
    assert all(abs(1000 * thousands[key] - nok[key]) < 1000 for key in nok)
