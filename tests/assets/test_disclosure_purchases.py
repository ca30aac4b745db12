"""Disclosure control of private purchases: what prices, average children, sums and shares may tell of each other."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.disclosure import suppress
from warehouse.reference_data import reference_rows

RULES = {row["indicator_id"]: row["small_number_rule"] for row in reference_rows("indicator")}
EQUATIONS = reference_rows("disclosure_equation")
MANY = 20


def row(indicator_id, value, breakdown="", *, count=MANY, period="2018"):
    """A row of marts.indicator_value with the count behind it."""
    return {"indicator_id": indicator_id, "unit_code": "2012", "unit_type": "municipality", "period": period,
            "breakdown": breakdown, "value": value, "status": "ok", "basis": "delivered", "fact_id": None,
            "count_numerator": count, "count_denominator": None, "count_complement": None, "is_confirmed_zero": False}


def hidden(*values):
    return {f"{one['indicator_id']} {one['breakdown']}".strip()
            for one in suppress(values, RULES, EQUATIONS, 3) if one["status"] == "suppressed"}


def invoices(institution, foster_home, *, agreements=MANY):
    """A year's invoices told in every form: months in institutions and foster homes at fixed prices."""
    return (
        row("E3-05", institution / 12, "type=institusjon"), row("E3-05", foster_home / 12, "type=fosterhjem"),
        row("E3-06", 6390.0, "type=institusjon", count=institution),
        row("E3-06", 3000.0, "type=fosterhjem", count=foster_home),
        row("E3-02", (6390 * institution + 3000 * foster_home) * 365 / 12e6, "source=invoices", count=agreements))


def test_average_children_above_three_are_shown_with_their_price_and_their_sum():
    assert hidden(*invoices(75, 72)) == set()


def test_the_sum_of_the_invoices_is_hidden_when_it_would_give_hidden_average_children_away():
    """With the printed prices of 2017 only 24 and 36 whole months give the sum: 213 a + 100 b = 8712."""
    assert [(a, b) for a in range(42) for b in range(90) if 213 * a + 100 * b == 8712] == [(24, 36)]
    assert hidden(*invoices(24, 36)) == {"E3-05 type=institusjon", "E3-05 type=fosterhjem", "E3-02 source=invoices"}


def test_average_children_are_hidden_with_a_sum_that_is():
    assert "E3-05 type=institusjon" in hidden(*invoices(75, 72, agreements=3))


def ledger(millions):
    return row("E3-02", millions, "source=ledger"), row("E3-01", 1000 * millions, "producer=private")


def test_the_ledgers_sum_is_hidden_with_the_invoices_for_they_are_the_same_purchases():
    told = {"E3-02 source=ledger", "E3-01 producer=private"}
    assert told <= hidden(*invoices(24, 36), *ledger(7.9497))
    assert not told & hidden(*invoices(75, 72), *ledger(25.039))


def test_a_sum_that_leaves_two_products_unknown_is_shown_and_one_that_leaves_one_is_not():
    def several(*children, price_count):
        types = ("institusjon", "fosterhjem", "senter_foreldre_barn")
        return (*(row("E3-05", number, f"type={name}") for name, number in zip(types, children, strict=True)),
                *(row("E3-06", 5000.0, f"type={name}", count=price_count if number < 4 else MANY)
                  for name, number in zip(types, children, strict=True)), row("E3-02", 20.0, "source=invoices"))

    assert "E3-02 source=invoices" not in hidden(*several(1.0, 6.0, 2.0, price_count=1))
    assert "E3-02 source=invoices" in hidden(*several(1.0, 6.0, 5.0, price_count=1))   # sum minus two is the third
    assert "E3-02 source=invoices" in hidden(*several(1.0, 6.0, 2.0, price_count=MANY))  # whole months to find


PURCHASES = st.fixed_dictionaries(dict.fromkeys(
    ("institusjon", "fosterhjem", "senter_foreldre_barn"),
    st.none() | st.tuples(st.integers(1, 90), st.integers(2500, 9000), st.sampled_from((1, 3, 4, 30)))))


@settings(max_examples=150, deadline=None)
@given(purchases=PURCHASES, agreements=st.sampled_from((2, 4, 30)))
def test_no_number_of_months_can_be_found_from_the_sums_and_the_prices_that_are_shown(purchases, agreements):
    made = {f"type={name}": one for name, one in purchases.items() if one}
    total = sum(months * price * 365 / 12 for months, price, _ in made.values())
    rows = [*(row("E3-05", months / 12, name) for name, (months, _, _) in made.items()),
            *(row("E3-06", float(price), name, count=count) for name, (_, price, count) in made.items()),
            row("E3-02", total / 1e6, "source=invoices", count=agreements), *ledger(total / 1e6)]
    shown = {(one["indicator_id"], one["breakdown"]) for one in suppress(rows, RULES, EQUATIONS, 3)
             if one["status"] == "ok"}
    if not shown & {("E3-02", "source=invoices"), ("E3-02", "source=ledger"), ("E3-01", "producer=private")}:
        return
    priced = [name for name in made if ("E3-06", name) in shown]
    costs = [made[name][1] * 365 / 12 for name in priced]
    ranges = [[made[name][0]] if ("E3-05", name) in shown else range(1 + int(total / cost + 1e-6))
              for name, cost in zip(priced, costs, strict=True)]
    rest_is_free = len(priced) < len(made)
    for place, name in enumerate(priced):
        if ("E3-05", name) not in shown:
            found = {months[place] for months in product(*ranges) if _fits(months, costs, total, rest_is_free)}
            assert len(found) > 1, (name, found)
    assert len([name for name in made if not {("E3-05", name), ("E3-06", name)} <= shown]) != 1


def _fits(months, costs, total, rest_is_free):
    rest = total - sum(number * cost for number, cost in zip(months, costs, strict=True))
    return rest > -1 if rest_is_free else abs(rest) < 1


def producers(**counts):
    parts = {"own": 50.0, "state": 6.0, "private": 23.0, "other": 6.0}
    rows = [row("E3-01", nok, f"producer={code}", count=counts.get(code, MANY)) for code, nok in parts.items()]
    return (*rows, row("E3-01", sum(parts.values())), row("E3-02", 0.023, "source=ledger", count=counts.get(
        "private", MANY)), row("E3-03", 23 / 85), row("G2-02", 6 / 85))


def test_cost_by_producer_is_shown_whole_with_its_shares():
    assert hidden(*producers()) == set()


def test_when_one_producer_is_hidden_nobody_can_subtract_or_divide_it_out():
    parts = {f"E3-01 producer={code}" for code in ("own", "state", "private", "other")}
    assert hidden(*producers(private=2)) == parts | {"E3-02 source=ledger", "E3-03", "G2-02"}


@pytest.mark.parametrize("measure", ["institusjon", "fosterhjem", "senter_foreldre_barn"])
def test_a_change_in_price_is_hidden_with_the_price_it_changes_from_or_to(measure):
    found = hidden(row("E3-06", 8000.0, f"type={measure}", count=2), row("E3-07", 0.25, f"type={measure}"))
    assert found == {f"E3-06 type={measure}", f"E3-07 type={measure}"}


def test_the_difference_from_an_own_foster_home_is_hidden_with_the_private_price():
    assert hidden(row("E3-06", 3100.0, "type=fosterhjem", count=2), row("E3-09", 25000.0)) == {
        "E3-06 type=fosterhjem", "E3-09"}
