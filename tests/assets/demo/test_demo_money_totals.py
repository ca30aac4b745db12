"""The files' totals are the printed ones, and the constructed years keep the report's order and sign statements."""

from decimal import Decimal

import pytest

UNITS = ("2012", "0729", "0627")
CODES_OF_UNIT = {"2012": ("2012",), "0627": ("0627",), "0729": ("0722", "0723", "0729")}
TRIAL_YEARS = (2016, 2017, 2018)


@pytest.mark.parametrize(("unit", "year", "thousand"), [
    ("2012", 2015, 47100), ("2012", 2017, 77700), ("2012", 2018, 109100), ("0729", 2015, 34200), ("0729", 2018, 63200),
    ("0627", 2015, 26200), ("0627", 2018, 63900),
])
def test_net_operating_expenditure_with_the_trial_and_without_minors_is_the_printed_one(money, unit, year, thousand):
    assert money.net(unit, year) == thousand


@pytest.mark.parametrize(("unit", "thousand"), [("2012", 34900), ("0729", 23800), ("0627", 22500)])
def test_the_trials_cost_in_2018_is_the_printed_one(money, unit, thousand):
    assert money.trial(unit, 2018) == thousand


@pytest.mark.parametrize(("unit", "thousand"), [("2012", 74200), ("0729", 39400), ("0627", 41400)])
def test_ordinary_cost_in_2018_is_what_is_left(money, unit, thousand):
    assert money.ordinary_total(unit, 2018) == thousand


@pytest.mark.parametrize(("unit", "gain"), [("2012", -9400), ("0729", 4900), ("0627", -1400)])
def test_net_gain_in_2018_is_the_printed_one(money, unit, gain):
    assert money.compensation(unit, 2018) - money.trial(unit, 2018) == gain


@pytest.mark.parametrize("code", ["2012", "0722", "0627"])
def test_the_one_off_grant_is_apart_from_the_compensation(grants, code):
    assert grants[code, 2016, "administrasjon"] == 2750


@pytest.mark.parametrize("year", (2015, *TRIAL_YEARS))
@pytest.mark.parametrize("code", ["2012", "0722", "0723", "0729", "0627"])
def test_function_285_in_the_accounts_is_the_ledgers_all_projects(accounts, ledger, code, year):
    in_accounts, in_ledger = {}, {}
    for line in accounts:
        if (line.municipality, line.year, line.account_class, line.function) == (code, year, "1", "285"):
            in_accounts[line.species] = in_accounts.get(line.species, 0) + line.thousand
    for line in ledger:
        if (line.municipality, line.year, line.function) == (code, year, "285"):
            in_ledger[line.species] = in_ledger.get(line.species, Decimal(0)) + line.nok / 1000
    assert in_accounts.keys() == in_ledger.keys()
    assert all(abs(in_accounts[species] - in_ledger[species]) < 1 for species in in_accounts)
    assert sum(in_accounts.values()) == sum(in_ledger.values())


def test_function_285_holds_small_amounts_outside_the_trial_in_three_municipalities(ledger):
    outside = {}
    for line in ledger:
        if line.function == "285" and line.project != "28516":
            outside[line.municipality, line.year] = outside.get((line.municipality, line.year), 0) + line.nok
    assert outside == {("0627", 2015): 85000, ("0627", 2017): 48000, ("2012", 2017): 140000, ("0722", 2016): 36000}


@pytest.mark.parametrize("year", (2015, *TRIAL_YEARS))
def test_faerders_accounts_hold_more_than_the_printed_net_by_the_unaccompanied_minors(money, year):
    minors = sum(money.unaccompanied_minors("0729", year, function) for function in ("244", "251", "252"))
    assert minors > 1000
    assert all(money.unaccompanied_minors("0729", year, function) for function in ("244", "251", "252"))


@pytest.mark.parametrize("year", [2016, 2017])
def test_altas_unaccompanied_minors_cost_money_and_net_to_zero(ledger, year):
    lines = [line.nok for line in ledger if (line.municipality, line.year, line.area) == ("2012", year, "EM")]
    assert sum(lines) == 0
    assert sum(amount for amount in lines if amount > 0) > 1_000_000


def test_roeyken_has_no_unaccompanied_minors_and_alta_none_in_2018(ledger):
    files_with_minors = {line.path for line in ledger if line.area}
    assert not any(path.startswith("0627") for path in files_with_minors)
    assert "2012/hovedbok_2018.csv" not in files_with_minors


def test_a_naive_sum_of_all_lines_misses_the_printed_net(accounts, money):
    wrong = {"2012": 2018, "0729": 2018, "0627": 2017}
    for unit, year in wrong.items():
        naive = sum(line.thousand for line in accounts if line.year == year
                    and line.municipality in CODES_OF_UNIT[unit] and line.function in ("244", "251", "252", "285"))
        assert naive != money.net(unit, year)


def test_faerders_fund_allocations_are_those_told(accounts):
    from_285 = sum(line.thousand for line in accounts if line.function == "285" and line.species == "550"
                   and line.municipality == "0722")
    from_252 = {line.year: line.thousand for line in accounts if line.function == "252" and line.species == "550"}
    assert from_285 > 7000
    assert from_252 == {2017: 1300, 2018: 1100}
    assert not [line for line in accounts if (line.municipality, line.function, line.species) == ("0729", "285", "550")]


def test_net_cost_rises_from_2017_to_2018_in_all_three(money):
    assert all(money.net(unit, 2018) > money.net(unit, 2017) for unit in UNITS)


def test_alta_has_the_highest_cost_per_child_at_entry(money):
    per_child = {unit: money.net(unit, 2015) / money.children(unit, 2015) for unit in UNITS}
    assert max(per_child, key=per_child.get) == "2012"


def test_altas_compensation_is_near_the_trials_cost_in_2016_and_2017_and_below_in_2018(money):
    for year in (2016, 2017):
        trial = money.trial("2012", year)
        assert abs(money.compensation("2012", year) - trial) < Decimal("0.05") * trial
    assert money.trial("2012", 2018) > money.compensation("2012", 2018)


def test_faerders_compensation_exceeds_the_trials_cost_each_year(money):
    assert all(money.compensation("0729", year) > money.trial("0729", year) for year in TRIAL_YEARS)


def test_faerders_compensation_covers_all_growth_in_2016_and_2017_but_not_in_2018(money):
    growth = {year: money.net("0729", year) - money.net("0729", 2015) for year in TRIAL_YEARS}
    covered = {year: money.compensation("0729", year) >= growth[year] for year in TRIAL_YEARS}
    assert covered == {2016: True, 2017: True, 2018: False}


def test_roeykens_compensation_exceeds_the_trials_cost_in_2016_and_2017_only(money):
    exceeds = {year: money.compensation("0627", year) > money.trial("0627", year) for year in TRIAL_YEARS}
    assert exceeds == {2016: True, 2017: True, 2018: False}


@pytest.mark.parametrize(("unit", "year", "low", "high"), [
    ("0627", 2017, 3920, 4000), ("0627", 2018, 7840, 8000), ("2012", 2018, 16856, 17544),
])
def test_self_financing_per_child_is_as_told(money, unit, year, low, high):
    assert low <= money.self_financing(unit, year) < high


def test_altas_trial_cost_is_mostly_for_placed_children_and_grows_most_there(money):
    assert money.trial("2012", 2018, "252") > money.trial("2012", 2018) / 2
    growth = {purpose: money.trial("2012", 2018, purpose) - money.trial("2012", 2017, purpose)
              for purpose in ("244", "251", "252")}
    assert max(growth, key=growth.get) == "252"


def test_roeykens_trial_cost_rises_on_all_three_purposes_in_2018(money):
    assert all(money.trial("0627", 2018, purpose) > money.trial("0627", 2017, purpose)
               for purpose in ("244", "251", "252"))


def test_faerders_trial_cost_cannot_all_be_split_by_purpose(money):
    assert money.trial("0729", 2018, "") > 0 and money.trial("0729", 2017, "") > 0
    assert money.trial("0729", 2018, "244") == money.trial("0729", 2018, "251") == 0
    assert money.trial("2012", 2018, "") == money.trial("0627", 2018, "") == 0


def test_altas_purchases_follow_the_report(money):
    private = {year: money.purchases("2012", year, "370") for year in (2015, *TRIAL_YEARS)}
    state = {year: money.purchases("2012", year, "300") for year in (2015, *TRIAL_YEARS)}
    own = {year: money.own_production("2012", year) for year in (2015, *TRIAL_YEARS)}
    assert private[2018] > private[2017]
    assert state[2016] > state[2017] > state[2018]
    assert own[2015] < own[2016] < own[2017] < own[2018]


@pytest.mark.parametrize("year", (2015, *TRIAL_YEARS))
def test_alta_buys_most_from_private_suppliers(money, year):
    private = {unit: money.purchases(unit, year, "370") for unit in UNITS}
    assert max(private, key=private.get) == "2012"


def test_roeyken_more_than_doubles_its_purchases_from_the_state(money):
    assert money.purchases("0627", 2018, "300") > 2 * money.purchases("0627", 2017, "300")


@pytest.mark.parametrize(("unit", "amounts"), [
    ("2012", (7488, 13635, 12047, 6110)), ("0729", (5062, 6994, 5958, 5420)), ("0627", (4300, 10201, 10761, 23620)),
])
def test_purchases_from_the_state_are_what_bufetat_invoiced(money, unit, amounts):
    assert tuple(money.purchases(unit, year, "300") for year in (2015, *TRIAL_YEARS)) == amounts


def per_child(money, unit, year, function):
    return float(1000 * money.ordinary(unit, year, function) / money.children(unit, year))


def group(key_figures, code, key_figure, year):
    return key_figures[code, key_figure, str(year)][0]


def test_faerder_costs_less_than_its_group_on_every_function(money, key_figures):
    for year in (2015, *TRIAL_YEARS):
        for function in ("244", "251", "252"):
            assert per_child(money, "0729", year, function) < group(key_figures, "EKG13", f"N{function}", year)
    placed, group_placed = per_child(money, "0729", 2018, "252"), group(key_figures, "EKG13", "N252", 2018)
    assert abs(group_placed - placed - 2000) < 50
    assert abs((group_placed - placed) / group_placed - 1 / 3) < 0.01
    at_home = per_child(money, "0729", 2018, "251") / group(key_figures, "EKG13", "N251", 2018)
    assert abs(at_home - 0.5) < 0.02


def test_roeyken_costs_more_than_its_group_on_251_only_and_251_grew_by_95_percent(money, key_figures):
    above = {function: per_child(money, "0627", 2018, function) > group(key_figures, "EKG13", f"N{function}", 2018)
             for function in ("244", "251", "252")}
    assert above == {"244": False, "251": True, "252": False}
    growth = per_child(money, "0627", 2018, "251") / per_child(money, "0627", 2015, "251") - 1
    assert round(100 * growth) == 95


def test_roeykens_net_cost_per_child_is_below_its_group_with_and_without_the_trial(money, key_figures):
    children, group_net = money.children("0627", 2018), group(key_figures, "EKG13", "N", 2018)
    assert 1000 * money.ordinary_total("0627", 2018) / children < group_net
    assert 1000 * money.net("0627", 2018) / children < group_net


def test_alta_stands_near_its_group_in_2015_and_pays_more_than_it_in_2018(money, key_figures):
    at_entry = float(1000 * money.net("2012", 2015) / money.children("2012", 2015))
    assert abs(at_entry / group(key_figures, "EKG12", "N", 2015) - 1) < 0.05
    assert group(key_figures, "EKG12", "N", 2018) == 12700
    assert money.self_financing("2012", 2018) > 12700


def test_the_groups_functions_sum_to_their_total(key_figures):
    for code in ("EKG12", "EKG13"):
        for year in (2015, *TRIAL_YEARS):
            parts = [group(key_figures, code, f"N{function}", year) for function in ("244", "251", "252")]
            assert sum(parts) == group(key_figures, code, "N", year)
