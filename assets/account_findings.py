"""SSB's control rules over many deliveries of accounts at once, as they stand in raw.

The database says which rules can have anything to say of which deliveries; only those are judged, with the lines they are
about. What is found is what `check_accounts` finds in each file by itself.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from expectations.finding import Finding
from expectations.kostra_accounts import check_accounts, screen
from expectations.kostra_accounts.account_line import AccountLine, Accounts
from expectations.kostra_accounts.check import findings_of
from expectations.kostra_accounts.screen import Heading
from warehouse.database import Connection, rows

IN_HAND = 20
"""Deliveries whose lines are held in memory together."""

Suspected = dict[int, list[str]]


def account_findings(connection: Connection, files: Mapping[int, str]) -> dict[int, list[Finding]]:
    """What the rules find in each delivery (by id, with its file's name), in rule order; a delivery without findings is
    left out."""
    found = {}
    headings = (Heading(*row) for row in rows(connection, screen.HEADINGS, [list(files)]))
    about = {delivery_id: screen.accounts_of(list(own))
             for delivery_id, own in groupby(headings, lambda heading: heading.delivery_id)}
    for kind, deliveries in _by_kind(about).items():
        if kind is None:
            found |= {delivery_id: _of_whole(connection, delivery_id, files[delivery_id]) for delivery_id in deliveries}
            continue
        suspected = suspected_rules(connection, kind, deliveries)
        for delivery_id, lines in _lines_of(connection, kind, suspected):
            found[delivery_id] = findings_of(
                replace(about[delivery_id], lines=lines), files[delivery_id], only=suspected[delivery_id])
    return {delivery_id: findings for delivery_id, findings in found.items() if findings}


def suspected_rules(connection: Connection, kind: Accounts, deliveries: Collection[int]) -> Suspected:
    """The rules each of these deliveries of one kind may break; a delivery that breaks none is left out."""
    ids = list(deliveries)
    never = set()
    if asked := screen.line_rules(kind):
        [broken] = rows(connection, screen.looks_select(kind, asked), [ids])
        never = {rule_id for rule_id, is_broken in zip(asked, broken, strict=True) if not is_broken}
    left = [rule_id for rule_id in screen.rules_in_force(kind) if rule_id not in never]
    if not left:
        return {}
    suspected = {delivery_id: [rule_id for rule_id, is_broken in zip(left, broken, strict=True) if is_broken]
                 for delivery_id, *broken in rows(connection, screen.screen_select(kind, left), [ids])}
    return {delivery_id: rule_ids for delivery_id, rule_ids in sorted(suspected.items()) if rule_ids}


def _by_kind(about: Mapping[int, Accounts | None]) -> dict[Accounts | None, list[int]]:
    kinds: dict[Accounts | None, list[int]] = {}
    for delivery_id, accounts in about.items():
        kinds.setdefault(accounts and screen.kind_of(accounts), []).append(delivery_id)
    return kinds


def _lines_of(connection: Connection, kind: Accounts,
              suspected: Suspected) -> Iterator[tuple[int, tuple[AccountLine, ...]]]:
    """Each suspected delivery with the lines its rules are about."""
    ids = list(suspected)
    for start in range(0, len(ids), IN_HAND):
        some = ids[start:start + IN_HAND]
        rule_ids = sorted({rule_id for delivery_id in some for rule_id in suspected[delivery_id]})
        found = rows(connection, screen.lines_select(kind, rule_ids), [some])
        for delivery_id, own in groupby(found, lambda row: row[0]):
            yield delivery_id, tuple(AccountLine(*row[1:]) for row in own)


def _of_whole(connection: Connection, delivery_id: int, file: str) -> list[Finding]:
    """A delivery about several things, judged by all rules with all its lines."""
    lines = rows(connection, f"SELECT {', '.join(AccountLine._fields)} FROM {screen.TABLE} WHERE delivery_id = ? "
                 "ORDER BY line_number", [delivery_id])
    return check_accounts((AccountLine(*line) for line in lines), file=file)
