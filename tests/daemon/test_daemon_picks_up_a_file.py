"""Once for real: the daemon runs as `folgeeval dev` starts it, a file is dropped, and the site changes by itself.

Not part of `make test`: `make test-daemon` runs it, in about half a minute.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG

from pipelines.dagster_runs import prepare_instance
from warehouse.database import one, reading
from warehouse.home import Home

pytestmark = pytest.mark.daemon
ROOT = Path(__file__).parents[2]
LONGEST_WAIT = 240.0
LONGEST_FAREWELL = 60.0
CORRECTED = "2012/kostra_0A_2018.dat"


@pytest.fixture
def daemon(copied_home, tmp_path) -> Iterator[subprocess.Popen]:
    """Dagster's daemon over a copy of the demo's home, with the code location it starts for itself."""
    prepare_instance(copied_home)
    environment = {**os.environ, "FOLGEEVAL_HOME": str(copied_home.root), "FOLGEEVAL_NOW": "2019-10-01",
                   "DAGSTER_HOME": str(copied_home.dagster), "PYTHONPATH": str(ROOT)}
    with (tmp_path / "daemon.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dagster._daemon", "run", "-m", "pipelines.definitions"], cwd=ROOT, env=environment,
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def waited_for(condition: Callable[[], bool], process: subprocess.Popen, log: Path) -> float:
    """Seconds until the condition held. Fails, with the end of the log, when it takes too long or the daemon dies."""
    start = time.monotonic()
    while not condition():
        told = log.read_text(encoding="utf-8", errors="replace")[-4000:]
        assert process.poll() is None, f"tjenesten stoppet av seg selv:\n{told}"
        assert time.monotonic() - start < LONGEST_WAIT, f"ventet {LONGEST_WAIT} sekunder:\n{told}"
        time.sleep(0.25)
    return time.monotonic() - start


def drop(home: Home, path: str, content: bytes) -> None:
    """As a person's copy arrives: under another name first, then whole."""
    target = home.inbox / path
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    unfinished.write_bytes(content)
    os.replace(unfinished, target)


def runs_asked_for_by_the_sensor(instance: dg.DagsterInstance) -> list[dg.DagsterRun]:
    return sorted(instance.get_runs(dg.RunsFilter(tags={"dagster/sensor_name": "inbox"})), key=lambda run: (
        instance.get_run_stats(run.run_id).start_time or float("inf")))


def all_done(instance: dg.DagsterInstance) -> bool:
    runs = runs_asked_for_by_the_sensor(instance)
    return len(runs) > 1 and all(run.is_finished for run in runs)


def with_one_more_on_the_last_line(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    amount = lines[-1].split()[-1]
    lines[-1] = lines[-1].replace(amount, str(int(amount) + 1).encode().rjust(len(amount)))
    return b"".join(lines)


def test_a_dropped_file_changes_the_site_by_itself_through_exactly_the_runs_it_needs(
        copied_home, daemon, tmp_path, demo_files):
    page = copied_home.current / "site" / "kommune-alta.html"
    before, log = page.read_text(encoding="utf-8"), tmp_path / "daemon.log"
    drop(copied_home, "tilskudd.csv", demo_files["tilskudd.csv"].replace(
        b"2012;2018;kompensasjon;25500", b"2012;2018;kompensasjon;26000"))
    drop(copied_home, CORRECTED, with_one_more_on_the_last_line(demo_files[CORRECTED]))

    seconds = waited_for(lambda: os.readlink(copied_home.current) == "releases/2", daemon, log)
    print(f"Fra filen lå i innboksen til utgivelsen var ny: {seconds:.0f} s")
    after = page.read_text(encoding="utf-8")
    assert "26,0" in after and after != before and list(copied_home.inbox.rglob("*.*")) == []

    with dg.DagsterInstance.from_config(str(copied_home.dagster)) as instance:
        waited_for(lambda: all_done(instance), daemon, log)
        runs = runs_asked_for_by_the_sensor(instance)
    assert {run.status for run in runs} == {dg.DagsterRunStatus.SUCCESS}
    assert sorted((run.job_name, run.tags.get(ASSET_PARTITION_RANGE_START_TAG),
                   run.tags.get(ASSET_PARTITION_RANGE_END_TAG)) for run in runs[:-1]) == [
        ("load_grants", "0627:2016", "2012:2018"), ("load_kostra_accounts", "2012:2018", "2012:2018")]
    assert runs[-1].job_name == "rebuild"
    with reading(copied_home) as connection:
        assert one(connection, "SELECT value FROM marts.indicator_value WHERE indicator_id = 'G1-03' "
                   "AND unit_code = '2012' AND period = '2018'") == 26.0

    daemon.send_signal(signal.SIGINT)
    assert daemon.wait(timeout=LONGEST_FAREWELL) == 0
