"""Makes tables in an open warehouse: reference tables from CSV, the rest from their SELECT. No Dagster here.

The Dagster assets and the rebuild for an earlier day go the same way through here.
"""

from datetime import datetime

from assets.corrections import load_corrections
from assets.sql_files import SqlTable, in_order
from warehouse.contracts import REFERENCE
from warehouse.database import Connection, replace_with_select
from warehouse.home import Home
from warehouse.reference_data import reference_path
from warehouse.tables import Table


def build_reference_table(connection: Connection, contract: Table) -> int:
    """Fills one reference table from its CSV; empty cells become NULL. Returns the number of rows."""
    path = str(reference_path(contract.name)).replace("'", "''")
    select = ", ".join(f"CAST({column.name} AS {column.type}) AS {column.name}" for column in contract.columns)
    return replace_with_select(
        connection, contract, f"SELECT {select} FROM read_csv('{path}', header = true, all_varchar = true, delim = ',', "
        "quote = '\"', escape = '\"')")


def build_sql_table(connection: Connection, table: SqlTable) -> int:
    """Makes one table anew from its SELECT. Returns the number of rows."""
    return replace_with_select(connection, table.contract, table.select)


def set_clock(connection: Connection, as_of: datetime) -> None:
    """Says which moment the tables are to be built for."""
    connection.execute("DELETE FROM register.clock")
    connection.execute("INSERT INTO register.clock VALUES (?)", [as_of])


def rebuild(connection: Connection, as_of: datetime, home: Home | None = None) -> None:
    """Makes every reference, core, indicator and mart table anew for a moment.

    With a home its list of corrections is read first; without, those the warehouse has hold. Raises CorrectionsRefused.
    """
    if home is not None:
        load_corrections(connection, home)
    set_clock(connection, as_of)
    for contract in REFERENCE:
        build_reference_table(connection, contract)
    for table in in_order():
        build_sql_table(connection, table)
