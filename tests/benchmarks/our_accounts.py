"""Our side of a speed test of accounts, as a process of its own, so that its memory is its own.

python our_accounts.py load HOME        stored deliveries into raw, then core, no rules; the home is kept
python our_accounts.py judge HOME N     the first N deliveries loaded again, with their control rules
python our_accounts.py read HOME        the stored files with the reader alone, into memory

Prints what it took as JSON: seconds by step, processor seconds, lines, and the most memory held (MB).
"""

import json
import sys
import time
from pathlib import Path

from peak_memory import peak_mebibytes

from assets.build import build_sql_table
from assets.raw_loading import load_deliveries, load_rows, rows_of, stored_deliveries
from assets.register import accepted_deliveries
from assets.sources import kostra_accounts
from assets.sql_files import sql_tables
from warehouse.database import Connection, ensure_tables, transaction, writing
from warehouse.home import Home

CORE = ("delivery_in_force", "account_line")


def load(root: str) -> dict:
    """The steps of a refresh that move lines: raw for every delivery in one transaction, then two tables of core."""
    marks = []
    home = Home(Path(root))
    with writing(home) as connection:
        _empty(connection)
        processor = time.process_time()
        marks.append(time.perf_counter())
        with transaction(connection):
            lines, _ = load_rows(connection, stored_deliveries(connection, home, accepted_deliveries(connection)))
        marks.append(time.perf_counter())
        _build_core(connection)
    marks.append(time.perf_counter())
    return {"raw": marks[1] - marks[0], "core": marks[2] - marks[1], "lines": lines,
            "processor": time.process_time() - processor}


def _empty(connection: Connection) -> None:
    """What an earlier round left is taken away before the clock starts, as the rival's database is."""
    for table in ("raw.kostra_accounts_line", *(f"core.{name}" for name in CORE)):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    ensure_tables(connection)
    connection.execute("CHECKPOINT")


def _build_core(connection: Connection) -> None:
    for name in CORE:
        build_sql_table(connection, next(table for table in sql_tables("core") if table.name == name))


def judge(root: str, count: str) -> dict:
    """What a refresh does with each delivery: its lines and its findings."""
    home = Home(Path(root))
    with writing(home) as connection:
        start = time.perf_counter()
        lines = load_deliveries(connection, home, accepted_deliveries(connection)[:int(count)])
        return {"raw": time.perf_counter() - start, "lines": lines}


def read(root: str) -> dict:
    """From stored files to judged rows in memory, in the portions loading takes, none of them kept."""
    import pyarrow.compute as pc

    with writing(Home(Path(root))) as connection:
        deliveries = stored_deliveries(connection, Home(Path(root)), accepted_deliveries(connection))
    start, lines, total = time.perf_counter(), 0, 0
    for table in rows_of(kostra_accounts.STEM, deliveries):
        lines += table.num_rows
        total += int(pc.sum(table.column("amount_thousand_nok")).as_py())
    return {"read": time.perf_counter() - start, "lines": lines, "sum": total}


if __name__ == "__main__":
    done = {"load": load, "judge": judge, "read": read}[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({**done, "memory": peak_mebibytes()}))
