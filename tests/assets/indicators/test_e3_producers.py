"""Delmål E3 and G2: what measures cost and who produces them; the two sources of private purchases."""

import pytest

ALTA = """
    figure  2012 2018 08 74
    account 2012 2018 251 010  1000
    account 2012 2018 252 050  4000
    account 2012 2018 252 300  6110
    account 2012 2018 252 370  7658
    account 2012 2018 252 350   300
    account 2012 2018 251 470   200
    ledger  2012 2018 285 370 15342 trial purpose=252
    ledger  2012 2018 285 030  2500 trial purpose=251
"""
OWN, STATE, PRIVATE, OTHER = (f"2012 2018 producer={code}" for code in ("own", "state", "private", "other"))


def test_e3_01_the_producers_add_up_to_gross_cost_of_measures_with_285_allotted(drawn):
    assert drawn("E3-01", ALTA) == {
        "2012 2018": 37110.0,   # 1000 + 4000 + 6110 + 7658 + 300 + 200 + 15 342 + 2500
        OWN: 7500.0,            # 1000 + 4000 + 2500: wages, also of foster homes
        STATE: 6110.0,
        PRIVATE: 23000.0,       # 7658 + 15 342
        OTHER: 500.0}           # 300 to other municipalities, 200 to families


@pytest.mark.parametrize("line", [
    "account 2012 2018 244 010 900", "account 2012 2018 285 370 900", "account 2012 2018 252 550 900",
    "account 2012 2018 252 370 900 class=0", "account 2012 2018 252 810 -900", "account 2012 2018 252 350 900 internal",
    "ledger 2012 2018 285 370 900 purpose=252", "ledger 2012 2018 285 370 900 trial",
    "ledger 2012 2018 285 010 900 trial purpose=244", "ledger 2012 2018 252 370 900",
    "ledger 2012 2018 285 370 900 trial purpose=252 EM"])
def test_e3_01_what_never_counts(drawn, line):
    assert drawn("E3-01", ALTA + line) == drawn("E3-01", ALTA)


def test_e3_01_unaccompanied_minors_are_taken_out_of_the_producer_they_stand_in(drawn):
    found = drawn("E3-01", ALTA + "ledger 2012 2018 252 050 400 EM")
    assert (found[OWN], found["2012 2018"]) == (7100.0, 36710.0)  # 7500 − 400, 37 110 − 400


def test_e3_01_what_a_guest_pays_its_host_on_285_is_not_counted_twice(drawn):
    hosted = """
        account 0729 2017 252 050 100
        ledger  0729 2017 285 370 900 trial purpose=252 from=0722
    """
    paid = "ledger 0729 2017 285 350 {nok} trial purpose=252 from={code}"
    assert drawn("E3-01", hosted + paid.format(nok=300, code="0723")) == drawn("E3-01", hosted)
    assert drawn("E3-01", hosted + paid.format(nok=300, code="0722"))["0729 2017 producer=other"] == 300.0


def test_e3_01_sick_pay_and_value_added_tax_returned_lower_own_production_by_the_years_formula(drawn):
    found = drawn("E3-01", ALTA + """
        account 2012 2018 252 429  150
        account 2012 2018 252 710 -100
        account 2012 2018 252 729 -150
    """)
    assert found[OWN] == 7400.0  # 7500 + 150 − 100 − 150


def test_e3_02_the_accounts_and_the_invoices_are_told_apart(drawn):
    assert drawn("E3-02", ALTA + """
        invoice 2012 2018 institusjon 75 18250000 A1
        invoice 2012 2018 fosterhjem  72  6789000 F1
        invoice 2012 2018 besøkshjem   1    10000 B1
        invoice 2012 2017 fosterhjem   1    90000 F1
    """) == {
        "2012 2018 source=ledger": 23.0,        # 7.658 + 15.342
        "2012 2018 source=invoices": 25.049,    # 18.25 + 6.789 + 0.01
        "2012 2017 source=invoices": 0.09}


def test_e3_02_invoices_of_a_year_that_is_not_over_have_no_sum(drawn):
    assert drawn("E3-02", "invoice 2012 2019 fosterhjem 1 90000 F1\n unfinished 2012 2019") == {}


@pytest.mark.parametrize(("indicator_id", "share"), [("E3-03", 0.619779035), ("G2-02", 0.164645648)])
def test_the_private_and_the_state_share_are_of_all_measures(drawn, indicator_id, share):
    assert drawn(indicator_id, ALTA) == {"2012 2018": share}  # 23 000 / 37 110 and 6110 / 37 110


@pytest.mark.parametrize("indicator_id", ["E3-01", "E3-03", "G2-02"])
def test_a_year_that_lacks_a_file_has_no_number(drawn, indicator_id):
    assert drawn(indicator_id, ALTA + "incomplete 2012 2018") == {}


def test_a_share_of_nothing_bought_has_no_row_and_is_no_zero(drawn):
    text = "account 2012 2018 252 050 4000\n figure 2012 2018 08 74"
    assert drawn("E3-03", text) == drawn("G2-02", text) == {}


@pytest.mark.parametrize("indicator_id", ["E3-01", "E3-02", "E3-03", "G2-02"])
@pytest.mark.parametrize(("placed", "is_hidden"), [("3", True), ("4", False), ("..", True), ("-", True)])
def test_money_by_producer_is_hidden_when_at_most_three_children_are_placed_or_nobody_knows(
        drawn, hidden, indicator_id, placed, is_hidden):
    text = ALTA.replace("08 74", f"08 {placed}")
    assert hidden(indicator_id, text) == (set(drawn(indicator_id, text)) if is_hidden else set())


@pytest.mark.parametrize(("agreements", "is_hidden"), [(3, True), (4, False)])
def test_the_sum_of_the_invoices_needs_four_agreements(hidden, agreements, is_hidden):
    text = "\n".join(f"invoice 2012 2018 fosterhjem 6 500000 F{number % agreements}" for number in range(8))
    assert hidden("E3-02", text) == ({"2012 2018 source=invoices"} if is_hidden else set())


def test_the_sum_of_the_invoices_is_hidden_when_an_agreement_is_not_named(hidden):
    text = "\n".join(f"invoice 2012 2018 fosterhjem 6 500000 F{number}" for number in range(8))
    assert hidden("E3-02", text + "\ninvoice 2012 2018 besøkshjem 1 9000") == {"2012 2018 source=invoices"}
