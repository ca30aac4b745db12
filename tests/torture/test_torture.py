"""`make torture`: a thousand random kills of the small child, and twenty of a whole refresh with Dagster.

Bounded to a quarter of an hour: on a slow machine fewer kills are made, and the number is told.
"""

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from warehouse.database import reading, rows
from warehouse.home import Home

pytestmark = pytest.mark.torture
ROOT = Path(__file__).parents[2]
SMALL_STORM = Path(__file__).with_name("small_storm.py")
SMALL_KILLS, SMALL_SECONDS, PROCESSES = 1_000, 600, 2
WHOLE_KILLS, WHOLE_SECONDS = 20, 280
GRANTS = "kommunenr;aar;tilskudd;beloep_1000kr;engang\n2012;2018;kompensasjon;{amount};nei\n"


@pytest.fixture
def seed() -> int:
    chosen = int(os.environ.get("TORTURE_SEED", secrets.randbelow(10**6)))
    print(f"\nTORTURE_SEED={chosen}")
    return chosen


def test_a_thousand_random_kills_lose_nothing_and_change_nothing(tmp_path, seed):
    running = []
    for number in range(PROCESSES):
        folder = tmp_path / str(number)
        folder.mkdir()
        running.append(subprocess.Popen(
            [sys.executable, SMALL_STORM, folder, str(SMALL_KILLS // PROCESSES), str(SMALL_SECONDS), str(seed + number)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT))
    ended = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES, "".join(errors[-3000:] for _, errors in ended)
    for out, errors in ended:
        told = json.loads(out)
        print(told)
        assert told["faults"] == [], errors[-3000:]
        assert told["at a step"] > 0 < told["at a moment"]


def start(home: Home) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "pipelines.command_line", "refresh", "--home", str(home.root), "--quiet"],
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
                            cwd=ROOT, env={**os.environ, "FOLGEEVAL_NOW": "2019-10-01"})


def finish(home: Home) -> float:
    """Refreshes to the end; returns the seconds it took."""
    begun = time.monotonic()
    process = start(home)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    return time.monotonic() - begun


def deliver(home: Home, amount: int) -> str:
    """A correction in the inbox, settled long ago; returns what it says."""
    text = GRANTS.format(amount=amount)
    path = home.inbox / "2012" / "tilskudd.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (0, 0))
    return text


def look(home: Home, corrections: int) -> None:
    """Each correction is registered once, is loaded, and the newest is what the whole and published release shows."""
    with reading(home) as connection:
        assert rows(connection, "SELECT count(*), count(DISTINCT sha256) FROM register.delivery") == [
            (corrections, corrections)]
        assert rows(connection, "SELECT count(*) FROM raw.grants_line") == [(corrections,)]
        assert rows(connection, "SELECT amount_thousand_nok FROM core.grant_line") == [(20_000 + corrections,)]
        assert rows(connection, "SELECT count(*) FROM register.leaving") == [(0,)]
    manifest = json.loads((home.current / "manifest.json").read_bytes())
    present = {path.relative_to(home.current).as_posix() for path in home.current.rglob("*") if path.is_file()}
    assert present == {*manifest["files"], "manifest.json"} and not list(home.inbox.rglob("*.csv"))


def test_twenty_random_kills_of_a_whole_refresh_lose_nothing(tmp_path, seed):
    chance, begun = random.Random(seed), time.monotonic()
    home = Home(tmp_path / "home")
    deliver(home, 20_001)
    took, kills, through, corrections = finish(home), 0, 0, 1
    while kills < WHOLE_KILLS and time.monotonic() - begun < WHOLE_SECONDS:
        corrections += 1
        deliver(home, 20_000 + corrections)
        for _ in range(4):
            process = start(home)
            try:
                process.wait(chance.uniform(0.2, took))
                through += 1
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                kills += 1
            process.stderr.close()
        finish(home)
        look(home, corrections)
    print(f"hel oppdatering: {kills} av {WHOLE_KILLS} drept, {through} kom gjennom, {corrections - 1} rettelser, "
          f"{time.monotonic() - begun:.0f} s")
    assert kills > 0
