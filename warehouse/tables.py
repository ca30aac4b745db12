"""What a table contract is: its grain in words, its columns, its key, what may be missing."""

from dataclasses import dataclass, field
from functools import cached_property

from warehouse.columns import COLUMNS, Column

LAYERS = ("register", "reference", "raw", "core", "indicators", "marts", "findings")


@dataclass(frozen=True)
class Table:
    """One table. `grain` says what one row is; every column not in `nullable` is NOT NULL; `key` is unique."""

    schema: str
    name: str
    grain: str
    column_names: tuple[str, ...]
    key: tuple[str, ...]
    nullable: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        unknown = [name for name in self.column_names if name not in COLUMNS]
        strangers = (set(self.key) | self.nullable) - set(self.column_names)
        if unknown or strangers or self.schema not in LAYERS:
            raise ValueError(f"{self.full_name}: ukjente kolonner {unknown or sorted(strangers)} eller ukjent skjema")

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(COLUMNS[name] for name in self.column_names)


def table(schema: str, name: str, grain: str, columns: str, key: str, nullable: str = "") -> Table:
    """A contract written compactly: space-separated column names."""
    return Table(schema, name, grain, tuple(columns.split()), tuple(key.split()), frozenset(nullable.split()))


def create_table_sql(contract: Table) -> str:
    """The CREATE OR REPLACE TABLE statement with NOT NULL and CHECK from the contract."""
    lines = []
    for column in contract.columns:
        checks = "".join(f" CHECK ({c.check_sql(column.name)})" for c in column.constraints)
        missing = "" if column.name in contract.nullable else " NOT NULL"
        lines.append(f"    {column.name} {column.type}{missing}{checks}")
    return f"CREATE OR REPLACE TABLE {contract.full_name} (\n" + ",\n".join(lines) + "\n)"
