"""What stands in a database's file: searched text column by text column, and written anew without what was deleted."""

from collections.abc import Sequence

from warehouse.database import Connection, one, rows, writing
from warehouse.durable import put_in_place
from warehouse.home import Home
from warehouse.lock import exclusive


def rewrite_file(home: Home) -> None:
    """Replaces the warehouse's file with a new one that holds the rows there are, whole or not at all.

    A deleted row stays readable in the blocks of its file until they are used again; in the new file it never was. The
    snapshot is a copy of the file and must be taken anew afterwards.
    """
    fresh = home.database.with_suffix(".new")
    with exclusive(home.lock):
        fresh.unlink(missing_ok=True)
        with writing(home) as connection:
            path, old = str(fresh).replace("'", "''"), one(connection, "SELECT current_database()")
            connection.execute(f"ATTACH '{path}' AS fresh")
            connection.execute(f'COPY FROM DATABASE "{old}" TO fresh')
            connection.execute("DETACH fresh")
        put_in_place(fresh, home.database)


def text_columns_with(connection: Connection, texts: Sequence[str]) -> tuple[int, list[str]]:
    """How many text columns a database has, and which of them hold any of the texts, whatever the case.

    The file compresses its texts, so a search of its bytes alone would not find them all.
    """
    columns = rows(connection, "SELECT table_schema, table_name, column_name FROM information_schema.columns "
                   "WHERE data_type LIKE 'VARCHAR%' ORDER BY ALL")
    return len(columns), [
        f"{schema}.{table}.{column}" for schema, table, column in columns if one(
            connection, f'SELECT count(*) > 0 FROM "{schema}"."{table}" WHERE EXISTS (SELECT 1 FROM '
            f'unnest(?) AS wanted (text) WHERE contains(lower("{column}"), lower(wanted.text)))', [list(texts)])]
