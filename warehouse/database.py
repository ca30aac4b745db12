"""The only door to DuckDB.

Writers go through `writing`, which holds the home's lock; readers open the read-only snapshot, which is replaced
atomically at the end of each refresh; `in_memory` gives a database that belongs to nobody's home.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.contracts import FIXED_TABLES
from warehouse.durable import put_in_place
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.tables import LAYERS, Table, create_table_sql

if TYPE_CHECKING:
    import pyarrow as pa

Connection = duckdb.DuckDBPyConnection
ConstraintBroken = duckdb.ConstraintException
DatabaseTrouble = duckdb.Error


KEPT_LAYERS = ("register", "raw", "findings")
"""What a refresh adds to and never makes anew: here the tables of an older version stay as they were."""


MEGABYTES_A_THREAD = 128
"""What DuckDB may hold for each of its threads while it writes; the rest waits on disk. It needs about this much."""


_ROWS_IN_HAND = 10_000


class NoWarehouse(Exception):
    """There is no snapshot to read in this home; the message says what to do."""


class OlderHome(NoWarehouse):
    """The home was made by an earlier version, whose tables lack columns of today's."""


def _connected(path: str = ":memory:", *, read_only: bool = False) -> Connection:
    """A connection that never writes a progress bar: on a slow machine it would stand in the middle of what is printed."""
    connection = duckdb.connect(path, read_only=read_only)
    connection.execute("SET enable_progress_bar = false")
    return connection


@contextmanager
def writing(home: Home, *, wait_seconds: float = 60.0) -> Iterator[Connection]:
    """The warehouse, open for writing, under the home's lock.

    Raises WarehouseBusy when another process holds it, OlderHome when an earlier version made it.
    """
    with exclusive(home.lock, wait_seconds=wait_seconds):
        home.database.parent.mkdir(parents=True, exist_ok=True)
        connection = _connected(str(home.database))
        try:
            _bound_memory(connection)
            _demand_todays_columns(connection, home)
            ensure_tables(connection)
            yield connection
        finally:
            connection.close()


@contextmanager
def reading(home: Home) -> Iterator[Connection]:
    """The snapshot of the last refresh, read-only.

    Raises NoWarehouse where no refresh has been made, OlderHome when an earlier version made it.
    """
    if not home.snapshot.exists():
        raise _no_warehouse(home)
    connection = _connected(str(home.snapshot), read_only=True)
    try:
        _demand_todays_columns(connection, home)
        yield connection
    finally:
        connection.close()


@contextmanager
def reading_live(home: Home, *, wait_seconds: float = 60.0) -> Iterator[Connection]:
    """The warehouse itself, read-only and under the lock, for what changes between refreshes.

    Raises NoWarehouse where no refresh has been made, OlderHome when an earlier version made it, WarehouseBusy when
    another process holds it.
    """
    if not home.database.exists():
        raise _no_warehouse(home)
    with exclusive(home.lock, wait_seconds=wait_seconds):
        connection = _connected(str(home.database), read_only=True)
        try:
            _demand_todays_columns(connection, home)
            yield connection
        finally:
            connection.close()


def _no_warehouse(home: Home) -> NoWarehouse:
    return NoWarehouse(f"Fant ikke noe varehus i {home.root}. Kjør «folgeeval refresh» eller «folgeeval demo» først.")


@contextmanager
def in_memory() -> Iterator[Connection]:
    """An empty warehouse in memory with every fixed table of the contracts."""
    connection = _connected()
    try:
        ensure_tables(connection)
        yield connection
    finally:
        connection.close()


@contextmanager
def copy_in_memory(home: Home) -> Iterator[Connection]:
    """A copy of the snapshot in memory, free to be rebuilt. Raises NoWarehouse where no refresh has been made."""
    with reading(home):
        pass
    connection = _connected()
    try:
        path = str(home.snapshot).replace("'", "''")
        connection.execute(f"ATTACH '{path}' AS snapshot (READ_ONLY)")
        connection.execute("COPY FROM DATABASE snapshot TO memory")
        connection.execute("DETACH snapshot")
        # An earlier version may have made the snapshot, before some of today's tables were there.
        ensure_tables(connection)
        yield connection
    finally:
        connection.close()


def _bound_memory(connection: Connection) -> None:
    """Without a bound DuckDB keeps what it has read and written until it fills four fifths of the machine."""
    threads = one(connection, "SELECT current_setting('threads')")
    connection.execute(f"SET memory_limit = '{threads * MEGABYTES_A_THREAD}MB'")


def _demand_todays_columns(connection: Connection, home: Home) -> None:
    """Raises OlderHome when a kept table lacks a column of its contract. A table that is not there is made later."""
    present: dict[str, set[str]] = {}
    for schema, name, column in rows(
            connection, "SELECT table_schema, table_name, column_name FROM information_schema.columns"):
        present.setdefault(f"{schema}.{name}", set()).add(column)
    for contract in FIXED_TABLES:
        lacking = set(contract.column_names) - present.get(contract.full_name, set(contract.column_names))
        if contract.schema in KEPT_LAYERS and lacking:
            raise OlderHome(
                f"Hjemmet {home.root} er laget av en eldre versjon: {contract.full_name} mangler "
                f"{', '.join(sorted(lacking))}. Flytt mappen, lag et nytt hjem og legg originalene fra deliveries/ i "
                "innboksen på nytt; for demoen er det nok å slette mappen.")


def ensure_tables(connection: Connection) -> None:
    """Creates the schemas and the tables that are not there yet."""
    present = {f"{schema}.{name}" for schema, name in rows(
        connection, "SELECT table_schema, table_name FROM information_schema.tables")}
    for layer in LAYERS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {layer}")
    for contract in FIXED_TABLES:
        if contract.full_name not in present:
            connection.execute(create_table_sql(contract))


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All that is written inside stands, or, when anything fails, none of it."""
    connection.execute("BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A COMMIT that failed has ended the transaction, and a full disk the connection; what matters is why.
        with suppress(DatabaseTrouble):
            connection.execute("ROLLBACK")
        raise


def replace_with_select(connection: Connection, contract: Table, select: str) -> int:
    """Makes the table anew from a SELECT, in one transaction; returns the number of rows.

    Raises ConstraintBroken when a row breaks the contract; the old table then stands.
    """
    names = ", ".join(contract.column_names)
    with transaction(connection):
        connection.execute(create_table_sql(contract))
        connection.execute(f"INSERT INTO {contract.full_name} ({names}) SELECT {names} FROM (\n{select}\n)")
    return one(connection, f"SELECT count(*) FROM {contract.full_name}")


def append(connection: Connection, contract: Table, data: Any) -> None:
    """Appends an Arrow table whose columns are the contract's, by name."""
    _insert(connection, contract, data)


def append_stream(connection: Connection, contract: Table, tables: Iterable["pa.Table"]) -> int:
    """Appends Arrow tables as they come, in one statement; returns the number of rows.

    Their columns are the contract's, by name. Only the table in hand is held in memory: the next is asked for, from a
    thread of DuckDB's, when there is room for it. What goes wrong while a table is made is raised as it was.
    """
    import pyarrow as pa

    from warehouse.arrow import arrow_schema

    schema, failures = arrow_schema(contract), []

    def batches() -> Iterator[pa.RecordBatch]:
        try:
            for table in tables:
                yield from table.select(schema.names).to_batches()
        except (Exception, KeyboardInterrupt) as failure:
            failures.append(failure)
            raise

    try:
        return _insert(connection, contract, pa.RecordBatchReader.from_batches(schema, batches()))
    except Exception:
        if failures:
            raise failures[0] from None
        raise


def _insert(connection: Connection, contract: Table, incoming_rows: Any) -> int:
    """Inserts Arrow data; returns the number of rows.

    DuckDB finds the data by the parameter's name: a view of it could not be dropped where the transaction has failed,
    and what failed would be hidden.
    """
    names = ", ".join(contract.column_names)
    inserted = connection.execute(f"INSERT INTO {contract.full_name} ({names}) SELECT {names} FROM incoming_rows")
    return inserted.fetchone()[0]


def rows(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> list[tuple]:
    """All rows of a query."""
    return connection.execute(sql, list(parameters)).fetchall()


def streamed_rows(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple]:
    """The rows of a query as they are asked for, some thousands in hand at a time.

    The connection must be asked nothing else until the last one is taken.
    """
    result = connection.execute(sql, list(parameters))
    while fetched := result.fetchmany(_ROWS_IN_HAND):
        yield from fetched


def records(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """All rows of a query, each as a dictionary by column name."""
    result = connection.execute(sql, list(parameters))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def one(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Any:
    """The single value of a query that gives one row with one column."""
    return rows(connection, sql, parameters)[0][0]


def arrow(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Any:
    """The result of a query as an Arrow table."""
    return connection.sql(sql, params=list(parameters)).to_arrow_table()


def take_snapshot(home: Home) -> None:
    """Replaces the read-only snapshot with a copy of the warehouse, whole or not at all."""
    with exclusive(home.lock):
        with writing(home) as connection:
            connection.execute("CHECKPOINT")
        fresh = home.snapshot.with_suffix(".new")
        try:
            shutil.copyfile(home.database, fresh)
            put_in_place(fresh, home.snapshot)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
