"""Our column rules beside Great Expectations on pandas and on SQL, pandera and pointblank, on a twentieth of the nation.

One year of accounts from 357 municipalities, a million lines, with five faults. Every side is a process of its own that
has the table loaded its own way before the clock starts. Times are printed, never asserted; asserted is that all see the
same demands broken.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from expectations.contract_suite import expectations_of
from tests.benchmarks.national_accounts import fill_accounts
from warehouse.contracts import contract_of
from warehouse.database import in_memory

HERE = Path(__file__).parent
RIVALS_PYTHON = HERE.parents[1] / ".venv-bench" / "bin" / "python"
RIVALS = {"gx_pandas": "Great Expectations på pandas", "gx_sql": "Great Expectations på SQL (SQLite)",
          "pandera": "pandera (pandas)", "pointblank": "pointblank (polars)"}
ROUNDS = {"gx_sql": 1}
"""Times each side is timed, 3 where nothing is said; the least disturbed one counts. SQLite takes a minute to load."""

CONTRACT = contract_of("raw", "kostra_accounts_line")
YEAR = 2018
FAULTS = ("accounting_year = 1999 WHERE delivery_id % 40 = 16 AND line_number = 3",
          "quarter = '7' WHERE delivery_id % 40 = 16 AND line_number = 4",
          "species_code = '01' WHERE delivery_id % 40 = 16 AND line_number = 5",
          "function_code = NULL WHERE delivery_id % 40 = 16 AND line_number = 6",
          "line_number = 8 WHERE delivery_id % 40 = 16 AND line_number = 7")
BROKEN = ["accounting_year:ExpectColumnValuesToBeBetween", "function_code:ExpectColumnValuesToNotBeNull",
          "quarter:ExpectColumnValuesToBeInSet", "species_code:ExpectColumnValuesToMatchRegex",
          ":ExpectCompoundColumnsToBeUnique"]


def write_sample(path: Path) -> int:
    """The lines of one year with their faults, as Parquet. Returns their number."""
    with in_memory() as connection:
        lines = fill_accounts(connection, [YEAR])
        connection.execute(f"CREATE TABLE sample AS SELECT * FROM {CONTRACT.full_name}")
        for fault in FAULTS:
            connection.execute(f"UPDATE sample SET {fault}")
        connection.execute(f"COPY sample TO '{path}' (FORMAT parquet)")
    return lines


def run(rounds: int, python: Path | str, script: str, *arguments: object) -> dict:
    """What a process tells of its least disturbed round."""
    root = str(HERE.parents[1])
    told = []
    for _ in range(rounds):
        done = subprocess.run([str(python), str(HERE / script), *map(str, arguments)], cwd=root, capture_output=True,
                              text=True, timeout=600, env={**os.environ, "PYTHONPATH": root})
        assert done.returncode == 0, done.stderr[-3000:]
        told.append(json.loads(done.stdout.splitlines()[-1]))
    return min(told, key=lambda one: one["validate"])


@pytest.mark.benchmark
def test_column_rules_beside_four_libraries(tmp_path, capsys):
    assert RIVALS_PYTHON.exists(), "kjør «make bench», som lager .venv-bench"
    sample, demands = tmp_path / "sample.parquet", tmp_path / "demands.json"
    lines = write_sample(sample)
    specs = expectations_of(CONTRACT)
    demands.write_text(json.dumps([{"type": spec.type_name, "kwargs": spec.kwargs} for spec in specs]), encoding="utf-8")
    ours = run(3, sys.executable, "our_columns.py", sample)
    theirs = {name: run(ROUNDS.get(name, 3), RIVALS_PYTHON, "plain_columns.py", name, sample, demands) for name in RIVALS}
    with capsys.disabled():
        print(f"\n{len(specs)} krav til kolonnene, {lines} linjer, {os.cpu_count()} kjerner; vår tid delt på rivalens")
        print(f"{'':<40}{'kontroll':>11}{'lasting':>11}{'forhold':>9}{'minne':>10}")
        for name, told in {"folgeeval": ours, **{RIVALS[name]: told for name, told in theirs.items()}}.items():
            print(f"{name:<40}{told['validate']:>9.2f} s{told['load']:>9.2f} s"
                  f"{ours['validate'] / told['validate']:>9.2f}{told['memory']:>7.0f} MB")
    assert {name: sorted(told["broken"]) for name, told in {"ours": ours, **theirs}.items()} == {
        name: sorted(BROKEN) for name in ("ours", *RIVALS)}
