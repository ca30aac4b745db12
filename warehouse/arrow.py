"""Rows to an Arrow table with the types of a contract, ready for DuckDB."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from warehouse.tables import Table

_ARROW_TYPES = {
    "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string(),
    "BOOLEAN": pa.bool_(), "DATE": pa.date32(), "TIMESTAMP": pa.timestamp("us"),
    "DECIMAL(15,2)": pa.decimal128(15, 2), "DECIMAL(12,2)": pa.decimal128(12, 2),
}


def arrow_schema(contract: Table, *, without: tuple[str, ...] = ()) -> pa.Schema:
    """The columns of a contract with their Arrow types; `without` names columns added later."""
    return pa.schema([(column.name, _ARROW_TYPES[column.type]) for column in contract.columns
                      if column.name not in without])


def arrow_table(contract: Table, rows: Iterable[Mapping[str, Any]], *, without: tuple[str, ...] = ()) -> pa.Table:
    """The rows as Arrow, one column per contract column; `without` names columns added later.

    Raises KeyError for a row that lacks a column, pyarrow.ArrowInvalid for a value of the wrong type.
    """
    schema = arrow_schema(contract, without=without)
    gathered: dict[str, list[Any]] = {name: [] for name in schema.names}
    for row in rows:
        for name, values in gathered.items():
            values.append(row[name])
    return pa.table(gathered, schema=schema)
