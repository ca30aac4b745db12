"""R016, R115–R125 and R190: balance sheets."""

import pytest

from expectations.kostra_accounts import check_accounts
from expectations.kostra_accounts.account_line import AccountLine


def found(drawn, year=2021, quarter=None):
    lines = [AccountLine(number, "0B", year, quarter, "201200", None, None, "2", *row.split()[:2], int(row.split()[2]))
             for number, row in enumerate(drawn.split(";"), 1)]
    return [(finding.rule_id, finding.level) for finding in check_accounts(lines, file="x.dat")]


@pytest.mark.parametrize("drawn, rule_ids", [
    ("10 000 900; 32 000 -900", []), ("10 000 910; 32 000 -900", []), ("10 000 911; 32 000 -900", ["R125"]),
    ("10 000 900; 5900 000 5; 32 000 -905", []), ("10 000 900; 5900 000 -5; 32 000 -895", ["R016"]),
    ("10 000 900; 5970 000 5; 32 000 -905", []), ("10 000 900; 5970 000 -5; 32 000 -895", ["R016"]),
    ("10 000 5; 32 000 -5; 10 080 -10; 40 000 10", ["R115", "R120", "R125"]), ("10 000 5; 32 000 -5; 10 080 10", []),
    ("32 000 -9", ["R125"]), ("10 000 9", ["R125"]), ("32 000 -11", ["R125"]), ("10 000 0; 32 000 -9", ["R115", "R125"]),
    ("10 000 9; 32 000 0", ["R120", "R125"]), ("10 000 4; 32 000 5", ["R120", "R125"]), ("10 000 1; 32 000 -1", []),
    ("9100 000 5; 9999 000 -5", ["R125"]), ("10 000 1; 32 000 -11; 9100 000 7; 9999 000 3", []),
    ("10 000 9; 32 000 -9; 9100 000 61; 9999 000 -50", ["R190"]),
    ("10 000 9; 32 000 -9; 9100 000 60; 9999 000 -50", []),
])
def test_a_balance_sheet_that_cannot_be_true_is_a_finding(drawn, rule_ids):
    assert [rule_id for rule_id, _ in found(drawn)] == rule_ids
    assert {level for _, level in found(drawn)} <= {"feil"}


def test_sums_of_a_quarterly_balance_are_not_asked_for():
    assert found("10 000 911; 32 000 -900", quarter="3") == []
