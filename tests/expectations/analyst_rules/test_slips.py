"""The slips of the hand that are named: a definition each, as a table and as a property of all numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.slips import (
    changed_digit,
    factor_between,
    likely_slip,
    slip_among,
    slip_sentence,
    swapped_digits,
)

NUMBERS = st.integers(min_value=1, max_value=99_999_999)


@pytest.mark.parametrize(("one", "other", "decimals", "said"), [
    (12_536, 12_356, 0, "sifrene 5 og 3 har byttet plass"),
    (21, 12, 0, "sifrene 2 og 1 har byttet plass"),
    (22.5, 25.2, 1, "sifrene 2 og 5 har byttet plass"),
    (23.4, 24.3, 1, "sifrene 3 og 4 har byttet plass"),
    (444, 484, 0, "bare ett siffer er ulikt, 4 mot 8"),
    (34_900, 34_100, 0, "bare ett siffer er ulikt, 9 mot 1"),
    (34_900_123, 34_900, 0, "det ene er 1\u00a0000 ganger det andre, kroner mot tusen kroner"),
    (35, 34_900_000, 0, "det ene er 1\u00a0000\u00a0000 ganger det andre, kroner mot millioner kroner"),
    (56, 560, 0, "det ene er 10 ganger det andre, et siffer for mye eller for lite"),
    (-1200, 1200, 0, "fortegnet er snudd"),
])
def test_a_slip_is_named(one, other, decimals, said):
    assert likely_slip(one, other, decimals) == said
    assert slip_sentence(one, other, decimals) == f"Mulig grunn: {said}. "


@pytest.mark.parametrize(("one", "other", "decimals"), [
    (9, 7, 0), (23, 25, 0),                               # with so few digits a difference of one says nothing
    (26, 18, 0), (12_536, 12_653, 0), (444, 455, 0), (100, 1_200, 0), (0, 5, 0), (0, 0, 0), (70_320, 68_740, 0),
    (-12, 21, 0), (22.5, 15.4, 1)])
def test_two_numbers_that_differ_in_no_such_way_have_no_reason_named(one, other, decimals):
    assert likely_slip(one, other, decimals) == "" == slip_sentence(one, other, decimals)


@given(NUMBERS)
def test_swapping_two_neighbouring_digits_is_always_known_and_differs_by_a_multiple_of_nine(number):
    digits = str(number)
    for place in range(len(digits) - 1):
        swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2:]
        if swapped != digits and swapped[0] != "0":
            assert swapped_digits(number, int(swapped)) == digits[place:place + 2]
            assert (number - int(swapped)) % 9 == 0


@given(NUMBERS, NUMBERS)
def test_a_swap_or_a_changed_digit_is_never_seen_where_there_is_none(one, other):
    if (one - other) % 9:
        assert swapped_digits(one, other) is None
    unlike = sum(left != right for left, right in zip(str(one), str(other), strict=False))
    if changed_digit(one, other):
        assert len(str(one)) == len(str(other)) and unlike == 1


@given(NUMBERS, NUMBERS)
def test_it_does_not_matter_which_of_the_two_is_wrong(one, other):
    assert factor_between(one, other) == factor_between(other, one)
    assert bool(likely_slip(one, other)) == bool(likely_slip(other, one))


@given(st.integers(min_value=1_000, max_value=10_000_000), st.sampled_from([10, 1000, 1_000_000]))
def test_a_factor_is_known_also_when_the_smaller_number_is_rounded(number, factor):
    assert factor_between(number, number * factor) == factor
    assert factor_between(number, number * factor + factor // 2) == factor
    assert factor_between(number, -number * factor) is None


@pytest.mark.parametrize(("parts", "total", "found"), [
    ([3_437, 1_460, 1_213], 6_110, None),
    ([3_437, 1_640, 1_213], 6_110, (1, 1_460, "sifrene 6 og 4 har byttet plass")),
    ([3_437, 1_460, 12_130], 6_110, (2, 1_213, "det ene er 10 ganger det andre, et siffer for mye eller for lite")),
    ([5, 8, 13], 27, None),                               # one too few could be anywhere
])
def test_the_part_a_slip_explains_is_pointed_out_when_it_is_the_only_one(parts, total, found):
    assert slip_among(parts, total) == found
