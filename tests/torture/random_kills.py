"""The small house killed at random moments, many times. Run as a program: `random_kills.py FOLDER COUNT SEED`.

Every round goes from the inbox to the release in a forked child that is killed somewhere on the way, or just after it;
another child then judges the house, goes the whole way and judges it again. Prints one JSON object.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "killed"))

import small_house as house

from warehouse.home import Home


def killed_after(home: Home, seconds: float) -> bool:
    """Goes the whole way in a child and kills it after the time. Whether it was still going."""
    child = os.fork()
    if child == 0:
        try:
            house.everything(home)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def judged_and_finished(home: Home, expected: str) -> None:
    house.demand_nothing_lost(home)
    house.demand_whole_release(home)
    house.everything(home)
    house.demand_taken_in(home)
    house.demand_whole_release(home)
    assert house.content_of_release(home) == expected, "another release than without a kill"


def main(folder: Path, count: int, seed: int) -> None:
    house.import_all()
    chance, empty = random.Random(seed), folder / "empty"
    house.fill(Home(empty))
    shutil.copytree(empty, folder / "whole")
    began = time.monotonic()
    assert house.in_child(lambda: house.everything(Home(folder / "whole"))) == 0
    whole_way = time.monotonic() - began
    expected = house.content_of_release(Home(folder / "whole"))
    midway = 0
    for number in range(count):
        home = Home(folder / f"round_{number}")
        shutil.copytree(empty, home.root)
        midway += killed_after(home, chance.uniform(0, whole_way))
        assert house.in_child(lambda home=home: judged_and_finished(home, expected)) == 0, f"seed {seed}, round {number}"
        shutil.rmtree(home.root)
    print(json.dumps({"kills": count, "midway": midway, "seconds": round(time.monotonic() - began)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
