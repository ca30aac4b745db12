"""Our side of a speed test of accounts, as a process of its own, so that its memory is its own.

python our_accounts.py load HOME        stored deliveries into raw, then core, no rules; the home is kept
python our_accounts.py judge HOME N     the first N deliveries loaded with their control rules, undone afterwards
python our_accounts.py read FILE        one file with the reader alone

Prints what it took as JSON: seconds by step, lines, and the most memory held (MB).
"""

import json
import resource
import sys
import time
from pathlib import Path

from assets.build import build_sql_table
from assets.raw_loading import load_deliveries, load_rows, stored_deliveries
from assets.register import accepted_deliveries
from assets.sources import kostra_accounts
from assets.sql_files import sql_tables
from warehouse.database import Connection, transaction, writing
from warehouse.home import Home

CORE = ("delivery_in_force", "account_line")


def load(root: str) -> dict:
    """The steps of a refresh that move lines: raw for every delivery in one transaction, then the two tables of core."""
    marks = []
    home = Home(Path(root))
    with writing(home) as connection:
        marks.append(time.perf_counter())
        with transaction(connection):
            lines, _ = load_rows(connection, stored_deliveries(connection, home, accepted_deliveries(connection)))
        marks.append(time.perf_counter())
        _build_core(connection)
    marks.append(time.perf_counter())
    return {"raw": marks[1] - marks[0], "core": marks[2] - marks[1], "lines": lines}


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


def read(path: str) -> dict:
    """From bytes to rows of raw in memory."""
    start = time.perf_counter()
    rows = kostra_accounts.read(Path(path).read_bytes(), path).rows
    seconds = time.perf_counter() - start
    return {"read": seconds, "lines": rows.num_rows, "sum": sum(rows.column("amount_thousand_nok").to_pylist())}


if __name__ == "__main__":
    done = {"load": load, "judge": judge, "read": read}[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({**done, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
