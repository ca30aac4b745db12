"""L07–L24: the annual 0A up to 2019."""

import pytest

from expectations.kostra_accounts import check_accounts
from expectations.kostra_accounts.account_line import AccountLine


def findings(drawn, *, year=2018, form="0A", quarter=None, region="201200"):
    lines = [AccountLine(number, form, year, quarter, region, None, None, *row.split()[:3], int(row.split()[3]))
             for number, row in enumerate(drawn.split(";"), 1)]
    return [finding for finding in check_accounts(lines, file="x.dat") if finding.rule_id.startswith("L")]


def found(drawn, **about):
    return [finding.rule_id for finding in findings(drawn, **about)]


CASES = """
    rule | guilty | innocent
    L07  | 1 252 333 9; 1 252 750 -9             | 1 252 330 9; 1 252 750 -9
    L07  | 1 252 589 9; 1 252 750 -9             | 1 252 589 0; 1 252 010 0
    L08  | 0 800 910 9; 0 222 670 -9             | 1 800 870 9; 1 222 700 -9
    L08  | 0 860 910 0                           | 0 870 910 0
    L09  | 1 222 670 -9; 1 222 010 9             | 0 222 670 -9; 0 222 200 9
    L09  | 1 880 958 0                           | 1 880 950 0
    L10  | 0 222 240 9; 0 222 700 -9             | 1 222 240 9; 1 222 700 -9
    L10  | 0 800 875 0                           | 0 222 810 0
    L12  | 1 244 010 30                          | 1 244 010 29
    L12  | 0 222 200 31; 0 222 700 -1            | 0 222 200 30; 0 222 700 -1
    L14  | 1 252 290 60; 1 252 790 -10; 1 252 700 -50 | 1 252 290 59; 1 252 790 -10; 1 252 700 -49
    L15  | 1 880 570 30; 1 252 700 -30           | 1 880 570 29; 1 252 700 -29
    L15  | 1 880 570 90; 0 880 970 -60; 1 252 700 -90; 0 222 200 60 | 1 880 570 90; 0 880 970 -90; 1 252 700 -90; 0 222 200 90
    L16  | 1 252 590 90; 1 860 990 -60; 1 252 700 -30 | 1 252 590 90; 1 860 990 -61; 1 252 700 -29
    L16  | 1 870 590 9; 1 860 990 -9             | 1 252 590 9; 1 860 990 -9
    L16  | 1 252 590 9; 1 870 990 -9             | 1 252 590 9; 1 870 900 -9
    L17  | 1 190 010 30; 1 252 700 -30           | 1 190 010 30; 1 190 690 -30
    L17  | 0 190 200 30; 0 222 700 -30           | 0 190 200 29; 0 222 700 -29
    L18  | 1 290 010 30; 1 252 700 -30           | 1 290 010 30; 1 290 750 -30
    L18  | 0 290 200 30; 0 222 700 -30           | 0 290 200 29; 0 222 700 -29
    L19  | 1 252 490 1; 1 252 700 -1             | 1 252 490 1; 1 252 700 -2; 1 251 490 -1; 1 251 010 2
    L20  | 1 252 010 0                           | 1 252 010 1
    L22  | 1 252 230 1                           | 1 222 230 1
    L22  | 0 252 260 0                           | 0 261 260 0
    L23a | 1 841 729 1                           | 0 841 729 1
    L24  | 1 252 980 1                           | 1 899 980 1
    L24  | 1 899 010 1                           | 1 899 580 1
"""


def drawn():
    return [[part.strip() for part in row.split("|")] for row in CASES.strip().splitlines()[1:]]


@pytest.mark.parametrize("rule_id, guilty, innocent", drawn())
def test_a_fault_is_found_and_its_neighbour_is_not(rule_id, guilty, innocent):
    year = 2015 if rule_id == "L14" else 2018
    assert rule_id in found(guilty, year=year)
    assert rule_id not in found(innocent, year=year)


@pytest.mark.parametrize("rule_id, guilty, innocent", drawn())
def test_the_older_rules_are_silent_about_2020_and_about_quarters_and_other_forms(rule_id, guilty, innocent):
    assert found(guilty, year=2020) == []
    assert found(guilty, year=2018, quarter="4") == []
    assert found(guilty, year=2018, form="0C", region="200000") == []


@pytest.mark.parametrize("rule_id, guilty, innocent", drawn())
def test_the_levels_are_those_of_their_time(rule_id, guilty, innocent):
    expected = "informasjon" if rule_id in ("L20", "L22") else "kritisk_feil"
    levels = {finding.level for finding in findings(guilty, year=2015) if finding.rule_id == rule_id}
    assert levels == {expected}


def test_operation_and_investment_out_of_balance_are_one_finding():
    [finding] = [each for each in findings("1 244 010 50; 0 222 200 40") if each.rule_id == "L12"]
    assert "driftsregnskapet går ikke i null" in finding.message
    assert "investeringsregnskapet går ikke i null" in finding.message
    assert finding.found == "50 og 40"


def test_a_district_of_oslo_need_not_balance():
    assert found("1 252 010 5000; 1 290 010 40", region="030101") == []


def test_no_two_findings_of_a_file_have_the_same_identity():
    broken = ";".join(guilty for _, guilty, _ in drawn())
    identities = [finding.finding_id for finding in findings(broken, year=2015)]
    assert len(identities) == len(set(identities)) > 10
