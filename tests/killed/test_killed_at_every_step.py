"""Kill -9 at every step boundary of intake and of publication: whoever comes after finishes it as if nothing had been.

`make torture` kills at random moments too, and whole refreshes; here no boundary is left out, and nothing is random.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.house

PROGRAM = Path(__file__).with_name("kill_points.py")
LONGEST_SECONDS = 300
"""A child that hangs must not hang the tests; the work itself takes about twenty seconds of one core."""


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict:
    done = subprocess.run([sys.executable, str(PROGRAM), str(tmp_path_factory.mktemp("killed"))], capture_output=True,
                          text=True, timeout=LONGEST_SECONDS, check=False, cwd=PROGRAM.parents[2])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_no_kill_and_no_full_disk_loses_a_delivery_registers_one_twice_or_shows_half_a_release(found):
    assert len(found["full disk"]["steps"]) == 3
    assert [fault for scenario in found.values() for fault in scenario["faults"]] == []


def test_every_step_of_taking_a_file_in_was_killed_at(found):
    """From the folder it is kept in to the last trace of it in the inbox."""
    taken = {name: scenario for name, scenario in found.items() if name not in ("release", "full disk")}
    assert len(taken) == 5 and all(scenario["killed"] == len(scenario["steps"]) for scenario in taken.values())
    steps = [step for scenario in taken.values() for step in scenario["steps"]]
    for step in ("write a.dat.part", "write the rest of a.dat.part", "replace a.dat", "COMMIT", "unlink a.dat",
                 "unlink a.dat.provenance.json", "replace reason.json", "replace extract.json",
                 "DELETE FROM register.leaving", "close the database"):
        assert step in steps, step


def test_every_step_of_putting_a_release_in_force_was_killed_at(found):
    steps, killed = found["release"]["steps"], found["release"]["killed"]
    pages = sum(step.startswith("write ") and step.endswith((".html", ".css", ".js", ".csv", ".json", ".parquet"))
                for step in steps)
    assert pages > 2 * 3 and len(steps) > killed > len(steps) - pages
    last = steps[steps.index("replace 2"):]
    assert [step for step in last if not step.startswith(("write", "close"))] == [
        "replace 2", "symlink current.new", "replace current", "CHECKPOINT", "replace snapshot.duckdb",
        "replace state.json"]
