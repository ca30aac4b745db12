"""Kills the small child at every step of intake and of publication, and fills its disk, and says what followed.

Run as a program with an empty folder; prints one JSON object: by scenario the steps, and the faults found. Forking from
one warm process is what makes it quick. Writes of one release's files are the same to whoever comes after, so of these
the first, one in the middle and the last stand for all; every other step is killed at.
"""

import json
import os
import resource
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from scythe import in_child
from small_home import (
    EARLIER, FIRST_DAY, GRANTS, SCENARIOS, SECOND_DAY, build, held, nothing_is_lost, put, refreshed, release, shown,
    take_and_load, what_is_published_is_whole,
)

import dashboards.site
from assets.intake import take_in, waiting_files
from assets.publication import printed_before, release_of
from assets.raw_loading import load_deliveries, not_loaded
from assets.sources import recognise
from dashboards.release import Release
from expectations.finding import DeliveryRefused
from pipelines.fingerprint import code_version
from warehouse.database import writing
from warehouse.durable import is_full_disk
from warehouse.home import Home


def kill_intake(work: Path, delivered: Path, name: str, files: dict[str, bytes]) -> dict:
    """A file or more in the inbox of a home, and the machine stopping before each step of taking them in."""
    def fresh() -> Home:
        home = Home(work / "home")
        shutil.rmtree(home.root, ignore_errors=True)
        shutil.copytree(delivered, home.root)
        put(home, files)
        return home

    home = fresh()
    steps = in_child(lambda: take_and_load(home), counts=True)
    expected = in_child(lambda: _held(home))
    faults = []
    for at, step in enumerate(steps, 1):
        home = fresh()
        in_child(lambda: take_and_load(home), at=at)
        try:
            after = in_child(lambda: _gone_on(home, files))
            faults += [f"{name}, før {step}: {part} er en annen" for part in expected if after[part] != expected[part]]
        except RuntimeError as error:
            faults.append(f"{name}, før {step}: {error}")
    return {"steps": steps, "killed": len(steps), "faults": faults}


def fill_disk(home: Home, work_of_it: Callable[[Home], object], bytes_there_is_room_for: int) -> list[str]:
    """A disk that takes no file above a size: what is wrong with what is said and left, judged before anything is mended.

    It is the system that refuses, so Python, DuckDB and every library meet what they would meet on a full disk.
    """
    def limited() -> bool:
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_there_is_room_for, bytes_there_is_room_for))
        try:
            work_of_it(home)
        except Exception as error:
            return is_full_disk(error)
        return False

    faults = [] if in_child(limited) else ["feilen sier ikke at disken er full"]
    return faults + [f"halvskrevet: {path.name}" for path in home.root.rglob("*") if path.name.endswith((".part", ".new"))]


def fill_at_intake(work: Path, delivered: Path) -> dict:
    """No room for the original, for its reason, for the register's journal: then there is room, and it goes on."""
    (files, *_), faults = SCENARIOS.values(), []
    sizes = (100, 1_040, 3_000)
    for size in (None, *sizes):
        home = Home(work / "home")
        shutil.rmtree(home.root, ignore_errors=True)
        shutil.copytree(delivered, home.root)
        put(home, files)
        if size is not None:
            faults += [f"plass til {size}: {fault}" for fault in fill_disk(home, take_and_load, size)]
        after = in_child(lambda: _gone_on(home, files))
        expected = after if size is None else expected
        faults += [f"plass til {size}: {part} er en annen" for part in expected if after[part] != expected[part]]
    return {"steps": list(sizes), "killed": 0, "faults": faults}


def _held(home: Home) -> dict:
    with writing(home) as connection:
        return held(connection, home)


def _gone_on(home: Home, files: dict[str, bytes]) -> dict:
    """What the next refresh makes of what it finds."""
    with writing(home) as connection:
        nothing_is_lost(connection, home, {**EARLIER, **files})
        list(take_in(connection, home, waiting_files(home), SECOND_DAY))
        load_deliveries(connection, home, not_loaded(connection))
        return held(connection, home)


def kill_release(work: Path, built: Path) -> dict:
    """A home rebuilt after a correction, and the machine stopping before each step of making and showing the release."""
    def fresh() -> Home:
        home = Home(work / "home")
        shutil.rmtree(home.root, ignore_errors=True)
        # All but the warehouse is never written to again, only replaced.
        shutil.copytree(built, home.root, symlinks=True, copy_function=lambda source, target: (
            shutil.copyfile if source.endswith("folgeeval.duckdb") else os.link)(source, target))
        return home

    # The pages are the same every time, and are made once for all.
    pages = dashboards.site.build_site(in_child(lambda: _release_of(fresh())))
    dashboards.site.build_site = lambda release: pages
    home = fresh()
    old = json.loads((home.current / "manifest.json").read_bytes())["content_sha256"]
    steps = in_child(lambda: release(home), counts=True)
    expected = in_child(lambda: shown(home))
    new = json.loads((home.current / "manifest.json").read_bytes())["content_sha256"]
    faults = [] if old != new else ["rettelsen ga ingen ny utgivelse"]
    chosen = chosen_of(steps)
    for at in chosen:
        home = fresh()
        in_child(lambda: release(home), at=at)
        try:
            after = in_child(lambda: (what_is_published_is_whole(home, {old, new}), release(home), shown(home))[-1])
            faults += [f"før {steps[at - 1]}: {part} er en annen" for part in expected if after[part] != expected[part]]
        except RuntimeError as error:
            faults.append(f"før {steps[at - 1]}: {error}")
    home = fresh()
    faults += fill_disk(home, release, 400_000)
    in_child(lambda: (what_is_published_is_whole(home, {old}), release(home), what_is_published_is_whole(home, {new})))
    return {"steps": steps, "killed": len(chosen), "faults": faults}


def _release_of(home: Home) -> Release:
    with writing(home) as connection:
        return release_of(connection, 3, printed_before(home))


def chosen_of(steps: list[str]) -> list[int]:
    """The numbers of the steps to kill at: all, but of a release's files only some.

    They are the first, the one that later refreshes read again, the middle and the last.
    """
    begin = steps.index("write indicator_value.csv") + 1
    end = steps.index("write the rest of manifest.json") + 1
    files = [number for number in range(begin, end) if steps[number].startswith("write the rest of ")]
    kept = {files[0], files[len(files) // 2], files[-1], steps.index("write the rest of indicator_value.json")}
    return [number for number in range(1, len(steps) + 1)
            if not begin <= number <= end or number in kept or number - 1 in kept]


def warm() -> None:
    """Imports here, once, what every child needs. Nothing of DuckDB's: its threads do not survive a fork."""
    import pandas  # noqa: F401

    code_version()
    for files in SCENARIOS.values():
        for name, content in files.items():
            reader = recognise(content, name)
            with suppress(DeliveryRefused):
                if reader:
                    reader.read(content, name)


def main(work: Path) -> None:
    warm()
    built, delivered = work / "built", work / "delivered"
    in_child(lambda: refreshed(built, EARLIER, FIRST_DAY).root)
    in_child(lambda: (put(Home(delivered), EARLIER), take_and_load(Home(delivered), FIRST_DAY)))
    found = {name: kill_intake(work, delivered, name, files) for name, files in SCENARIOS.items()}
    put(Home(built), {"a.csv": GRANTS.format(amount=26000).encode()})
    in_child(lambda: (Home(built).refresh_state.unlink(), take_and_load(Home(built)), build(Home(built))))
    found["release"] = kill_release(work, built)
    found["full disk"] = fill_at_intake(work, delivered)
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
