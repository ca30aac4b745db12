"""SSB's control rules over many deliveries of accounts at once, as they stand in raw.

The database says which rules can have anything to say of which deliveries; only those are judged, with the lines they are
about. What is found is what `check_accounts` finds in each file by itself.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import compress, groupby
from operator import itemgetter

from expectations.finding import Finding
from expectations.kostra_accounts import check_accounts, screen
from expectations.kostra_accounts.account_line import AccountLine, Accounts
from expectations.kostra_accounts.check import findings_of
from expectations.kostra_accounts.screen import Heading
from warehouse.database import Connection, rows, streamed_rows

Suspected = dict[int, set[str]]


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
    ids, in_force = list(deliveries), screen.rules_in_force(kind)
    of_lines = [rule_id for rule_id in in_force if screen.is_of_lines(rule_id)]
    of_sums = [rule_id for rule_id in in_force if not screen.is_of_lines(rule_id)]
    [seen] = rows(connection, screen.looks_select(kind, of_lines), [ids])
    by_lines = list(compress(of_lines, seen))
    broken: dict[int, set[str]] = {}
    for rule_ids, select in ((by_lines, screen.broken_by_lines_select), (of_sums, screen.broken_by_sums_select)):
        for delivery_id, *are_broken in rows(connection, select(kind, rule_ids), [ids]) if rule_ids else ():
            broken.setdefault(delivery_id, set()).update(compress(rule_ids, are_broken))
    return {delivery_id: own for delivery_id, own in sorted(broken.items()) if own}


def _by_kind(about: Mapping[int, Accounts | None]) -> dict[Accounts | None, list[int]]:
    kinds: dict[Accounts | None, list[int]] = {}
    for delivery_id, accounts in about.items():
        kinds.setdefault(accounts and screen.kind_of(accounts), []).append(delivery_id)
    return kinds


def _lines_of(connection: Connection, kind: Accounts,
              suspected: Suspected) -> Iterator[tuple[int, tuple[AccountLine, ...]]]:
    """Each suspected delivery with the lines its rules are about."""
    if not suspected:
        return
    found = streamed_rows(connection, screen.lines_select(kind, suspected), [list(suspected)])
    for delivery_id, own in groupby(found, itemgetter(0)):
        yield delivery_id, tuple(AccountLine(*row[1:]) for row in own)


def _of_whole(connection: Connection, delivery_id: int, file: str) -> list[Finding]:
    """A delivery about several things, judged by all rules with all its lines."""
    lines = rows(connection, f"SELECT {', '.join(AccountLine._fields)} FROM {screen.TABLE} WHERE delivery_id = ? "
                 "ORDER BY line_number", [delivery_id])
    return check_accounts((AccountLine(*line) for line in lines), file=file)
