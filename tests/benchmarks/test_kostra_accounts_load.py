"""Accounts of every municipality for twenty years into raw and core, beside a bare DuckDB script; and reading alone.

Every measured run is a process of its own, so that its memory is its own. Times are printed, never asserted; what is
asserted is that all arrive at the same rows, and that memory does not follow the number of files.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from warehouse.contracts import contract_of
from warehouse.database import MEGABYTES_A_THREAD, in_memory, rows
from warehouse.home import Home

HERE = Path(__file__).parent
FRAMES_PYTHON = HERE.parents[1] / ".venv-bench" / "bin" / "python"
WHOLE = 357 * 20
"""Files: a municipality and a year each."""

TENTH = WHOLE // 10
JUDGED = 70
ROUNDS = 3
"""Times each side is timed, by turns; the least disturbed one counts."""

TABLES = (contract_of("raw", "kostra_accounts_line"), contract_of("core", "account_line"))
SLACK = 1.25
"""Room for what the system's allocator gives back late; a memory that followed the files would be ten times more."""


@dataclass(frozen=True)
class Run:
    """One measured process: its seconds in all, its lines and the most memory it held, in MB."""

    name: str
    told: dict

    @property
    def seconds(self) -> float:
        return sum(self.told.get(step, 0) for step in ("raw", "core", "read"))

    def row(self, beside: "Run | None" = None) -> str:
        """A line of the table; `beside` is what the run is measured against, line for line."""
        lines = self.told["lines"]
        ratio = "" if beside is None else f"{self.seconds / lines / (beside.seconds / beside.told['lines']):.2f}"
        steps = " + ".join(f"{self.told[step]:.1f}" for step in ("raw", "core") if step in self.told)
        return (f"{self.name:<44}{grouped(lines):>12}{self.seconds:>9.2f} s{grouped(lines / self.seconds):>14}/s"
                f"{ratio:>8}{self.told['memory']:>9.0f} MB  {steps}{self._processor()}")

    def _processor(self) -> str:
        return f"  ({self.told['processor']:.1f} s på prosessor)" if "processor" in self.told else ""


def grouped(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ")


def run(name: str, script: str, *arguments: object, python: Path | str = sys.executable) -> Run:
    root = str(HERE.parents[1])
    done = subprocess.run([str(python), str(HERE / script), *map(str, arguments)], cwd=root, capture_output=True,
                          text=True, timeout=600, env={**os.environ, "PYTHONPATH": root})
    assert done.returncode == 0, done.stderr
    return Run(name, json.loads(done.stdout))


def sums(database: Path) -> list[tuple]:
    """What each of the two tables holds: every value of every row goes into the last number, in any order."""
    with in_memory() as connection:
        connection.execute(f"ATTACH '{database}' AS measured (READ_ONLY)")
        return [row for table in TABLES for row in rows(
            connection, f"SELECT count(*), sum(amount_thousand_nok), sum(hash({', '.join(table.column_names)})) "
            f"FROM measured.{table.full_name}")]


def loaded(folder: Path, file_count: int) -> tuple[Run, Run]:
    """The same files loaded by us and by the script, in turn; both databases hold the same rows. One is kept."""
    home, theirs = Home(folder / "home"), folder / "plain.duckdb"
    lines = run("filer", "accounts_files.py", "home", home.root, file_count).told["lines"]
    ours, plain = [], []
    for _ in range(ROUNDS):
        theirs.unlink(missing_ok=True)
        ours.append(run(f"folgeeval, {file_count} filer", "our_accounts.py", "load", home.root))
        plain.append(run(f"rent DuckDB-skript, {file_count} filer", "plain_accounts.py", home.deliveries, theirs))
    assert {one.told["lines"] for one in (*ours, *plain)} == {lines}
    held = sums(home.database)
    assert held == sums(theirs) and [row[0] for row in held] == [lines, lines]
    theirs.unlink()
    return least_disturbed(ours), least_disturbed(plain)


def least_disturbed(runs: list[Run]) -> Run:
    """The quickest run, with the most memory any of them held."""
    quickest = min(runs, key=lambda one: one.seconds)
    return Run(quickest.name, {**quickest.told, "memory": max(one.told["memory"] for one in runs)})


def frames(folder: Path) -> list[Run]:
    """The tenth read as frames from one file by pandas and polars, and by our reader from the files as delivered."""
    path = folder / "one.dat"
    lines = run("filer", "accounts_files.py", "one", path, TENTH).told["lines"]
    ours = run("folgeeval, bare lesing", "our_accounts.py", "read", folder / "home")
    others = [run("pandas read_fwf", "plain_frames.py", "pandas", path),
              run("polars scan_csv og str.slice", "plain_frames.py", "polars", path, python=FRAMES_PYTHON)]
    assert {(one.told["lines"], one.told["sum"]) for one in (ours, *others)} == {(lines, ours.told["sum"])}
    return [ours, *others]


@pytest.fixture
def folder(tmp_path):
    """A folder for some gigabytes, emptied whatever happens."""
    import shutil

    yield tmp_path
    shutil.rmtree(tmp_path)


@pytest.mark.benchmark
def test_accounts_of_all_municipalities_for_twenty_years_beside_plain_scripts(folder, capsys):
    assert FRAMES_PYTHON.exists(), "kjør «make bench», som lager .venv-bench"
    small = loaded(folder / "tenth", TENTH)
    read = frames(folder / "tenth")
    judged = run(f"folgeeval med kontrollregler, {JUDGED} filer", "our_accounts.py", "judge", folder / "tenth" / "home",
                 JUDGED)
    whole = loaded(folder / "whole", WHOLE)
    with capsys.disabled():
        print(f"\nRegnskapslinjer til raw og core, {os.cpu_count()} kjerner; siste kolonne: raw + core i sekunder")
        print(f"{'':<44}{'linjer':>12}{'tid':>11}{'linjer':>16}{'forhold':>8}{'minne':>12}")
        for ours, plain in (whole, small):
            print(ours.row(plain), plain.row(), sep="\n")
        print(judged.row(), "Bare lesing av samme linjer; forhold til vår lesing", sep="\n")
        print("\n".join(one.row(read[0]) for one in read))
    threads = os.cpu_count() or 1
    assert whole[0].told["memory"] <= SLACK * small[0].told["memory"] + threads * MEGABYTES_A_THREAD
