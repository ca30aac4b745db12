"""Each kind of fault is what its name says: the rows before and after."""

from decimal import Decimal
from random import Random

import pytest

from tests.power import clean
from tests.power.delivered import FORMS, is_number, number_of, place_number_of
from tests.power.fault import Fault
from tests.power.faults import KINDS, drawn
from tests.power.numbers import (
    as_text, in_another_unit, times_ten, with_another_digit, with_the_other_sign, with_two_digits_swapped,
)

SEED = 11
DRAWS = 10
KIND = {kind.key: kind for kind in KINDS}


def draws(delivered, key: str, stem: str | None = None) -> list[Fault]:
    """So many faults of a kind; of one source only where it is named."""
    faults = [drawn(delivered, KIND[key], SEED, number) for number in range(DRAWS * (1 if stem is None else 6))]
    return [fault for fault in faults if stem in (None, fault.stem)]


@pytest.mark.parametrize(("value", "text"), [
    (Decimal("70320.00"), "70320"), (0.57, "0.57"), (12.0, "12"), (Decimal("-12.50"), "-12.5"), (1e6, "1000000"), (0, "0"),
])
def test_a_number_is_written_without_trailing_zeros(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize("value", [Decimal("7"), Decimal("70320"), Decimal("0.57"), Decimal("-1815")])
def test_a_changed_digit_changes_one_digit_and_keeps_the_length(value):
    for seed in range(40):
        other = with_another_digit(value, Random(seed))
        pairs = zip(as_text(value), format(other, "f"), strict=True)
        assert sum(one != two for one, two in pairs) == 1
        assert len(str(abs(int(other)))) == len(str(abs(int(value))))


@pytest.mark.parametrize(("value", "possible"), [
    ("12", {"21"}), ("1815", {"8115", "1185", "1851"}), ("0.57", {"0.75"}), ("100", set()), ("7", set()), ("-34", {"-43"}),
])
def test_two_swapped_digits_are_neighbours_and_different(value, possible):
    found = {with_two_digits_swapped(Decimal(value), Random(seed)) for seed in range(40)}
    assert {as_text(number) for number in found - {None}} == possible


@pytest.mark.parametrize(("value", "up", "expected"), [
    ("34.9", True, "34900"), ("34900", False, "35"), ("400", False, None), ("0", True, None), ("3311000.50", False, "3311"),
])
def test_another_unit_is_a_thousand_times_with_as_many_decimals_as_before(value, up, expected):
    found = in_another_unit(Decimal(value), up)
    assert (None if found is None else int(found)) == (None if expected is None else int(expected))


def test_ten_times_goes_both_ways_and_the_other_sign_one():
    assert {int(times_ten(Decimal("40"), Random(seed))) for seed in range(20)} == {4, 400}
    assert with_the_other_sign(Decimal("3"), Random(0)) == -3
    assert with_the_other_sign(Decimal("0"), Random(0)) is None


def test_the_same_seed_draws_the_same_faults_and_another_seed_others(delivered):
    once = [drawn(delivered, kind, SEED, 3) for kind in KINDS]
    assert once == [drawn(delivered, kind, SEED, 3) for kind in KINDS]
    assert once != [drawn(delivered, kind, SEED + 1, 3) for kind in KINDS]


@pytest.mark.parametrize("key", sorted(KIND))
def test_a_fault_changes_rows_of_one_delivery_and_each_to_something_else(delivered, key):
    for fault in draws(delivered, key):
        rows = delivered.rows(fault.delivery_id)
        assert fault.kind == key and fault.stem in KIND[key].stems and fault.changes
        for before, after in fault.changes:
            assert before in rows and before != after
            assert after is None or after["delivery_id"] == fault.delivery_id


@pytest.mark.parametrize("key", ["digit", "swapped_digits", "factor_10", "sign"])
def test_a_fault_of_one_number_leaves_all_else_as_it_was(delivered, key):
    for fault in draws(delivered, key):
        ((before, after),) = fault.changes
        assert len([name for name in before if before[name] != after[name]]) == 1


def test_a_shifted_sheet_has_each_number_one_row_down_and_its_first_empty(delivered):
    for fault in draws(delivered, "shifted_row"):
        if fault.stem in FORMS:
            (first, _), *rest = [(after, before) for before, after in fault.changes]
            assert first["value"] is None and first["status_sign"] == ".."
            above = {row["cell_number"] + 1: row["value"] for row in delivered.rows(fault.delivery_id)}
            assert all(after["value"] == above[after["cell_number"]] for after, _ in rest)


def test_shifted_lines_have_the_same_numbers_in_another_order(delivered):
    for fault in draws(delivered, "shifted_row"):
        if fault.stem not in FORMS:
            name = number_of(fault.stem)
            before, after = ([row[name] for row in rows] for rows in zip(*fault.changes, strict=True))
            assert sorted(map(str, before)) == sorted(map(str, after)) and before != after


def test_the_neighbours_value_is_one_that_was_delivered(delivered):
    for fault in draws(delivered, "neighbour_column"):
        stored = {row["value"] for key in delivered.deliveries(fault.stem) for row in delivered.rows(key)
                  } if fault.stem in FORMS else None
        for before, after in fault.changes:
            different = [name for name in before if before[name] != after[name]]
            assert different
            assert stored is None or after["value"] in stored


def test_a_copied_report_has_the_numbers_of_the_period_before(delivered):
    for fault in draws(delivered, "copied_period"):
        period = delivered.rows(fault.delivery_id)[0]["period"]
        assert {after["period"] for _, after in fault.changes} == {period}
        assert all(is_number(fault.stem, after) or after["status_sign"] or after["value"] is None
                   for _, after in fault.changes)


def test_a_total_without_a_part_is_less_by_that_part_or_the_part_is_zero(delivered):
    seen = 0
    for fault in draws(delivered, "part_left_out", "tertial_reports"):
        ((before, after),) = fault.changes
        part_id, total_id = fault.what.split(" mangler i ")
        part = next(row for row in delivered.rows(fault.delivery_id) if row["field_id"] == part_id)["value"]
        assert after["value"] == (0 if before["field_id"] == part_id else before["value"] - part)
        seen += 1
    assert seen > 3


def test_another_years_rate_moves_an_invoice_between_252_and_285_and_keeps_its_sum(delivered):
    faults = draws(delivered, "wrong_rate", "ledger")
    for fault in faults:
        moved = {code: sum(after["amount_nok"] - before["amount_nok"] for before, after in fault.changes
                           if before["function_code"] == code) for code in ("252", "285")}
        assert moved["252"] == -moved["285"] != 0
    assert len(faults) > 3


def test_an_invoice_loses_one_of_its_two_lines_or_its_number(delivered):
    for fault in draws(delivered, "no_sibling"):
        ((before, after),) = fault.changes
        assert before["invoice_number"]
        assert after is None or after["invoice_number"] != before["invoice_number"]


def test_minors_that_are_not_netted_have_lost_their_mark(delivered):
    for fault in draws(delivered, "minors_not_netted"):
        assert all(before["area_code"] == "EM" and after["area_code"] is None for before, after in fault.changes)


def test_a_species_on_the_wrong_function_keeps_its_amounts(delivered):
    for fault in draws(delivered, "wrong_function"):
        name = number_of(fault.stem)
        assert all(before[name] == after[name] and before["function_code"] != after["function_code"]
                   for before, after in fault.changes)


@pytest.mark.parametrize("unit_code", ["2012", "0729", "0627"])
def test_a_clean_report_keeps_the_years_sums_and_every_sum_within_it(delivered, unit_code):
    for year in clean.whole_years(delivered, unit_code):
        new = {(after["delivery_id"], after["field_id"]): after["value"] for _, after in clean.redrawn(year, Random(5))}
        assert new
        told = [{name: new.get((row["delivery_id"], name), row["value"] or 0) for name, row in report.items()}
                for report in year]
        for name in clean._SINGLE:
            assert sum(report[name] for report in told) == sum(report[name]["value"] or 0 for report in year)
        for total, parts in clean.sums().items():
            assert all(report[total] == sum(report[part] for part in parts) for report in told)
        for whole, part in clean._PARTS_OF_A_WHOLE.items():
            assert all(report[whole] >= report[part] for report in told)


def test_places_are_named_as_findings_name_them(delivered):
    for stem, cell in (("tertial_reports", "B4"), ("population", "value[0]")):
        rows = delivered.rows(delivered.deliveries(stem)[0])
        assert cell in {delivered.place_of(stem, row).cell for row in rows}
    line = delivered.rows(delivered.deliveries("ledger")[0])[0]
    assert delivered.place_of("ledger", line).line_number == line[place_number_of("ledger")]
