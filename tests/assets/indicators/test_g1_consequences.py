"""Delmål G1: what the trial costs and what it is paid: two definitions of extra cost, compensation, gain."""

import pytest

ALTA = """
    account     2012 2015 252 010      47100
    account     2012 2016 252 010      48000
    ledger      2012 2016 285 010      12500 trial purpose=252
    grant       2012 2016 kompensasjon 12400
    account     2012 2017 252 010      52900
    ledger      2012 2017 285 010      24800 trial purpose=252
    grant       2012 2017 kompensasjon 25000
    account     2012 2018 252 010      74200
    ledger      2012 2018 285 010      30000 trial purpose=252
    ledger      2012 2018 285 010       4000 trial purpose=244
    ledger      2012 2018 285 010        900 trial
    grant       2012 2018 kompensasjon 25500
"""
ONE_OFF = "grant 2012 2016 administrasjon 2750 one-off\n"


def test_g1_01_extra_cost_m1_is_the_growth_in_net_cost_since_2015(drawn):
    assert drawn("G1-01", ALTA) == {
        "2012 2016": 13.4,   # 48.0 + 12.5 - 47.1
        "2012 2017": 30.6,   # 52.9 + 24.8 - 47.1
        "2012 2018": 62.0}   # 74.2 + 34.9 - 47.1


def test_g1_01_needs_a_complete_2015(drawn):
    assert drawn("G1-01", ALTA + "incomplete 2012 2015") == {}


def test_g1_01_is_the_ordinary_service_too_and_without_unaccompanied_minors(drawn):
    assert drawn("G1-01", """
        account 0729 2015 252 010 40000
        ledger  0729 2015 252 010  5800 EM
        account 0729 2018 252 010 45000
        ledger  0729 2018 252 010  5600 EM
    """) == {"0729 2018": 5.2}  # (45.0 - 5.6) - (40.0 - 5.8)


def test_g1_02_extra_cost_m2_is_net_285_with_the_trials_project_whole_and_by_purpose(drawn):
    found = drawn("G1-02", ALTA)
    assert {key: value for key, value in found.items() if "2018" in key} == {
        "2012 2018": 34.9,                   # 30.0 + 4.0 + 0.9
        "2012 2018 purpose=252": 30.0, "2012 2018 purpose=244": 4.0, "2012 2018 purpose=unsplit": 0.9}
    assert not any("2015" in key for key in found)


@pytest.mark.parametrize("line", [
    "ledger 2012 2018 285 010 700 purpose=252", "ledger 2012 2018 285 550 700 trial", "ledger 2012 2018 252 010 700",
    "ledger 2012 2018 285 010 700 trial EM", "account 2012 2018 285 010 700", "account 2012 2018 252 010 700"])
def test_g1_02_what_never_counts(drawn, line):
    assert drawn("G1-02", ALTA + line) == drawn("G1-02", ALTA)


def test_the_two_definitions_of_extra_cost_differ_and_ordinary_cost_moves_only_the_first(drawn):
    more = ALTA + "account 2012 2018 252 010 1000"
    assert drawn("G1-01", ALTA)["2012 2018"] == 62.0
    assert drawn("G1-02", ALTA)["2012 2018"] == 34.9
    assert drawn("G1-01", more)["2012 2018"] == 63.0
    assert drawn("G1-02", more)["2012 2018"] == 34.9


@pytest.mark.parametrize("indicator_id", ["G1-04", "G1-05"])
def test_gain_and_ratio_are_against_m2_and_never_against_m1(drawn, indicator_id):
    assert drawn(indicator_id, ALTA + "account 2012 2018 252 010 1000") == drawn(indicator_id, ALTA)


def test_g1_03_compensation_is_the_yearly_increase_in_the_block_grant(drawn):
    assert drawn("G1-03", ALTA) == {"2012 2016": 12.4, "2012 2017": 25.0, "2012 2018": 25.5}


@pytest.mark.parametrize("indicator_id", ["G1-03", "G1-04", "G1-05", "G1-06", "G1-07"])
@pytest.mark.parametrize("line", [ONE_OFF, "grant 2012 2016 kompensasjon 2750 one-off"])
def test_the_one_off_grant_is_never_compensation(drawn, indicator_id, line):
    text = ALTA + "inhabitants 2012 2016 5000\n inhabitants 2012 2018 4929\n"
    assert drawn(indicator_id, text + line) == drawn(indicator_id, text) != {}


def test_g1_04_net_gain_is_compensation_minus_m2_for_the_year_and_since_2016(drawn):
    assert drawn("G1-04", ALTA) == {
        "2012 2016": -0.1,   # 12.4 - 12.5
        "2012 2017": 0.2,    # 25.0 - 24.8
        "2012 2018": -9.4,   # 25.5 - 34.9
        "2012 2016 accumulation=since_2016": -0.1,
        "2012 2017 accumulation=since_2016": 0.1,    # -0.1 + 0.2
        "2012 2018 accumulation=since_2016": -9.3}   # -0.1 + 0.2 - 9.4


@pytest.mark.parametrize("gap", [
    "incomplete 2012 2017",
    "without the grant of 2017",
])
def test_g1_04_a_sum_since_2016_needs_every_year_in_between(drawn, gap):
    text = ALTA + gap if gap.startswith("incomplete") else ALTA.replace("grant       2012 2017 kompensasjon 25000", "")
    assert drawn("G1-04", text) == {
        "2012 2016": -0.1, "2012 2018": -9.4, "2012 2016 accumulation=since_2016": -0.1}


def test_g1_05_compensation_ratio_is_compensation_over_m2(drawn):
    assert drawn("G1-05", ALTA) == {
        "2012 2016": 0.992,          # 12.4 / 12.5
        "2012 2017": 1.008064516,    # 25.0 / 24.8
        "2012 2018": 0.730659026}    # 25.5 / 34.9


def test_g1_05_needs_both_sides_and_a_cost_of_nothing_has_no_ratio(drawn):
    assert drawn("G1-05", """
        account 2012 2017 252 010      52900
        grant   2012 2017 kompensasjon 25000
        account 2012 2018 252 010      74200
        ledger  2012 2018 285 010      30000 trial
        account 0627 2018 252 010      41400
        ledger  0627 2018 285 010      5000 trial
        ledger  0627 2018 285 810      -5000 trial
        grant   0627 2018 kompensasjon 21100
    """) == {"0627 2018": "not_applicable"}


def test_g1_06_self_financing_is_net_cost_minus_compensation_per_inhabitant(drawn):
    assert drawn("G1-06", ALTA + """
        inhabitants 2012 2015 4933
        inhabitants 2012 2018 4929
    """) == {
        "2012 2015": 9547.942428542,     # 47 100 000 / 4933: no compensation before the trial
        "2012 2018": 16960.843984581}     # (74 200 000 + 34 900 000 - 25 500 000) / 4929


def test_g1_06_a_trial_year_needs_its_compensation(drawn):
    assert drawn("G1-06", """
        account     2012 2015 252 010 47100
        inhabitants 2012 2015 5000
        account     2012 2016 252 010 48000
        inhabitants 2012 2016 5000
    """) == {"2012 2015": 9420}  # 47 100 000 / 5000


def test_g1_07_change_in_self_financing_is_against_net_cost_in_2015(drawn):
    assert drawn("G1-07", ALTA) == {
        "2012 2016": 1.0,    # (48.0 + 12.5 - 12.4) - 47.1
        "2012 2017": 5.6,    # (52.9 + 24.8 - 25.0) - 47.1
        "2012 2018": 36.5}   # (74.2 + 34.9 - 25.5) - 47.1


def test_g1_07_needs_2015_and_the_compensation_of_the_year(drawn):
    assert drawn("G1-07", ALTA + "incomplete 2012 2015") == {}
    assert "2012 2018" not in drawn("G1-07", ALTA.replace("grant       2012 2018 kompensasjon 25500", ""))


def test_g1_11_what_taking_part_has_given_is_the_gain_since_2016_and_the_one_off_grant(drawn):
    assert drawn("G1-11", ALTA + ONE_OFF) == {
        "2012 2016": 2.65,    # -0.1 + 2.75
        "2012 2017": 2.85,    # -0.1 + 0.2 + 2.75
        "2012 2018": -6.55}   # -0.1 + 0.2 - 9.4 + 2.75


def test_g1_11_needs_the_one_off_grant_and_every_year_in_between(drawn):
    assert drawn("G1-11", ALTA) == {}
    assert drawn("G1-11", ALTA + ONE_OFF + "incomplete 2012 2017") == {"2012 2016": 2.65}
    assert drawn("G1-11", ALTA + ONE_OFF.replace("2016", "2018")) == {"2012 2018": -6.55}  # paid in 2018


def test_g1_11_differs_from_the_gain_since_2016_by_the_one_off_grant_alone(drawn):
    gain = drawn("G1-04", ALTA + ONE_OFF)
    for year in (2016, 2017, 2018):
        whole = drawn("G1-11", ALTA + ONE_OFF)[f"2012 {year}"]
        assert whole - gain[f"2012 {year} accumulation=since_2016"] == pytest.approx(2.75)
