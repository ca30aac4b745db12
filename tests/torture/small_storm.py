"""A storm over the small home: files come, and every refresh is killed at random until one in the round gets through.

Run as a program with an empty folder, the number of kills, the seconds it may take, and a seed; prints one JSON object.
Half of the kills are at a random step, half at a random moment, also inside DuckDB and while it closes.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "killed"))

from kill_points import warm
from scythe import in_child
from small_home import (
    ACCOUNTS, BROKEN, CODEBOOK, EARLIER, FIRST_DAY, GRANTS, MARKS, RATES, held, nothing_is_lost, put, refresh,
    refreshed, shown, what_is_published_is_whole,
)

from warehouse.database import writing
from warehouse.home import Home

KILLS_A_ROUND = 12


def files_of(chance: random.Random, round_number: int) -> dict[str, bytes]:
    """One to four files: corrections, copies, refused ones, one with marks, one whose marks cannot be read."""
    amount = 20_000 + round_number
    pool = {
        "2012/tilskudd.csv": GRANTS.format(amount=amount).encode(), "2012/regnskap.dat": ACCOUNTS,
        "2012/regnskap_med_merker.dat": ACCOUNTS.replace(b"2000", str(amount % 9000 + 1000).encode()),
        "0729/feil_mappe.csv": GRANTS.format(amount=amount).encode(), "feil.dat": BROKEN, "satser.csv": RATES,
        "kodebok.qdc": CODEBOOK.replace(b"Egen kode", f"Kode {amount}".encode()),
        "2012/darlige_merker.dat": ACCOUNTS + f"0A2018 201200{'':18}1244 010{amount:>9}\n".encode()}
    files = {name: pool[name] for name in chance.sample(sorted(pool), chance.randint(1, 4))}
    marks = {"2012/regnskap_med_merker.dat": MARKS, "2012/darlige_merker.dat": b"{"}
    return files | {f"{name}.provenance.json": marks[name] for name in files if name in marks}


def killed_at_a_moment(work, seconds: float) -> bool:
    """Whether the kill came before the child was done."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def killed_at_a_step(work, at: int) -> bool:
    """Whether there was such a step."""
    try:
        in_child(work, at=at)
    except RuntimeError:
        return False
    return True


def look(home: Home, files: dict[str, bytes]) -> None:
    """What must hold in the middle of everything. The warehouse is looked at through a copy: looking changes nothing."""
    copy = Home(home.root.with_name("looked_at"))
    shutil.rmtree(copy.root, ignore_errors=True)
    shutil.copytree(home.root, copy.root, symlinks=True)
    with writing(copy) as connection:
        nothing_is_lost(connection, copy, files)
    what_is_published_is_whole(copy)


def what_it_came_to(home: Home) -> dict:
    with writing(home) as connection:
        kept = held(connection, home)
    seen = shown(home)
    return {**kept, **{part: seen[part] for part in ("marts.indicator_value", "findings.finding", "register.clock")}}


def storm(work: Path, kills: int, seconds: float, seed: int) -> dict:
    chance, begun = random.Random(seed), time.monotonic()
    home = in_child(lambda: refreshed(work / "stormy", EARLIER, FIRST_DAY))
    calm = in_child(lambda: refreshed(work / "calm", EARLIER, FIRST_DAY))
    counts = {"asked": kills, "seed": seed, "at a step": 0, "at a moment": 0, "rounds": 0, "got through": 0}
    took, faults = 1.0, []
    while counts["at a step"] + counts["at a moment"] < kills and time.monotonic() - begun < seconds and not faults:
        counts["rounds"] += 1
        now, files = FIRST_DAY + timedelta(hours=counts["rounds"]), files_of(chance, counts["rounds"])
        for where in (home, calm):
            put(where, files)
        for _ in range(KILLS_A_ROUND):
            way = chance.choice(("at a step", "at a moment"))
            work_of_it = lambda: refresh(home, now)  # noqa: E731
            killed = (killed_at_a_step(work_of_it, chance.randint(1, 90)) if way == "at a step"
                      else killed_at_a_moment(work_of_it, chance.uniform(0, took)))
            counts[way if killed else "got through"] += 1
            try:
                in_child(lambda: look(home, files))
            except RuntimeError as error:
                faults.append(f"runde {counts['rounds']}: {error}")
        start = time.monotonic()
        in_child(lambda: refresh(calm, now))
        took = time.monotonic() - start
        in_child(lambda: refresh(home, now))
        expected, after = (in_child(lambda where=where: what_it_came_to(where)) for where in (calm, home))
        faults += [f"runde {counts['rounds']}: {part} er en annen" for part in expected if after[part] != expected[part]]
    return {**counts, "seconds": round(time.monotonic() - begun), "faults": faults}


if __name__ == "__main__":
    warm()
    print(json.dumps(storm(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))))
