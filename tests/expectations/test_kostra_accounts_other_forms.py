"""Church councils (0F, 0G) and health trusts (0X, 0Y): drawn accounts with the rules that speak of them."""

import pytest

from expectations.kostra_accounts import check_accounts
from expectations.kostra_accounts.account_line import AccountLine

CHURCH = """
    R113 | 3 041 010 500; 3 041 830 -500                 | 3 041 010 500; 3 041 600 -500
    R113 | 4 041 010 5                                   | 3 041 010 5; 3 041 830 0
    R143 | 3 041 590 80; 3 045 990 -110                  | 3 041 590 80; 3 045 990 -111
    R143 | 4 041 590 80; 3 046 990 -200                  | 3 042 590 80
    R200 | 3 089 500 5; 3 089 830 5; 4 089 910 5         | 3 089 499 5
    R200 | 3 041 499 5                                   | 3 089 981 0
    R210 | 3 041 380 70; 4 043 780 -40                   | 3 041 380 70; 3 043 780 -39
    R210 | 3 041 370 99                                  | 3 041 780 -31
    R215 | 3 041 390 31; 3 045 790 -1                    | 3 041 390 31
    R215 | 3 041 390 -30                                 | 3 041 790 -31
    R220 | 3 041 465 200; 3 044 865 -200                 | 3 041 465 200; 3 044 865 -169
    R220 | 3 041 460 200                                 | 3 044 865 99
    R095 | 4 041 230 40; 4 041 910 -10                   | 4 041 230 41; 4 041 910 -10
    R100 | 3 041 010 1                                   | 3 041 830 -1
    R110 | 3 041 010 50; 3 041 830 -20                   | 3 041 010 51; 3 041 830 -20
    R012 | 3 041 095 5                                   | 3 041 075 5
"""
HEALTH = """
    R500 | 0X 928033821 400 300 5; 0X 987654321 600 300 5 | 0X 987654321 400 300 5            | advarsel
    R510 | 0X 987654321 620 320 -5; 0X 987654321 400 310 5 | 0X 987654321 400 320 5           | advarsel
    R520 | 0Y 987654321 - 190 1; 0Y 987654321 - 200 -1     | 0Y 987654321 - 190 0             | feil
    R520 | 0Y 987654321 - 191 -1                           | 0Y 987654321 - 195 -4            | feil
    R530 | 0X 987654321 600 300 -900; 0X 987654321 600 500 1000 | 0X 987654321 600 300 101    | advarsel
    R540 | 0Y 987654321 - 100 90; 0Y 987654321 - 210 -40; 0Y 987654321 - 999 99 | 0Y 987654321 - 100 51 | advarsel
    R013 | 0Y 987654321 - 100 5                            | 0Y 987654321 - 101 5             | feil
    R011 | 0Y 987654321 - 100 5                            | 0Y 987654321 10 100 5            | feil
    R012 | 0X 987654321 600 300 5                          | 0X 987654321 600 302 5           | feil
"""


def rows(table):
    return [[part.strip() for part in row.split("|")] for row in table.strip().splitlines()]


def levels(rule_id, lines):
    return [finding.level for finding in check_accounts(lines, file="x.dat") if finding.rule_id == rule_id]


def church(drawn):
    return [AccountLine(number, "0F", 2022, None, "201200", "987654321", None, *row.split()[:3], int(row.split()[3]))
            for number, row in enumerate(drawn.split(";"), 1)]


def health(drawn):
    cut = [row.split() for row in drawn.split(";")]
    return [AccountLine(number, form, 2022, None, "030100", org, None, " ", "" if function == "-" else function, species,
                        int(amount)) for number, (form, org, function, species, amount) in enumerate(cut, 1)]


@pytest.mark.parametrize("rule_id, innocent, guilty", rows(CHURCH))
def test_a_church_councils_accounts_that_cannot_be_true_are_a_fault(rule_id, innocent, guilty):
    assert (levels(rule_id, church(innocent)), levels(rule_id, church(guilty))) == ([], ["feil"])


@pytest.mark.parametrize("rule_id, innocent, guilty, level", rows(HEALTH))
def test_a_health_trusts_accounts_that_cannot_be_true_are_told(rule_id, innocent, guilty, level):
    assert (levels(rule_id, health(innocent)), levels(rule_id, health(guilty))) == ([], [level])


@pytest.mark.parametrize("sector, level", [("   ", []), ("110", ["feil"]), ("000", ["feil"])])
def test_the_balance_of_a_church_council_has_no_sectors(sector, level):
    line = AccountLine(1, "0G", 2022, None, "201200", "987654321", None, "5", "10", sector, 5)
    assert levels("R013", [line]) == level


@pytest.mark.parametrize("rule_id", ["R085", "R090", "R105", "R130", "R135", "R155", "R016"])
def test_what_only_municipalities_must_post_is_not_asked_of_a_church_council(rule_id):
    assert levels(rule_id, church("3 041 010 500; 4 041 230 5; 3 041 590 99")) == []
