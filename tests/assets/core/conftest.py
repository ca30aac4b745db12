"""A warehouse without deliveries, to draw them in and to build core tables from them."""

from datetime import datetime

import pytest

from assets.build import build_reference_table, build_sql_table, set_clock
from assets.sql_files import in_order
from warehouse.arrow import arrow_table
from warehouse.contracts import REFERENCE, contract_of
from warehouse.database import append, in_memory, records, rows

AS_OF = datetime(2022, 12, 31)


def scope_of(key):
    unit, period, dataset = (key.split(":") + [""])[:3]
    return unit, period, dataset


class DrawnWarehouse:
    """An open warehouse that takes drawn deliveries and raw rows, and builds core tables on request."""

    def __init__(self, connection):
        self.connection = connection

    def delivered(self, delivery_id, stem, scope, received="2022-06-01", state="accepted", updated=None):
        """Registers a delivery; `scope` is `0722:2017 0723:2017`, with a data set as a third word."""
        self.connection.execute(
            "INSERT INTO register.delivery VALUES (?, ?, ?, ?, ?, 'x', ?, NULL, 1, NULL, ?)",
            [delivery_id, f"{delivery_id:064d}", stem, received, state, f"{stem}-{delivery_id}", updated])
        for key in scope.split():
            self.connection.execute(
                "INSERT INTO register.delivery_scope SELECT ?, ?, ?, ?, 1 + count(*) FROM register.delivery_scope "
                "WHERE source_unit_code = ? AND period = ? AND dataset_code = ?",
                [delivery_id, *scope_of(key), *scope_of(key)])

    def raw(self, name, several):
        """Appends raw rows; columns that are not given are empty."""
        contract = contract_of("raw", name)
        append(self.connection, contract, arrow_table(
            contract, [{**dict.fromkeys(contract.column_names), **row} for row in several]))

    def built(self, name, as_of=AS_OF):
        """The rows of a core table, built with all the tables before it."""
        set_clock(self.connection, as_of)
        for table in in_order():
            if table.schema == "core":
                build_sql_table(self.connection, table)
        return records(self.connection, f"SELECT * FROM core.{name} ORDER BY ALL")


@pytest.fixture(scope="module")
def empty_warehouse():
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        yield connection


@pytest.fixture
def warehouse(empty_warehouse):
    """A warehouse without deliveries or raw rows."""
    for schema, name in rows(empty_warehouse, "SELECT table_schema, table_name FROM information_schema.tables "
                             "WHERE table_schema IN ('register', 'raw')"):
        empty_warehouse.execute(f"DELETE FROM {schema}.{name}")
    return DrawnWarehouse(empty_warehouse)
