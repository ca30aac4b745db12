"""The `.sql` files as data: which there are, in which order they can be made, what each reads. No Dagster here."""

import re
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from importlib.resources import files
from pathlib import Path

from assets.corrected_sql import written_out
from warehouse.contracts import contract_of
from warehouse.tables import LAYERS, Table

SQL_LAYERS = ("core", "indicators", "marts")
_TABLE_NAME = re.compile(rf"\b({'|'.join(LAYERS)})\.([a-z][a-z0-9_]*)\b")
_COMMENT = re.compile(r"--[^\n]*")


@dataclass(frozen=True)
class SqlTable:
    """One table made by one SELECT in one file."""

    schema: str
    name: str
    text: str

    @property
    def contract(self) -> Table:
        return contract_of(self.schema, self.name)

    @property
    def indicator_id(self) -> str:
        """E2-01 for the file e2_01.sql."""
        return self.name.upper().replace("_", "-")

    @property
    def reads(self) -> tuple[tuple[str, str], ...]:
        """The tables the SELECT reads, as (schema, name), sorted."""
        return tuple(sorted(set(_TABLE_NAME.findall(_COMMENT.sub("", self.select)))))

    @property
    def select(self) -> str:
        """The SELECT to run; `{indicator_parts}` is written out as the union of every indicator's table, and the
        placeholders for corrections as `corrected_sql` says."""
        return written_out(self.text).replace("{indicator_parts}", indicator_union())


@cache
def sql_tables(schema: str) -> tuple[SqlTable, ...]:
    """The tables of one layer that are made by SQL, by name."""
    folder = Path(str(files("assets") / schema))
    return tuple(
        SqlTable(schema, path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))
    )


def indicator_union() -> str:
    """Every indicator's parts in one relation, with the indicator's id."""
    return "\n    UNION ALL\n    ".join(
        f"SELECT '{table.indicator_id}' AS indicator_id, {table.name}.* FROM indicators.{table.name}"
        for table in sql_tables("indicators")
    )


def in_order() -> tuple[SqlTable, ...]:
    """Every SQL table, each after the tables it reads. Raises graphlib.CycleError for a circle."""
    tables = {(table.schema, table.name): table for schema in SQL_LAYERS for table in sql_tables(schema)}
    graph = {key: [read for read in table.reads if read in tables] for key, table in tables.items()}
    return tuple(tables[key] for key in TopologicalSorter(graph).static_order())
