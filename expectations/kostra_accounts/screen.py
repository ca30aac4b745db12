"""Which rules can have anything to say of which deliveries: the SQL that asks raw of many deliveries at once.

Deliveries are asked together when the same rules hold for them in the same way: they are of one kind, `Accounts` without
lines. Which rules that no line may break are broken by some line of the kind is seen among the few ways a line can look;
only those are then asked of every line. Sums are asked of every delivery. Nothing here opens a database; each SELECT has
one parameter, the list of deliveries.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from expectations.kostra_accounts.account_line import AccountLine, Accounts
from expectations.kostra_accounts.check import RULES
from expectations.kostra_accounts.code_lists import form_codes
from expectations.kostra_accounts.code_rules import TRONDHEIM
from expectations.kostra_accounts.line_picks import ASKED_FOR, TABLE, Picks
from expectations.kostra_accounts.rule_table import levels_in_force
from expectations.kostra_accounts.sum_rules import WITHOUT_BLOCK_GRANT, WITHOUT_TAXES

ANY_REGION = "000000"
"""Stands for every region that no rule names."""
NAMED_REGIONS = frozenset({TRONDHEIM, *WITHOUT_TAXES, *WITHOUT_BLOCK_GRANT})

HEADINGS = f"""
SELECT delivery_id, form_code, accounting_year, quarter, region_code, org_number
FROM {TABLE} WHERE {ASKED_FOR} GROUP BY ALL ORDER BY ALL
"""


class Heading(NamedTuple):
    """What lines of a delivery are about (a row of `HEADINGS`); a delivery may have several."""

    delivery_id: int
    form_code: str
    year: int
    quarter: str | None
    region_code: str
    org_number: str | None


def accounts_of(headings: Sequence[Heading]) -> Accounts | None:
    """A delivery's accounts without their lines; None when it is about several things, and must be judged whole."""
    first = headings[0]
    if any(heading[1:5] != first[1:5] for heading in headings):
        return None
    return Accounts((), *first[1:5], known_org_numbers=frozenset(heading.org_number for heading in headings))


def kind_of(accounts: Accounts) -> Accounts:
    """The accounts made equal to all others that every rule treats alike."""
    names = accounts.is_oslo or accounts.region_code in NAMED_REGIONS | form_codes("loan_fund_region", accounts.form_code)
    of_funds = form_codes("loan_fund_org_number", accounts.form_code) if accounts.is_loan_fund else frozenset()
    return replace(accounts, region_code=accounts.region_code if names else ANY_REGION, known_org_numbers=of_funds)


def rules_in_force(kind: Accounts) -> list[str]:
    return list(levels_in_force(kind.form_code, kind.year, kind.quarter))


def is_of_lines(rule_id: str) -> bool:
    """Whether the rule is broken wherever there is a line it is about."""
    return RULES[rule_id].broken is None


def looks_select(kind: Accounts, rule_ids: Iterable[str]) -> str:
    """One row: for each rule of lines, whether any line of these deliveries breaks it."""
    columns = ", ".join(_lines(kind, rule_id).any_sql for rule_id in rule_ids)
    looks = _seen(kind, "DISTINCT account_class, function_code, species_code, org_number, company_number, "
                  "sign(amount_thousand_nok) AS amount_thousand_nok")
    return f"SELECT {columns} FROM ({looks})"


def broken_by_lines_select(kind: Accounts, rule_ids: Sequence[str]) -> str:
    """One row for each delivery with such a line: its id, and for each rule of lines whether one breaks it."""
    columns = ", ".join(_lines(kind, rule_id).any_sql for rule_id in rule_ids)
    return (f"SELECT delivery_id, {columns} FROM ({_seen(kind, '*')}) WHERE {_about(kind, rule_ids)} "
            "GROUP BY delivery_id")


def broken_by_sums_select(kind: Accounts, rule_ids: Iterable[str]) -> str:
    """One row a delivery: its id, and for each rule of sums whether it may be broken."""
    columns = ", ".join(RULES[rule_id].broken(kind) for rule_id in rule_ids)
    return f"SELECT delivery_id, {columns} FROM ({_seen(kind, '*')}) GROUP BY delivery_id"


def lines_select(kind: Accounts, suspected: Mapping[int, Collection[str]]) -> str:
    """The lines the rules each delivery is suspected of are about: the delivery, then what `AccountLine` holds.

    They come by delivery, in the order they stand in it.
    """
    alike: dict[tuple[str, ...], list[int]] = {}
    for delivery_id, rule_ids in suspected.items():
        alike.setdefault(tuple(sorted(rule_ids)), []).append(delivery_id)
    wanted = " ".join(f"WHEN {number} THEN {_about(kind, rule_ids)}" for number, rule_ids in enumerate(alike))
    numbered = ", ".join(f"({delivery_id}, {number})" for number, ids in enumerate(alike.values()) for delivery_id in ids)
    return (f"SELECT delivery_id, {', '.join(AccountLine._fields)} FROM ({_seen(kind, '*')}) "
            f"INNER JOIN (VALUES {numbered}) AS suspected (delivery_id, suspicion) USING (delivery_id) "
            f"WHERE CASE suspicion {wanted} END ORDER BY delivery_id, line_number")


def _lines(kind: Accounts, rule_id: str) -> Picks:
    return RULES[rule_id].lines(kind)


def _about(kind: Accounts, rule_ids: Iterable[str]) -> str:
    return " OR ".join(_lines(kind, rule_id).sql for rule_id in rule_ids)


def _seen(kind: Accounts, columns: str) -> str:
    """The lines with what their form makes of their class."""
    classes = ((kind.form.operation_class, "is_operation"), (kind.form.investment_class, "is_investment"))
    of_form = ", ".join(f"account_class = '{code}' AS {name}" if code else f"false AS {name}" for code, name in classes)
    return f"SELECT {columns}, {of_form} FROM {TABLE} WHERE {ASKED_FOR}"
