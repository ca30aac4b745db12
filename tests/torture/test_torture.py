"""Killed a thousand times at random moments, and a whole refresh twenty times: nothing is lost, doubled or half shown.

`make torture`; bounded to a quarter of an hour. The seed is printed, and a failure names its round.
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

ROOT = Path(__file__).parents[2]
RANDOM_KILLS = Path(__file__).parent / "random_kills.py"
sys.path.insert(0, str(ROOT / "tests" / "killed"))
SMALL_KILLS, REFRESH_KILLS, PROCESSES = 1_000, 20, 2
REFRESH = [sys.executable, "-m", "pipelines.command_line", "refresh", "--quiet", "--home"]

pytestmark = pytest.mark.torture


@pytest.fixture
def seed() -> int:
    chosen = int(os.environ.get("TORTURE_SEED", secrets.randbelow(10**6)))
    print(f"\nTORTURE_SEED={chosen}")
    return chosen


def test_a_thousand_kills_between_the_inbox_and_the_release_lose_nothing(tmp_path, seed):
    running = []
    for number in range(PROCESSES):
        folder = tmp_path / str(number)
        folder.mkdir()
        running.append(subprocess.Popen(
            [sys.executable, RANDOM_KILLS, folder, str(SMALL_KILLS // PROCESSES), str(seed + number)], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    ended = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES, "".join(err[-3000:] for _, err in ended)
    told = [json.loads(out) for out, _ in ended]
    print(f"{sum(part['kills'] for part in told)} kills, {sum(part['midway'] for part in told)} of them midway, "
          f"{max(part['seconds'] for part in told)} s")
    assert sum(part["midway"] for part in told) > SMALL_KILLS / 2


def test_a_whole_refresh_killed_at_random_is_taken_up_by_the_next(tmp_path, seed):
    import small_house as house

    from warehouse.home import Home

    chance = random.Random(seed)
    environment = os.environ | {"FOLGEEVAL_NOW": house.NOW.isoformat()}
    whole = Home(tmp_path / "whole")
    house.fill(whole)
    began = time.monotonic()
    subprocess.run([*REFRESH, whole.root], cwd=ROOT, env=environment, check=False, capture_output=True)
    whole_way, expected, midway = time.monotonic() - began, house.content_of_release(whole), 0
    for number in range(REFRESH_KILLS):
        home = Home(tmp_path / str(number))
        house.fill(home)
        running = subprocess.Popen([*REFRESH, home.root], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, whole_way))
        running.kill()
        midway += running.wait() == -signal.SIGKILL
        house.demand_nothing_lost(home)
        house.demand_whole_release(home)
        again = subprocess.run([*REFRESH, home.root], cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        assert again.returncode in (0, 11), f"seed {seed}, round {number}: {again.stderr[-2000:]}"
        house.demand_taken_in(home)
        assert house.content_of_release(home) == expected, f"seed {seed}, round {number}"
    print(f"{REFRESH_KILLS} kills of a refresh, {midway} of them midway")
    assert midway > REFRESH_KILLS / 2
