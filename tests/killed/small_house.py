"""A small house that is killed: a tiny inbox, the steps from there to a release, and what must hold whenever it stops.

Run as a program (`small_house.py FOLDER`) it goes through every boundary between two steps: for each, a forked child
does the steps and kills itself there with SIGKILL, and another does them again and judges the house. It prints what it
did as one JSON object. Nothing in the product knows of it.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import assets.intake
import assets.publication
import assets.raw_loading
import assets.sources
import dashboards
import expectations
from assets.build import rebuild
from assets.findings import gather_findings
from assets.intake import take_in, waiting_files
from assets.publication import publish
from assets.raw_loading import load_deliveries, not_loaded
from warehouse.contracts import RAW
from warehouse.database import reading, rows, take_snapshot, writing
from warehouse.home import Home

NOW = datetime(2019, 10, 1)
DELIVERIES = Path(__file__).parents[1] / "deliveries"
INBOX = {
    "2012/regnskap.dat": "kostra_accounts/innocent.dat", "2012/skadet.dat": "kostra_accounts/line_of_47_characters.dat",
    "tilskudd.csv": "grants/known_grant_names.csv", "tilskudd_igjen.csv": "grants/known_grant_names.csv",
    "brev.txt": "unknown_form/letter.txt",
}
SOURCES = {name: (DELIVERIES / path).read_bytes() for name, path in INBOX.items()}
ACCEPTED = sorted({hashlib.sha256(SOURCES[name]).hexdigest() for name in ("2012/regnskap.dat", "tilskudd.csv")})
REFUSED = sorted(hashlib.sha256(SOURCES[name]).hexdigest() for name in ("2012/skadet.dat", "brev.txt"))
WATCHED = (("os.fsync", os, "fsync"), ("os.replace", os, "replace"), ("os.unlink", os, "unlink"),
           ("os.mkdir", os, "mkdir"), ("os.symlink", os, "symlink"),
           ("record_accepted", assets.intake, "record_accepted"), ("record_set_aside", assets.intake, "record_set_aside"),
           ("load_rows", assets.raw_loading, "load_rows"))


def import_all() -> None:
    """Everything a child would import at its first use, so that only the parent pays for it."""
    for package in (assets.sources, expectations, dashboards):
        for module in walk_packages(package.__path__, package.__name__ + "."):
            if "great_expectations" not in module.name:
                import_module(module.name)
    for name in ("pyarrow.parquet", "jinja2", "pandas"):
        import_module(name)


def fill(home: Home) -> None:
    """The inbox as it is before anything is taken in, settled."""
    for name, content in SOURCES.items():
        path = home.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))


def take_and_load(home: Home) -> None:
    """From the inbox into raw."""
    with writing(home) as connection:
        for _ in take_in(connection, home, waiting_files(home), NOW):
            pass
        load_deliveries(connection, home, not_loaded(connection))


def build(home: Home) -> None:
    """From raw to findings."""
    with writing(home) as connection:
        rebuild(connection, NOW)
        gather_findings(connection)


def bring_out(home: Home) -> None:
    """From the warehouse to the release and the snapshot."""
    with writing(home) as connection:
        publish(connection, home, 3)
    take_snapshot(home)


def everything(home: Home) -> None:
    """The whole way."""
    take_and_load(home)
    build(home)
    bring_out(home)


def demand_nothing_lost(home: Home) -> None:
    """Each delivery lies in the inbox or is known, accepted at most once; what is known is whole on disk."""
    waiting = {hashlib.sha256(path.read_bytes()).hexdigest() for path in waiting_files(home)}
    known = _register(home)
    accepted = [sha256 for sha256, state in known if state == "accepted"]
    assert len(accepted) == len(set(accepted)), "accepted twice"
    for sha256 in (*ACCEPTED, *REFUSED):
        assert sha256 in waiting or sha256 in {known_sum for known_sum, _ in known}, f"{sha256} is lost"
    for sha256, state in known:
        if state != "duplicate":
            folder = (home.deliveries if state == "accepted" else home.quarantine) / sha256
            kept = [path for path in folder.iterdir() if path.name != "reason.json" and path.suffix != ".part"]
            assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in kept] == [sha256], "the original is not kept"


def demand_taken_in(home: Home) -> None:
    """Everything is in, once, and nothing half-written is left."""
    demand_nothing_lost(home)
    known = _register(home)
    assert sorted(sha256 for sha256, state in known if state == "accepted") == ACCEPTED
    assert sorted({sha256 for sha256, state in known if state == "refused"}) == REFUSED
    assert waiting_files(home) == [] and not list(home.root.rglob("*.part"))
    with writing(home) as connection:
        counts = {contract.name: rows(connection, f"SELECT count(*) FROM {contract.full_name}")[0][0] for contract in RAW}
        expected = dict(rows(connection, "SELECT stem, sum(row_count)::INTEGER FROM register.delivery "
                             "WHERE delivery_state = 'accepted' GROUP BY stem"))
    assert {name.rpartition("_")[0]: count for name, count in counts.items() if count} == expected


def demand_whole_release(home: Home) -> None:
    """What the pointer leads to, if it leads anywhere, is a whole release; a snapshot that is there opens."""
    if os.path.lexists(home.current):
        manifest = json.loads((home.current / "manifest.json").read_bytes())
        for name, sha256 in manifest["files"].items():
            assert hashlib.sha256((home.current / name).read_bytes()).hexdigest() == sha256, f"{name} is not whole"
    if home.snapshot.exists():
        with reading(home) as connection:
            assert rows(connection, "SELECT count(*) FROM marts.indicator_value")[0][0] > 0


def content_of_release(home: Home) -> str:
    """What the release in force holds, as one sum."""
    return json.loads((home.current / "manifest.json").read_bytes())["content_sha256"]


def _register(home: Home) -> list[tuple[str, str]]:
    if not home.database.exists():
        return []
    with writing(home) as connection:
        return rows(connection, "SELECT sha256, delivery_state FROM register.delivery")


def in_child(work: Callable[[], None]) -> int:
    """Does the work in a forked child. Returns how it ended, as os.waitpid tells it; 0 for well."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            import traceback

            traceback.print_exception(error)
            os._exit(1)
    return os.waitpid(child, 0)[1]


def boundaries(work: Callable[[], None], folder: Path) -> list[str]:
    """Does the work in a child and names each boundary it crosses; a run of the same call counts as one, first and last."""
    log = folder / "boundaries"
    assert in_child(lambda: (_watch(lambda label: _append(log, label)), work())) == 0
    return log.read_text().split("\n")[:-1]


def points(labels: list[str]) -> list[int]:
    """The boundaries to be killed at: the first and the last of each unbroken run of the same call on the same kind."""
    calls = [label.partition(" ")[2] for label in labels]
    return [number for number, call in enumerate(calls)
            if number in (0, len(calls) - 1) or call != calls[number - 1] or call != calls[number + 1]]


def killed_at(work: Callable[[], None], point: int) -> int:
    """Does the work in a child that kills itself at the boundary; how it ended."""
    passed = 0

    def at_boundary(label: str) -> None:
        nonlocal passed
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)
        passed += 1

    return in_child(lambda: (_watch(at_boundary), work()))


def _watch(at_boundary: Callable[[str], None]) -> None:
    """From now on every watched call is a boundary, before it and after it."""
    for label, module, name in WATCHED:
        setattr(module, name, _watched(label, getattr(module, name), at_boundary))


def _watched(label: str, call: Callable, at_boundary: Callable[[str], None]) -> Callable:
    def watched(*given, **named):
        kind = _kind(label, given)
        at_boundary(f"before {kind}")
        result = call(*given, **named)
        at_boundary(f"after {kind}")
        return result

    return watched


def _kind(label: str, given: tuple) -> str:
    """The call and the kind of file it is about; the many files of an unfinished release are one kind."""
    about = given[0] if given else ""
    if isinstance(about, int):
        about = os.readlink(f"/proc/self/fd/{about}")
    if not isinstance(about, str | Path):
        return label
    return "unfinished release" if ".part/" in str(about) else f"{label} {Path(about).suffix or 'folder'}"


def _append(log: Path, label: str) -> None:
    with log.open("a") as file:
        file.write(label + "\n")


def tried_everywhere(folder: Path, name: str, prepared: Path, work: Callable[[Home], None],
                     holds: Callable[[Home], None], again: Callable[[Home], None]) -> int:
    """Kills the work at each point in a copy of the prepared house. Returns the number of points."""
    def house(number: int | str) -> Home:
        target = folder / f"{name}_{number}"
        shutil.copytree(prepared, target, symlinks=True)
        return Home(target)

    unharmed = house("unharmed")
    labels = boundaries(lambda: work(unharmed), folder)
    (folder / "boundaries").unlink()
    chosen = points(labels)
    for point in chosen:
        home = house(point)
        ended = killed_at(lambda home=home: work(home), point)
        assert os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL, f"{name} {point}: not killed ({ended})"
        assert in_child(lambda home=home: (holds(home), work(home), again(home))) == 0, f"{name} {point} {labels[point]}"
        shutil.rmtree(home.root)
    return len(chosen)


def main(folder: Path) -> None:
    import_all()
    empty, ready = folder / "empty", folder / "ready"
    fill(Home(empty))
    shutil.copytree(empty, ready)
    assert in_child(lambda: (take_and_load(Home(ready)), build(Home(ready)), demand_taken_in(Home(ready)))) == 0
    shutil.copytree(ready, folder / "whole")
    assert in_child(lambda: bring_out(Home(folder / "whole"))) == 0
    expected = content_of_release(Home(folder / "whole"))

    def released(home: Home) -> None:
        demand_whole_release(home)
        assert content_of_release(home) == expected and home.snapshot.exists()
        assert not list(home.root.rglob("*.part")), "something half-written is left"

    counts = {
        "intake": tried_everywhere(folder, "intake", empty, take_and_load, demand_nothing_lost, demand_taken_in),
        "publication": tried_everywhere(folder, "publication", ready, bring_out, demand_whole_release, released),
    }
    print(json.dumps(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
