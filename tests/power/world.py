"""A consistent warehouse in memory where one fault at a time is put into one delivery, judged, and taken back.

What a fault changes is made again from the changed raw rows, in the order of the SQL files; what it does not reach, and
the rules that do not read what it reached, are left alone. All of it happens in a transaction that is rolled back.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple

from assets.raw_loading import Stored, stored_deliveries
from assets.sql_files import SqlTable, in_order, sql_tables
from expectations.finding import Finding
from expectations.rule import Rule, all_rules
from tests.power.delivered import Change, Place, Row, place_number_of
from warehouse.arrow import arrow_table
from warehouse.contracts import RAW_BY_STEM
from warehouse.database import Connection, append, one, records, rows
from warehouse.home import Home
from warehouse.tables import LAYERS

Name = tuple[str, str]
Key = tuple[str, str, str, str]
Value = tuple[float | None, str]
Signature = tuple[Any, ...]

_TABLE = re.compile(rf"\b({'|'.join(LAYERS)})\.([a-z][a-z0-9_]*)\b")
_CORRECTED = re.compile(r"\{corrected:([a-z_]+)\}")
# They follow from the register alone, and no fault here touches the register.
_OF_THE_REGISTER = (("core", "correction"), ("core", "delivery_in_force"))
PARTS = ("numerator", "denominator")


class Making(NamedTuple):
    """How one table is made again, and the sum of its rows when nothing is wrong."""

    table: SqlTable
    reads: frozenset[Name]
    select: str
    sum_at_rest: tuple


class World:
    """The warehouse of a home in memory, what it says when nothing is wrong, and what it says with a fault in it."""

    def __init__(self, connection: Connection, home: Home, rules: Sequence[Rule] | None = None) -> None:
        self.connection = connection
        self.rules = tuple(all_rules() if rules is None else rules)
        connection.execute("SET threads = 1")
        if one(connection, "SELECT count(*) FROM core.correction"):
            raise ValueError("kraften måles på leveranser uten rettelser")
        ids = [row[0] for row in rows(connection, "SELECT DISTINCT delivery_id FROM core.delivery_in_force ORDER BY 1")]
        self.deliveries: dict[int, Stored] = {
            delivery.delivery_id: delivery for delivery in stored_deliveries(connection, home, ids)}
        self.rows: dict[int, list[Row]] = {key: self._rows_of(delivery) for key, delivery in self.deliveries.items()}
        self.units: dict[str, str] = dict(rows(
            connection, "SELECT DISTINCT source_municipality_code, unit_code FROM reference.municipality_code"))
        self._making = tuple(
            Making(table, frozenset(table.reads), _uncorrected(table), self._sum_of(table)) for table in in_order()
            if (table.schema, table.name) not in _OF_THE_REGISTER and table.schema != "marts")
        self._reads = {rule.rule_id: frozenset(_TABLE.findall(re.sub(r"--[^\n]*", "", rule.select)))
                       for rule in self.rules}
        self.values: dict[Key, Value] = self._values_of(sql_tables("indicators"))
        self._values_by_indicator: dict[str, set[Key]] = defaultdict(set)
        for key in self.values:
            self._values_by_indicator[key[0]].add(key)
        self.findings: dict[str, dict[str, Signature]] = {
            rule.rule_id: signatures(self._findings_of(rule)) for rule in self.rules}

    def _rows_of(self, delivery: Stored) -> list[Row]:
        contract = RAW_BY_STEM[delivery.stem]
        return records(self.connection, f"SELECT * FROM {contract.full_name} WHERE delivery_id = ? "
                       f"ORDER BY {place_number_of(delivery.stem)}", [delivery.delivery_id])

    @cached_property
    def taking_part(self) -> frozenset[tuple[int, int]]:
        """The delivered places that some indicator is made of, as (delivery_id, place number)."""
        union = " UNION ".join(f"SELECT delivery_id, place_number FROM indicators.{table.name} WHERE role IN {PARTS}"
                               for table in sql_tables("indicators"))
        return frozenset(rows(self.connection, union))

    @contextmanager
    def with_changes(self, stem: str, changes: Sequence[Change]) -> Iterator["ChangedWorld"]:
        """The world with these rows in place of those delivered; afterwards it is as it was."""
        self.connection.execute("BEGIN")
        try:
            self._put(stem, changes)
            yield ChangedWorld(self, stem, self._make_again(stem))
        finally:
            self.connection.execute("ROLLBACK")

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

    def _make_again(self, stem: str) -> frozenset[Name]:
        """Makes the tables anew that the raw table reaches; returns those that became different, with the raw table."""
        reached: set[Name] = {("raw", RAW_BY_STEM[stem].name)}
        for making in self._making:
            if reached.intersection(making.reads):
                table, names = making.table, ", ".join(making.table.contract.column_names)
                self.connection.execute(f"DELETE FROM {table.schema}.{table.name}")
                self.connection.execute(
                    f"INSERT INTO {table.schema}.{table.name} ({names}) SELECT {names} FROM ({making.select})")
                if self._sum_of(table) != making.sum_at_rest:
                    reached.add((table.schema, table.name))
        return frozenset(reached)

    def _sum_of(self, table: SqlTable) -> tuple:
        """Two equal sums are two equal tables, whatever the order of their rows."""
        return rows(self.connection, f"SELECT count(*), sum(hash(line)) FROM {table.schema}.{table.name} AS line")[0]

    def _values_of(self, tables: Sequence[SqlTable]) -> dict[Key, Value]:
        """The evaluators' values of some indicators, by the SELECT of marts.indicator_value itself."""
        if not tables:
            return {}
        union = "\nUNION ALL\n".join(f"SELECT '{table.indicator_id}' AS indicator_id, {table.name}.* "
                                     f"FROM indicators.{table.name}" for table in tables)
        mart = next(table for table in sql_tables("marts") if table.name == "indicator_value")
        found = rows(self.connection, "SELECT indicator_id, unit_code, period, breakdown, value, status FROM (\n"
                     + mart.text.replace("{indicator_parts}", union) + "\n)")
        return {tuple(row[:4]): tuple(row[4:]) for row in found}

    def _findings_of(self, rule: Rule) -> list[Finding]:
        return list(rule.findings(records(self.connection, rule.select)))

    def unit_of(self, code: str | None) -> str | None:
        """The unit behind a code as a source writes it; regions, groups and the country stand for themselves."""
        return self.units.get(code, code)

    def place_of(self, stem: str, row: Row) -> Place:
        """Where a raw row is, as findings name places."""
        return Place.of(stem, row, self.unit_of)


class ChangedWorld:
    """What the warehouse says with the changed rows in it. Only inside `World.with_changes`."""

    def __init__(self, world: World, stem: str, reached: frozenset[Name]) -> None:
        self._world, self._stem, self._reached = world, stem, reached

    def changed_values(self) -> dict[Key, tuple[Value | None, Value | None]]:
        """The indicator values that are not what they were, before and after; None where there is no row."""
        world = self._world
        tables = [table for table in sql_tables("indicators") if ("indicators", table.name) in self._reached]
        after = world._values_of(tables)
        keys = set(after).union(*(world._values_by_indicator[table.indicator_id] for table in tables))
        return {key: (world.values.get(key), after.get(key)) for key in keys
                if world.values.get(key) != after.get(key)}

    def new_findings(self) -> list[Finding]:
        """The findings that were not there, or say another value or place than they did."""
        found = []
        for rule in self._world.rules:
            if self._reached.intersection(self._world._reads[rule.rule_id]):
                known = self._world.findings[rule.rule_id]
                found += [finding for finding in self._world._findings_of(rule)
                          if known.get(finding.finding_id) != signature(finding)]
        return found


def signature(finding: Finding) -> Signature:
    """What makes a finding another one to its reader, beside its id."""
    return finding.level, finding.found, finding.expected, finding.line_numbers


def signatures(findings: Sequence[Finding]) -> dict[str, Signature]:
    """The findings' signatures by id."""
    return {finding.finding_id: signature(finding) for finding in findings}


def _uncorrected(table: SqlTable) -> str:
    """The table's SELECT where no correction is in force: the raw table is read where it lies."""
    return _CORRECTED.sub(r"raw.\1", table.text)
