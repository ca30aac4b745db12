"""C6-04 and E2-07: what the ledger says of the municipality's own institution, and of money set aside."""

import pytest

HOUSE = """
    rate   2018 institusjon 70000
    ledger 2012 2018 252 010 2100 house
    ledger 2012 2018 252 200  700 house
    ledger 2012 2018 285 010 6933 house trial purpose=252
"""
FUNDS = """
    ledger 0729 2017 285 550 4100 trial
    ledger 0729 2017 252 550 1300
"""


def test_c6_04_the_day_price_is_gross_cost_over_the_days_the_part_at_the_rate_stands_for(drawn):
    # Months of stay: 2 800 000 / 70 000 = 40; days: 40 × 365/12; gross: 2 800 000 + 6 933 000
    assert drawn("C6-04", HOUSE) == {"2012 2018": 7999.726027397}


@pytest.mark.parametrize("line", [
    "ledger 2012 2018 252 010 900", "ledger 2012 2018 252 810 -900 house", "ledger 2012 2018 285 010 900 house",
    "ledger 2012 2018 244 010 900 house", "ledger 2012 2018 285 010 900 house trial EM", "rate 2017 institusjon 1",
    "ledger 0627 2018 252 010 900 house", "rate 2018 sfb_dogn 1"])
def test_c6_04_what_never_counts(drawn, line):
    assert drawn("C6-04", HOUSE + line) == drawn("C6-04", HOUSE)


def test_c6_04_a_year_without_a_known_rate_has_no_price(drawn):
    assert drawn("C6-04", HOUSE.replace("rate   2018", "rate   2017")) == {}


@pytest.mark.parametrize(("months", "is_hidden"), [(3, True), (4, False)])
def test_c6_04_needs_four_months_of_stay(hidden, months, is_hidden):
    assert hidden("C6-04", f"""
        rate   2018 institusjon 70000
        ledger 2012 2018 252 010 {70 * months} house
    """) == ({"2012 2018"} if is_hidden else set())


def test_e2_07_allocations_are_told_in_all_and_by_function(drawn):
    assert drawn("E2-07", FUNDS) == {
        "0729 2017": 5.4, "0729 2017 function=285": 4.1, "0729 2017 function=252": 1.3}  # 4.1 + 1.3


@pytest.mark.parametrize("line", [
    "ledger 0729 2017 285 550 9000", "ledger 0729 2017 252 550 900 EM", "ledger 0729 2017 252 940 -900",
    "ledger 0729 2017 120 550 900", "account 0729 2017 252 550 900"])
def test_e2_07_what_never_counts(drawn, line):
    assert drawn("E2-07", FUNDS + line) == drawn("E2-07", FUNDS)


def test_e2_07_a_year_without_an_allocation_or_that_lacks_a_file_has_no_row_and_no_zero(drawn):
    assert drawn("E2-07", "ledger 0729 2018 252 010 900") == {}
    assert drawn("E2-07", FUNDS + "incomplete 0729 2017") == {}
