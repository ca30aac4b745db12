"""All rules in force, applied to one file."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from expectations.finding import Finding
from expectations.kostra_accounts import (
    balance_rules,
    church_rules,
    code_rules,
    combination_rules,
    depreciation_rules,
    health_rules,
    legacy_rules,
    record_rules,
    sum_rules,
)
from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, as_line
from expectations.kostra_accounts.account_rule import AccountRule
from expectations.kostra_accounts.rule_table import levels_in_force

SOURCE = "kostra_accounts"

RULES: dict[str, AccountRule] = {
    **record_rules.RULES, **code_rules.RULES, **combination_rules.RULES, **sum_rules.RULES,
    **depreciation_rules.RULES, **balance_rules.RULES, **legacy_rules.RULES, **church_rules.RULES,
    **health_rules.RULES,
}


def check_accounts(lines: Iterable[AccountLine | Mapping[str, Any]], *, file: str, form: str | None = None,
                   year: int | None = None, quarter: str | None = None, region: str | None = None) -> list[Finding]:
    """The findings of one file's lines (`AccountLine`, or rows of `raw.kostra_accounts_line`), in rule order.

    `form`, `year`, `quarter` and `region` say what the file was announced as: form also as `0AK4`, quarter "" for
    annual accounts, region with four digits or six. What is not given is taken from the first line.
    The findings' unit is the municipality code as the file writes it; `file` stands in every message.
    """
    accounts = _accounts(tuple(as_line(line) for line in lines), form, year, quarter, region)
    return [] if accounts is None else findings_of(accounts, file)


def findings_of(accounts: Accounts, file: str, only: Container[str] | None = None) -> list[Finding]:
    """What the rules in force find, in rule order; `only` leaves out rules known to find nothing."""
    return [
        _finding(rule_id, level, violation, accounts, file)
        for rule_id, level in levels_in_force(accounts.form_code, accounts.year, accounts.quarter).items()
        if only is None or rule_id in only
        for violation in RULES[rule_id](accounts if rule_id in record_rules.RULES else accounts.of_its_kind)
    ]


def _accounts(lines: tuple[AccountLine, ...], form: str | None, year: int | None, quarter: str | None,
              region: str | None) -> Accounts | None:
    if not lines:
        return None
    first = lines[0]
    announced = form or first.form_code
    if quarter is None:
        quarter = announced[3:] if announced[2:3] == "K" else first.quarter
    return Accounts(lines, announced[:2], year or first.accounting_year, quarter or None,
                    (region or first.region_code).ljust(6, "0"))


def _finding(rule_id: str, level: str, violation: Violation, accounts: Accounts, file: str) -> Finding:
    period = f"{accounts.year}-K{accounts.quarter}" if accounts.quarter else str(accounts.year)
    return Finding(
        rule_id, level, f"{file}: {violation.message}", unit_code=accounts.region_code[:4], period=period,
        source=SOURCE, file=file, line_numbers=violation.line_numbers, found=violation.found,
        expected=violation.expected)
