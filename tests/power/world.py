"""A consistent warehouse in memory where one fault at a time is put into one delivery, judged, and taken back.

What a fault changes is made again from the changed raw rows, in the order of the SQL files; what it does not reach, and
the rules that do not read what it reached, are left alone. All of it happens in a transaction that is rolled back.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from assets.sql_files import SqlTable, in_order, sql_tables
from expectations.finding import Finding
from expectations.rule import Rule, all_rules
from tests.power.delivered import BOOKS, Change, place_number_of
from warehouse.arrow import arrow_table
from warehouse.contracts import RAW_BY_STEM
from warehouse.database import Connection, append, one, records, rows
from warehouse.tables import LAYERS

Name = tuple[str, str]
Key = tuple[str, str, str, str]
Value = tuple[float | None, str]
Signature = tuple[Any, ...]

_TABLE = re.compile(rf"\b({'|'.join(LAYERS)})\.([a-z][a-z0-9_]*)\b")
_CORRECTED = re.compile(r"\{corrected:([a-z_]+)\}")
# They follow from the register alone, and no fault here touches the register.
_OF_THE_REGISTER = (("core", "correction"), ("core", "delivery_in_force"))


class Making(NamedTuple):
    """How one table is made again, and the sum of its rows when nothing is wrong."""

    table: SqlTable
    reads: frozenset[Name]
    select: str
    sum_at_rest: tuple


class World:
    """A warehouse in memory: what it says when nothing is wrong, and what it says with a fault in it."""

    def __init__(self, connection: Connection, rules: Sequence[Rule] | None = None,
                 books_of: Sequence[int] | None = None) -> None:
        """With `books_of` only these deliveries of accounts and ledgers are here: a fault in the others' is another
        world's, and theirs are nine tenths of the rows. Raises ValueError when corrections are in force."""
        self.connection = connection
        self.rules = tuple(all_rules() if rules is None else rules)
        connection.execute("SET threads = 1")
        if one(connection, "SELECT count(*) FROM core.correction"):
            raise ValueError("kraften måles på leveranser uten rettelser")
        makings = [Making(table, frozenset(table.reads), _uncorrected(table), ()) for table in in_order()
                   if (table.schema, table.name) not in _OF_THE_REGISTER and table.schema != "marts"]
        if books_of is not None:
            self._keep_books(books_of, makings)
        self.makings = [making._replace(sum_at_rest=self._sum_of(making.table)) for making in makings]
        self._reads = {rule.rule_id: frozenset(_TABLE.findall(re.sub(r"--[^\n]*", "", rule.select)))
                       for rule in self.rules}
        self.values: dict[Key, Value] = self.values_of(sql_tables("indicators"))
        self._keys_of: dict[str, set[Key]] = defaultdict(set)
        for key in self.values:
            self._keys_of[key[0]].add(key)
        self.findings: dict[str, dict[str, Signature]] = {
            rule.rule_id: {finding.finding_id: signature(finding) for finding in self._findings_of(rule)}
            for rule in self.rules}

    @contextmanager
    def with_changes(self, stem: str, changes: Sequence[Change]) -> Iterator["ChangedWorld"]:
        """The world with these rows in place of those delivered; afterwards it is as it was."""
        self.connection.execute("BEGIN")
        try:
            self._put(stem, changes)
            yield ChangedWorld(self, self._make_again({("raw", RAW_BY_STEM[stem].name)}))
        finally:
            self.connection.execute("ROLLBACK")

    def _keep_books(self, deliveries: Sequence[int], makings: list[Making]) -> None:
        for stem in BOOKS:
            self.connection.execute(f"DELETE FROM {RAW_BY_STEM[stem].full_name} "
                                    "WHERE delivery_id NOT IN (SELECT unnest(?))", [list(deliveries)])
        for making in makings:
            self._make(making)

    def _put(self, stem: str, changes: Sequence[Change]) -> None:
        contract, number = RAW_BY_STEM[stem], place_number_of(stem)
        gone = [before for before, _ in changes if before is not None]
        come = [after for _, after in changes if after is not None]
        for key in sorted({row["delivery_id"] for row in gone}):
            self.connection.execute(
                f"DELETE FROM {contract.full_name} WHERE delivery_id = ? AND {number} IN (SELECT unnest(?))",
                [key, [row[number] for row in gone if row["delivery_id"] == key]])
        if come:
            append(self.connection, contract, arrow_table(contract, come))

    def _make_again(self, reached: set[Name]) -> frozenset[Name]:
        """Makes the tables anew that read what is reached; returns all that became different."""
        for making in self.makings:
            if reached.intersection(making.reads):
                self._make(making)
                if self._sum_of(making.table) != making.sum_at_rest:
                    reached.add((making.table.schema, making.table.name))
        return frozenset(reached)

    def _make(self, making: Making) -> None:
        table, names = making.table, ", ".join(making.table.contract.column_names)
        self.connection.execute(f"DELETE FROM {table.schema}.{table.name}")
        self.connection.execute(
            f"INSERT INTO {table.schema}.{table.name} ({names}) SELECT {names} FROM ({making.select})")

    def _sum_of(self, table: SqlTable) -> tuple:
        """Two equal sums are two equal tables, whatever the order of their rows."""
        return rows(self.connection, f"SELECT count(*), sum(hash(line)) FROM {table.schema}.{table.name} AS line")[0]

    def values_of(self, tables: Sequence[SqlTable]) -> dict[Key, Value]:
        """The evaluators' values of some indicators, by the SELECT of marts.indicator_value itself."""
        if not tables:
            return {}
        union = "\nUNION ALL\n".join(f"SELECT '{table.indicator_id}' AS indicator_id, {table.name}.* "
                                     f"FROM indicators.{table.name}" for table in tables)
        mart = next(table for table in sql_tables("marts") if table.name == "indicator_value")
        found = rows(self.connection, "SELECT indicator_id, unit_code, period, breakdown, value, status FROM (\n"
                     + mart.text.replace("{indicator_parts}", union) + "\n)")
        return {tuple(row[:4]): tuple(row[4:]) for row in found}

    def changed_values(self, reached: frozenset[Name]) -> dict[Key, tuple[Value | None, Value | None]]:
        """The indicator values that are not what they were, before and after; None where there is no row."""
        tables = [table for table in sql_tables("indicators") if ("indicators", table.name) in reached]
        after = self.values_of(tables)
        keys = set(after).union(*(self._keys_of[table.indicator_id] for table in tables))
        return {key: (self.values.get(key), after.get(key)) for key in keys if self.values.get(key) != after.get(key)}

    def new_findings(self, reached: frozenset[Name]) -> list[Finding]:
        """The findings that were not there, or say another value or place than they did."""
        return [finding for rule in self.rules if reached.intersection(self._reads[rule.rule_id])
                for finding in self._findings_of(rule)
                if self.findings[rule.rule_id].get(finding.finding_id) != signature(finding)]

    def _findings_of(self, rule: Rule) -> list[Finding]:
        return list(rule.findings(records(self.connection, rule.select)))


class ChangedWorld(NamedTuple):
    """What the warehouse says with the changed rows in it. Only inside `World.with_changes`."""

    world: World
    reached: frozenset[Name]

    def changed_values(self) -> dict[Key, tuple[Value | None, Value | None]]:
        """See `World.changed_values`."""
        return self.world.changed_values(self.reached)

    def new_findings(self) -> list[Finding]:
        """See `World.new_findings`."""
        return self.world.new_findings(self.reached)


def signature(finding: Finding) -> Signature:
    """What makes a finding another one to its reader, beside its id."""
    return finding.level, finding.found, finding.expected, finding.line_numbers


def _uncorrected(table: SqlTable) -> str:
    """The table's SELECT where no correction is in force: the raw table is read where it lies."""
    return _CORRECTED.sub(r"raw.\1", table.text)
