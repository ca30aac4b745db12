"""Delmål E2: net operating expenditure, with and without the trial, whole and by function."""

import pytest

ALTA_2018 = """
    account 2012 2018 244 010  4000
    account 2012 2018 251 300  1500
    account 2012 2018 252 370  6000
    account 2012 2018 252 810  -500
    ledger  2012 2018 285 010   900 trial purpose=244
    ledger  2012 2018 285 370  2600 trial purpose=252
    ledger  2012 2018 285 810  -100 trial
"""


def test_e2_01_net_cost_with_and_without_the_trial(drawn):
    assert drawn("E2-01", ALTA_2018) == {
        "2012 2018 trial_cost=included": 14.4,   # (4000 + 1500 + 6000 - 500 + 900 + 2600 - 100) / 1000
        "2012 2018 trial_cost=excluded": 11.0}   # (4000 + 1500 + 6000 - 500) / 1000


def test_e2_01_before_2016_the_two_are_the_same(drawn):
    assert drawn("E2-01", "account 2012 2015 252 010 47100") == {
        "2012 2015 trial_cost=included": 47.1, "2012 2015 trial_cost=excluded": 47.1}


@pytest.mark.parametrize("line", [
    "account 2012 2018 252 550  700",            # to a bound fund
    "account 2012 2018 252 530  700",
    "account 2012 2018 252 510  700",
    "account 2012 2018 252 950 -700",            # from a bound fund
    "account 2012 2018 252 010  700 class=0",    # investment
    "account 2012 2018 285 010  700",            # the accounts' 285 is more than the trial
    "account 2012 2018 234 010  700",            # another service
    "ledger  2012 2018 285 010  700 purpose=252",     # 285 without the trial's project
    "ledger  2012 2018 285 550  700 trial",
    "ledger  2012 2018 285 010  700 trial EM",
    "ledger  2012 2018 252 010  700",            # stands in the accounts already
    "ledger  2012 2018 252 550  700 EM",
])
def test_e2_01_what_never_counts(drawn, line):
    assert drawn("E2-01", ALTA_2018 + line) == drawn("E2-01", ALTA_2018)


def test_e2_01_unaccompanied_minors_are_taken_out_with_their_refunds(drawn):
    assert drawn("E2-01", """
        account 0729 2018 252 010 40000
        ledger  0729 2018 252 010  7000 EM
        ledger  0729 2018 251 010   500 EM
        ledger  0729 2018 252 810 -1200 EM
    """)["0729 2018 trial_cost=excluded"] == 33.7  # (40000 - 7000 - 500 + 1200) / 1000


ONE_OF_EACH = """
    account 2012 {year} 252 010 1000
    account 2012 {year} 252 290    2
    account 2012 {year} 252 475    4
    account 2012 {year} 252 520    8
    account 2012 {year} 252 590   16
    account 2012 {year} 252 690  -32
    account 2012 {year} 252 728  -64
    account 2012 {year} 252 790 -128
    account 2012 {year} 252 895 -256
    account 2012 {year} 252 920 -512
    account 2012 {year} 252 490 4096
"""


@pytest.mark.parametrize(("year", "net"), [
    (2015, 0.542),  # 1000 + 2 + 4 + 16 - 32 - 64 - 128 - 256: internal transfers 290, 690 and 790 cancel each other
    (2016, 0.604),  # 1000 + 4 + 16 - 32 - 128 - 256: 290 is out, and so is the compensation for VAT, 728
    (2019, 0.604),
    (2020, 0.038),  # 1000 + 2 + 4 + 8 + 16 - 32 - 64 - 128 - 256 - 512: loans 520 and 920 are in, 475 and 895 still
    (2021, 0.294),  # as 2020 but 895 is no longer a species: + 256
])
def test_e2_01_each_year_has_its_own_formula(drawn, year, net):
    assert drawn("E2-01", ONE_OF_EACH.format(year=year))[f"2012 {year} trial_cost=excluded"] == net


@pytest.mark.parametrize(("year", "trial"), [(2018, 0.604), (2020, 0.038)])
def test_e2_01_the_ledger_follows_the_same_formula(drawn, year, trial):
    lines = ONE_OF_EACH.format(year=year).replace("account", "ledger ").replace("252", "285").splitlines()
    found = drawn("E2-01", "\n".join(f"{line} trial" if line.strip() else "" for line in lines))
    assert found == {f"2012 {year} trial_cost=included": trial}


def test_e2_01_a_year_that_lacks_a_file_has_no_number(drawn):
    assert drawn("E2-01", ALTA_2018 + "incomplete 2012 2018") == {}


def test_e2_02_net_cost_per_inhabitant_0_to_17(drawn):
    assert drawn("E2-02", ALTA_2018 + "inhabitants 2012 2018 4929") == {
        "2012 2018 trial_cost=included": 2921.485088253,   # 14 400 000 / 4929
        "2012 2018 trial_cost=excluded": 2231.689997971}   # 11 000 000 / 4929


def test_e2_02_a_group_has_only_the_number_without_the_trial(drawn):
    assert drawn("E2-02", """
        figure EKG12 2018 N 12700
        figure EKG13 2018 N ..
    """) == {"EKG12 2018 trial_cost=excluded": 12700, "EKG13 2018 trial_cost=excluded": "not_reported"}


def test_e2_02_a_year_without_inhabitants_has_no_number(drawn):
    assert drawn("E2-02", ALTA_2018 + "inhabitants 2012 2017 4941") == {}


def test_e2_03_by_function_with_the_trial_allotted_to_its_purpose(drawn):
    assert drawn("E2-03", ALTA_2018 + "inhabitants 2012 2018 5000") == {
        "2012 2018 function=244;trial_cost=excluded": 800,      # 4 000 000 / 5000
        "2012 2018 function=251;trial_cost=excluded": 300,      # 1 500 000 / 5000
        "2012 2018 function=252;trial_cost=excluded": 1100,     # (6 000 000 - 500 000) / 5000
        "2012 2018 function=244;trial_cost=included": 980,      # (4 000 000 + 900 000) / 5000
        "2012 2018 function=251;trial_cost=included": 300,      # nothing of the trial here
        "2012 2018 function=252;trial_cost=included": 1620,     # (5 500 000 + 2 600 000) / 5000
        "2012 2018 function=unsplit;trial_cost=included": -20}  # -100 000 / 5000, no purpose


def test_e2_03_the_functions_add_up_to_the_whole(drawn):
    text = ALTA_2018 + "inhabitants 2012 2018 4929"
    whole, split = drawn("E2-02", text), drawn("E2-03", text)
    for trial in ("trial_cost=included", "trial_cost=excluded"):
        assert sum(value for key, value in split.items() if trial in key) == pytest.approx(
            whole[f"2012 2018 {trial}"], abs=1e-6)


def test_e2_03_children_behind_the_money_never_change_it(drawn):
    text = ALTA_2018 + "inhabitants 2012 2018 5000\n"
    assert drawn("E2-03", text + "figure 2012 2018 07 167\n figure 2012 2018 08 :") == drawn("E2-03", text)


def test_e2_03_unaccompanied_minors_are_taken_out_of_their_own_function(drawn):
    found = drawn("E2-03", """
        account     0729 2018 251 010 3000
        account     0729 2018 252 010 9000
        ledger      0729 2018 252 010 4000 EM
        inhabitants 0729 2018 5000
    """)
    assert found["0729 2018 function=251;trial_cost=excluded"] == 600   # 3 000 000 / 5000
    assert found["0729 2018 function=252;trial_cost=excluded"] == 1000  # (9 000 000 - 4 000 000) / 5000


def test_e2_03_a_group_delivers_each_function_without_the_trial(drawn):
    assert drawn("E2-03", """
        figure EKG13 2018 N244 3500
        figure EKG13 2018 N251 2400
        figure EKG13 2018 N252 ..
        figure EKG13 2018 N    11900
    """) == {"EKG13 2018 function=244;trial_cost=excluded": 3500,
             "EKG13 2018 function=251;trial_cost=excluded": 2400,
             "EKG13 2018 function=252;trial_cost=excluded": "not_reported"}
