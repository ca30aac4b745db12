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


def arrow_table(contract: Table, rows: Iterable[Mapping[str, Any]], *, without: tuple[str, ...] = ()) -> pa.Table:
    """The rows as Arrow, one column per contract column; `without` names columns added later.

    Raises KeyError for a row that lacks a column, pyarrow.ArrowInvalid for a value of the wrong type.
    """
    columns = [column for column in contract.columns if column.name not in without]
    schema = pa.schema([(column.name, _ARROW_TYPES[column.type]) for column in columns])
    gathered: dict[str, list[Any]] = {column.name: [] for column in columns}
    for row in rows:
        for name, values in gathered.items():
            values.append(row[name])
    return pa.table(gathered, schema=schema)
