"""The table DuckDB makes from a contract refuses what the contract forbids."""

import pytest

from warehouse.database import ConstraintBroken, in_memory, one, records
from warehouse.dictionary import every_table
from warehouse.tables import create_table_sql, table

DRAWN = table("core", "drawn", "En prøve.", "unit_code year inhabitants_count", "unit_code year", "inhabitants_count")


@pytest.fixture(scope="module")
def connection():
    with in_memory() as opened:
        yield opened


@pytest.fixture
def drawn(connection):
    connection.execute(create_table_sql(DRAWN))
    return connection


def test_every_contract_becomes_a_table_with_its_columns_in_order(connection):
    for contract in every_table():
        connection.execute(create_table_sql(contract))
        columns = records(connection, "SELECT column_name, is_nullable FROM information_schema.columns"
                          " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position",
                          [contract.schema, contract.name])
        assert [column["column_name"] for column in columns] == list(contract.column_names)
        assert {c["column_name"] for c in columns if c["is_nullable"] == "YES"} == set(contract.nullable)


@pytest.mark.parametrize("values", ["('2012', 2018, 5000)", "('2012', 2018, NULL)", "('R-NORD', 2003, 0)"])
def test_a_row_that_keeps_the_contract_is_taken(drawn, values):
    drawn.execute(f"INSERT INTO core.drawn VALUES {values}")
    assert one(drawn, "SELECT count(*) FROM core.drawn") == 1


@pytest.mark.parametrize("values", [
    "(NULL, 2018, 5000)",       # a key may not be missing
    "('2012', NULL, 5000)",
    "('2012', 1999, 5000)",     # before the first year
    "('2012', 2018, -1)",       # fewer than nobody
    "('alta', 2018, 5000)",     # not a code
])
def test_a_row_that_breaks_the_contract_is_refused(drawn, values):
    with pytest.raises(ConstraintBroken):
        drawn.execute(f"INSERT INTO core.drawn VALUES {values}")
    assert one(drawn, "SELECT count(*) FROM core.drawn") == 0
