"""The Dagster side of a refresh: the home's own instance, raw runs over new scope keys, one rebuild.

The sensor asks for the same runs that a refresh makes itself.

Dagster is imported inside the functions: a refresh that has nothing to do never pays for it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assets.register import scope_keys_of
from pipelines.failures import RefreshFailed
from pipelines.settings import quiet_libraries
from warehouse.database import Connection, one
from warehouse.home import Home

INSTANCE_SETTINGS = """\
# Skrives av folgeeval; endringer her blir overskrevet.
telemetry:
  enabled: false
nux:
  enabled: false
freshness:
  enabled: true
concurrency:
  runs:
    max_concurrent_runs: 1
# En kjøring som mistet prosessen sin, må ikke stenge køen for alltid.
run_monitoring:
  enabled: true
  start_timeout_seconds: 180
  max_runtime_seconds: 1800
"""
_LOG_ERRORS_ONLY = {"loggers": {"console": {"config": {"log_level": "ERROR"}}}}


def prepare_instance(home: Home) -> None:
    """Writes the instance's settings, so that every way into Dagster meets the same quiet instance."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    (home.dagster / "dagster.yaml").write_text(INSTANCE_SETTINGS, encoding="utf-8")
    quiet_libraries(home.dagster)


@contextmanager
def quick_history() -> Iterator[None]:
    """Lets Dagster write its history without waiting for the disk at each event, which is most of what a run costs.

    SQLite still waits where it moves its journal into the file, so a power cut can take the last events, never break the
    file. What was loaded and built is not in there: the warehouse waits for the disk as before.

    Dagster opens and closes each file for every event, and SQLite moves the journal whenever the last connection to a file
    is closed. One connection to each is therefore held open until the run is over.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    held: dict[str, Any] = {}

    def hurry(connection, _record) -> None:
        _wait_at_checkpoints_only(connection, held)

    event.listen(Engine, "connect", hurry)
    try:
        yield
    finally:
        event.remove(Engine, "connect", hurry)
        for connection in held.values():
            connection.close()


def _wait_at_checkpoints_only(connection, held: dict[str, Any]) -> None:
    import sqlite3

    if not isinstance(connection, sqlite3.Connection):
        return
    connection.execute("PRAGMA synchronous = NORMAL")
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    if path and path not in held:
        held[path] = sqlite3.connect(path)
        held[path].execute("SELECT count(*) FROM sqlite_master").fetchone()


def new_partitions(connection: Connection, delivery_ids: Iterable[int]) -> dict[str, list[str]]:
    """The scope keys of some deliveries by source, as partition keys."""
    keys: dict[str, list[str]] = defaultdict(list)
    for delivery_id in delivery_ids:
        stem = one(connection, "SELECT stem FROM register.delivery WHERE delivery_id = ?", [delivery_id])
        keys[stem].extend(key for key in scope_keys_of(connection, delivery_id) if key not in keys[stem])
    return dict(keys)


@dataclass(frozen=True)
class RawRun:
    """One run that loads an unbroken stretch of one source's scope keys, from `first` to `last`."""

    stem: str
    first: str
    last: str

    @property
    def tags(self) -> dict[str, str]:
        """What tells Dagster which partitions the run is over."""
        from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG

        return {ASSET_PARTITION_RANGE_START_TAG: self.first, ASSET_PARTITION_RANGE_END_TAG: self.last}


def raw_runs(instance, partitions: dict[str, list[str]]) -> list[RawRun]:
    """The runs that load the scope keys, and no others, into raw: one per source and unbroken stretch of keys.

    The keys are added to the instance here, so that their order is known when the stretches are found.
    """
    runs = []
    for stem, keys in partitions.items():
        instance.add_dynamic_partitions(stem, keys)
        all_keys = list(instance.get_dynamic_partitions(stem))
        runs += [RawRun(stem, first, last) for first, last in stretches(all_keys, keys)]
    return runs


def load_raw(home: Home, threshold: int, partitions: dict[str, list[str]]) -> None:
    """Loads the scope keys into raw here and now. Raises RefreshFailed."""
    import dagster as dg

    from pipelines.definitions import build_definitions
    from pipelines.jobs import load_job_name

    definitions = build_definitions(home, threshold)
    with quick_history(), dg.DagsterInstance.get() as instance:
        for run in raw_runs(instance, partitions):
            _demand_success(definitions.resolve_job_def(load_job_name(run.stem)).execute_in_process(
                instance=instance, run_config=_LOG_ERRORS_ONLY, tags=run.tags, raise_on_error=False))


def stretches(all_keys: list[str], wanted: list[str]) -> list[tuple[str, str]]:
    """The unbroken stretches of wanted keys in the partitions' own order, as (first, last)."""
    found: list[tuple[str, str]] = []
    previous = None
    for position, key in enumerate(all_keys):
        if key in wanted:
            if found and previous == position - 1:
                found[-1] = (found[-1][0], key)
            else:
                found.append((key, key))
            previous = position
    return found


def rebuild(home: Home, threshold: int, as_of: datetime) -> None:
    """Runs the whole rebuild once for a moment: clock, reference, core, checks, indicators, marts, findings, release.

    Raises RefreshFailed.
    """
    import dagster as dg

    from pipelines.definitions import build_definitions
    from pipelines.jobs import REBUILD_JOB

    moment = {"ops": {"register__clock": {"config": {"as_of": as_of.isoformat()}}}}
    job = build_definitions(home, threshold).resolve_job_def(REBUILD_JOB)
    with quick_history(), dg.DagsterInstance.get() as instance:
        _demand_success(job.execute_in_process(
            instance=instance, run_config={**_LOG_ERRORS_ONLY, **moment}, raise_on_error=False))


def _demand_success(outcome) -> None:
    if outcome.success:
        return
    failures = [event for event in outcome.all_events if event.is_step_failure]
    steps = [event.step_key for event in failures]
    broken = [f"{check.asset_key.to_user_string()} ({check.metadata['brutt'].value})"
              for check in outcome.get_asset_check_evaluations() if not check.passed and "brutt" in check.metadata]
    if any(_tells_of_a_full_disk(event) for event in failures):
        raise RefreshFailed("Disken er full. Ingenting er publisert, og forrige utgivelse står. Gjør plass og kjør "
                            "«folgeeval refresh» på nytt; det som er tatt inn, er tatt vare på.")
    details = f" Kontrakter som brytes: {'; '.join(broken)}." if broken else why_not_published(map(_error_text, failures))
    raise RefreshFailed(f"Oppdateringen stoppet i {', '.join(steps) or 'ukjent steg'}.{details} Ingenting er publisert; "
                        "forrige utgivelse står. Se kjøringen i Dagster med «folgeeval dev».")


def why_not_published(errors: Iterable[str]) -> str:
    """What the release itself says was wrong with it, out of what the failed steps say; empty where none was about that."""
    said = re.search(r"Ingenting publiseres: [^\n]*[^\n.]", "\n".join(errors))
    return f" {said.group()}." if said else ""


def _error_text(failure) -> str:
    error = failure.step_failure_data.error
    return error.to_string() if error else ""


def _tells_of_a_full_disk(failure) -> bool:
    """Whether the error behind a failed step, however deep, is that there was no room."""
    from warehouse.durable import is_full_disk

    return is_full_disk(RuntimeError(_error_text(failure)))
