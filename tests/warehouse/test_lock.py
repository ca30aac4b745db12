"""One writer at a time: the second one waits, and is told who holds the warehouse."""

import subprocess
import sys
import threading
import time

import pytest

from warehouse.lock import WarehouseBusy, exclusive

HOLD_UNTIL_TOLD = """
import pathlib, sys
from warehouse.lock import exclusive
with exclusive(pathlib.Path(sys.argv[1])):
    print("holder", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "warehouse" / "lock"


@pytest.fixture
def holder(path):
    """Another process that holds the lock until it reads a line."""
    process = subprocess.Popen([sys.executable, "-c", HOLD_UNTIL_TOLD, str(path)], text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == "holder\n"
    yield process
    process.kill()
    process.communicate()


def let_go(process: subprocess.Popen) -> None:
    process.stdin.write("\n")
    process.stdin.flush()


def test_the_second_process_is_told_who_holds_the_warehouse(path, holder):
    with pytest.raises(WarehouseBusy, match=f"prosess {holder.pid} holder"), exclusive(path, wait_seconds=0):
        pass
    assert holder.poll() is None


def test_the_second_process_waits_until_the_first_lets_go(path, holder):
    started = time.monotonic()
    threading.Timer(0.15, let_go, [holder]).start()
    with exclusive(path, wait_seconds=30):
        assert time.monotonic() - started >= 0.15
        assert path.read_text(encoding="utf-8").startswith("prosess ")


def test_a_process_that_is_killed_lets_go(path, holder):
    holder.kill()
    holder.wait(timeout=30)
    with exclusive(path, wait_seconds=5):
        assert str(holder.pid) not in path.read_text(encoding="utf-8")


def test_the_holder_may_enter_again_and_still_holds_when_it_leaves_the_inner_room(path):
    probe = [sys.executable, "-c", "import pathlib, sys\nfrom warehouse.lock import exclusive\n"
             "with exclusive(pathlib.Path(sys.argv[1]), wait_seconds=0): pass", str(path)]
    with exclusive(path):
        with exclusive(path, wait_seconds=0):
            pass
        assert subprocess.run(probe, capture_output=True, timeout=30).returncode != 0
    assert subprocess.run(probe, capture_output=True, timeout=30).returncode == 0


def test_the_lock_is_free_after_a_fault_inside(path):
    with pytest.raises(ZeroDivisionError), exclusive(path):
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == ""
    with exclusive(path, wait_seconds=0):
        assert path.read_text(encoding="utf-8") != ""
