"""R085–R185 from 2020: whole accounts that add up, and one change at a time that makes them not."""

import pytest

from expectations.kostra_accounts import check_accounts
from expectations.kostra_accounts.account_line import AccountLine

WHOLE = """
    1 244 010  2000
    1 252 300   900
    1 252 590   300
    1 290 010   400
    1 290 750  -400
    1 800 870 -1500
    1 840 800 -1500
    1 860 990  -300
    1 880 570   100
    0 222 230  1000
    0 290 200    50
    0 290 700   -50
    0 870 910  -900
    0 880 970  -100
"""


def lines(drawn, year, form="0A", quarter=None, region="201200"):
    return [AccountLine(number, form, year, quarter, region, None, None, *row.split()[:3], int(row.split()[3]))
            for number, row in enumerate(drawn.strip().splitlines(), 1)]


def found(change="", *, year=2021, form="0A", quarter=None, region="201200"):
    """Rule ids that fire when the rows of `change` replace those with the same class, function and species."""
    rows = {tuple(row.split()[:3]): row for row in WHOLE.strip().splitlines()}
    rows.update({tuple(row.split()[:3]): row for row in filter(str.strip, change.split(";"))})
    return findings("\n".join(rows.values()), year=year, form=form, quarter=quarter, region=region)


def findings(drawn, **about):
    return [finding.rule_id for finding in check_accounts(lines(drawn, **about), file="x.dat")]


@pytest.mark.parametrize("year", range(2015, 2027))
def test_whole_accounts_break_no_rule_in_any_year(year):
    assert [rule_id for rule_id in found(year=year) if rule_id != "R012"] == []


@pytest.mark.parametrize("change, rule_ids", [
    ("0 222 230 1031", ["R095"]), ("0 222 230 1030", []),
    ("0 222 230 -50; 0 870 910 140", ["R085"]), ("0 222 230 -49; 0 870 910 139", []),
    ("0 222 230 -40; 0 870 910 150", ["R090"]), ("0 222 230 -40; 0 870 910 149", []),
    ("1 244 010 2031", ["R110"]), ("1 244 010 2030", []),
    ("1 800 870 -1531", ["R110"]), ("1 800 870 -1530", []),
    ("1 800 870 0; 1 840 800 -3000", ["R130"]), ("1 800 870 -1; 1 840 800 -2999", []),
    ("1 840 800 0; 1 800 870 -3000", ["R135"]), ("1 840 800 -1; 1 800 870 -2999", []),
    ("1 880 570 131; 1 244 010 1969", ["R140"]), ("1 880 570 130; 1 244 010 1970", []),
    ("1 860 990 0; 1 252 590 0", ["R145", "R150"]), ("1 860 990 -1; 1 252 590 1; 1 244 010 2000", []),
    ("1 252 590 331; 1 244 010 1969", ["R155"]), ("1 252 590 330; 1 244 010 1970", []),
    ("1 870 590 5; 1 244 010 1995", ["R160"]), ("1 870 500 5; 1 244 010 1995", []),
    ("1 252 990 -5; 1 244 010 2005", ["R165"]), ("1 252 900 -5; 1 244 010 2005", []),
    ("0 290 200 81; 0 222 230 969", ["R170"]), ("0 290 200 80; 0 222 230 970", []),
    ("1 290 010 431; 1 244 010 1969", ["R175"]), ("1 290 010 430; 1 244 010 1970", []),
])
def test_a_sum_breaks_its_rule_just_beyond_the_tolerance(change, rule_ids):
    assert found(change) == rule_ids


@pytest.mark.parametrize("drawn, rule_ids", [
    ("1 800 870 -30", ["R100", "R110", "R135"]), ("1 244 010 30", ["R105", "R110", "R130", "R135"]),
    ("1 244 010 0", ["R100", "R105", "R110", "R130", "R135"]),
    ("0 222 230 1\n0 870 910 -1", []), ("0 222 230 1", ["R090"]),
])
def test_one_side_alone_is_a_fault_where_there_are_lines_at_all(drawn, rule_ids):
    assert findings(drawn, year=2021) == rule_ids


@pytest.mark.parametrize("drawn, rule_ids", [
    ("1 465 010 31\n1 840 800 -31\n1 800 870 -1", ["R185"]), ("1 465 010 30\n1 840 800 -29\n1 800 870 -1", []),
    ("1 570 010 2\n1 840 800 -1\n1 800 870 -1\n0 465 200 31\n0 570 700 -31", ["R180"]),
    ("1 570 010 2\n1 840 800 -1\n1 800 870 -1\n0 465 200 30\n0 570 700 -30", []),
])
def test_county_co_operation_is_distributed(drawn, rule_ids):
    assert findings(drawn, year=2021, form="0C", region="340000") == rule_ids


@pytest.mark.parametrize("drawn, region, rule_ids", [
    ("1 252 298 111\n1 252 798 -100", "030100", ["R126"]), ("1 252 298 110\n1 252 798 -100", "030100", []),
    ("0 252 298 111\n0 252 798 -100", "030101", ["R127"]), ("0 252 298 110\n0 252 798 -100", "030101", []),
    ("1 252 298 111\n1 252 798 -100", "201200", []),
])
def test_oslos_districts_sell_what_they_buy_from_each_other(drawn, region, rule_ids):
    assert [rule for rule in findings(drawn, year=2021, region=region) if rule in ("R126", "R127")] == rule_ids


def test_a_district_of_oslo_need_not_balance():
    assert findings("1 252 010 5000\n0 222 230 100", year=2021, region="030101") == []
    assert "R110" in findings("1 252 010 5000", year=2021, region="030100")


@pytest.mark.parametrize("region, missing", [
    ("201200", ["R130", "R135"]), ("211100", []), ("501400", ["R130"]),
])
def test_longyearbyen_has_no_taxes_and_one_municipality_no_block_grant(region, missing):
    drawn = "1 244 010 100\n1 244 700 -100"
    assert findings(drawn, year=2021, region=region) == missing


@pytest.mark.parametrize("quarter, levels", [
    ("1", {"R105": "advarsel", "R130": "advarsel", "R135": "advarsel"}),
    ("4", {"R105": "advarsel", "R130": "advarsel", "R135": "advarsel"}),
    (None, {"R105": "feil", "R110": "feil", "R130": "feil", "R135": "feil"}),
])
def test_a_quarter_is_no_annual_account_so_sums_are_off_or_warn(quarter, levels):
    found_ = check_accounts(lines("1 244 010 5000", 2021, quarter=quarter), file="x")
    assert {finding.rule_id: finding.level for finding in found_} == levels


@pytest.mark.parametrize("form, level", [("0A", "feil"), ("0I", "informasjon")])
def test_missing_depreciation_is_graver_for_the_municipality_than_for_a_company(form, level):
    account_class = "1" if form == "0A" else "3"
    found_ = check_accounts(lines(f"{account_class} 860 990 0\n{account_class} 252 590 0", 2021, form=form), file="x")
    assert {finding.rule_id: finding.level for finding in found_ if finding.rule_id in ("R145", "R150")} == {
        "R145": level, "R150": level}


def test_a_difference_is_told_with_both_sides():
    [finding] = check_accounts(lines(WHOLE.replace("1 244 010  2000", "1 244 010 12000"), 2021), file="alta.dat")
    assert "utgifter 13\u00a0700 og inntekter \u22123\u00a0700 gir differansen 10\u00a0000" in finding.message
    assert finding.found == "10\u00a0000"
