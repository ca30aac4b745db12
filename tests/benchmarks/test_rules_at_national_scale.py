"""All rules at national scale, beside the same claims as bare SQL in the same database with the same threads.

357 municipalities: twenty years of accounts (20 million lines), eight tertial reports, four data requests, ledger,
invoices, Bufetat's figures and key figures. Times are printed, never asserted; asserted is that both find as much.
"""

import os
import time
from collections import Counter
from dataclasses import dataclass

import pytest

from assets.account_findings import account_findings
from expectations.rule import all_rules
from tests.benchmarks.national_accounts import MUNICIPALITIES, YEARS, fill_accounts
from tests.benchmarks.national_house import make_national
from tests.benchmarks.plain_account_rules import RULES as PLAIN_ACCOUNT_RULES
from tests.benchmarks.plain_rules import DENIED, counted
from warehouse.database import Connection, one, records, writing

SLOWEST = 10
ROUNDS = 3
"""Times each rule is timed on either side, by turns; the least disturbed one counts."""

ROOM = "2GB"
"""Memory for making the house; the rules have what the platform has."""


@dataclass(frozen=True)
class Measured:
    """One or more rules: seconds and processor seconds, ours and of bare SQL, and how many findings."""

    name: str
    ours: float
    bare: float
    our_processor: float
    bare_processor: float
    findings: int

    def row(self) -> str:
        return (f"{self.name:<40}{self.ours:>9.2f} s{self.bare:>9.2f} s{self.ours / self.bare:>9.2f}"
                f"{self.our_processor / self.bare_processor:>14.2f}{self.findings:>9}")


def timed(work) -> tuple[float, float, object]:
    """Seconds, processor seconds, and what came of it, of the least disturbed of several rounds."""
    best = None
    for _ in range(ROUNDS):
        start, processor = time.perf_counter(), time.process_time()
        result = work()
        spent = time.perf_counter() - start, time.process_time() - processor, result
        best = spent if best is None or spent[0] < best[0] else best
    return best


def of_accounts(connection: Connection) -> Measured:
    """SSB's control rules over every delivery, worded, beside one SELECT a rule that counts deliveries."""
    files = {delivery_id: f"{delivery_id}.dat" for delivery_id in range(1, MUNICIPALITIES * YEARS + 1)}
    ours, our_processor, found = timed(lambda: account_findings(connection, files))
    bare, bare_processor, theirs = timed(
        lambda: {rule_id: one(connection, select) for rule_id, select in PLAIN_ACCOUNT_RULES.items()})
    broken = Counter(rule_id for findings in found.values() for rule_id in {finding.rule_id for finding in findings})
    assert theirs == {rule_id: broken.get(rule_id, 0) for rule_id in theirs} and set(broken) <= set(theirs)
    return Measured("SSBs kontroller av regnskap", ours, bare, our_processor, bare_processor, sum(map(len, found.values())))


def across_deliveries(connection: Connection) -> list[Measured]:
    """Each rule of `expectations/rules`: its rows judged and worded, beside one SELECT that counts what is violated."""
    measured = []
    for rule in all_rules():
        ours, our_processor, found = timed(lambda rule=rule: list(rule.findings(records(connection, rule.select))))
        bare, bare_processor, count = timed(lambda rule=rule: one(connection, counted(rule.rule_id, rule.select)))
        assert count == len(found) if rule.rule_id in DENIED else count >= len(found), rule.rule_id
        measured.append(Measured(rule.rule_id, ours, bare, our_processor, bare_processor, len(found)))
    return measured


def together(name: str, parts: list[Measured]) -> Measured:
    return Measured(name, *(sum(getattr(part, field) for part in parts) for field in (
        "ours", "bare", "our_processor", "bare_processor", "findings")))


@pytest.mark.benchmark
def test_all_rules_at_national_scale_beside_bare_sql(copied_home, capsys):
    with writing(copied_home) as connection:
        bound = one(connection, "SELECT current_setting('memory_limit')")
        connection.execute(f"SET memory_limit = '{ROOM}'")
        connection.execute("DELETE FROM raw.kostra_accounts_line")
        lines = fill_accounts(connection)
        counts = make_national(connection)
        connection.execute(f"SET memory_limit = '{bound}'")
        accounts, rules = of_accounts(connection), across_deliveries(connection)
    across = together(f"{len(rules)} regler på tvers av kildene", rules)
    with capsys.disabled():
        print(f"\n{MUNICIPALITIES} kommuner, {lines} regnskapslinjer, {counts['core.form_value']} felt i skjemaer, "
              f"{counts['core.ledger_line']} linjer i hovedbok, {os.cpu_count()} kjerner")
        print(f"{'':<40}{'vår':>11}{'ren SQL':>11}{'forhold':>9}{'på prosessor':>14}{'funn':>9}")
        for measured in (together("alle regler", [accounts, across]), accounts, across):
            print(measured.row())
        print(f"Uten fornektelse skrevet for hånd, telt som de er: {len({one_rule.name for one_rule in rules} - DENIED)}")
        print(f"De {SLOWEST} tregeste:")
        for measured in sorted(rules, key=lambda one_rule: -one_rule.ours)[:SLOWEST]:
            print(measured.row())
    assert lines > 19_000_000 and counts["core.account_line"] > 15_000_000
