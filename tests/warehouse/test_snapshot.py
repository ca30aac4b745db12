"""The snapshot that readers open: replaced whole or not at all, never under a reader's feet."""

import subprocess
import sys

import pytest

from warehouse import database
from warehouse.contracts import BY_NAME
from warehouse.database import one, reading, replace_with_select, take_snapshot, writing
from warehouse.home import Home

CLOCK = BY_NAME["register.clock"]
YEAR_SHOWN = "SELECT year(as_of) FROM register.clock"
READ_IN_ANOTHER_PROCESS = """
import pathlib, sys
from warehouse.database import one, reading
from warehouse.home import Home
with reading(Home(pathlib.Path(sys.argv[1]))) as connection:
    print(one(connection, "SELECT year(as_of) FROM register.clock"))
"""


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    refresh(home, 2017)
    return home


def write_year(home: Home, year: int) -> None:
    with writing(home) as connection:
        replace_with_select(connection, CLOCK, f"SELECT TIMESTAMP '{year}-10-01 00:00:00' AS as_of")


def refresh(home: Home, year: int) -> None:
    write_year(home, year)
    take_snapshot(home)


def year_seen_by_another_process(home: Home) -> int:
    done = subprocess.run([sys.executable, "-c", READ_IN_ANOTHER_PROCESS, str(home.root)],
                          capture_output=True, text=True, check=True, timeout=30)
    return int(done.stdout)


def test_a_reader_sees_the_last_snapshot_not_what_is_being_written(home):
    write_year(home, 2019)
    with reading(home) as connection:
        assert one(connection, YEAR_SHOWN) == 2017


def test_an_old_reader_keeps_the_old_and_a_fresh_one_sees_the_new(home):
    with reading(home) as old:
        refresh(home, 2019)
        assert one(old, YEAR_SHOWN) == 2017
        assert year_seen_by_another_process(home) == 2019
    with reading(home) as fresh:
        assert one(fresh, YEAR_SHOWN) == 2019


def test_a_copy_that_fails_midway_leaves_the_old_snapshot_whole(home, monkeypatch):
    def fails_midway(source, target):
        target.write_bytes(b"halv")
        raise OSError("disken er full")

    write_year(home, 2019)
    with monkeypatch.context() as patch:
        patch.setattr(database.shutil, "copyfile", fails_midway)
        with pytest.raises(OSError, match="full"):
            take_snapshot(home)
    with reading(home) as connection:
        assert one(connection, YEAR_SHOWN) == 2017
    take_snapshot(home)
    with reading(home) as connection:
        assert one(connection, YEAR_SHOWN) == 2019


def test_a_snapshot_leaves_only_the_warehouse_the_snapshot_and_the_lock(home):
    refresh(home, 2018)
    assert {path.name for path in home.database.parent.iterdir()} == {"folgeeval.duckdb", "snapshot.duckdb", "lock"}
