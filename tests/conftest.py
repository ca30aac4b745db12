"""Homes that several tests need: the demo's, made once, and empty ones; and a desk that takes files in without Dagster.

Nothing here may change `demo_home`: a test that writes asks for `copied_home` or `demo_desk`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from assets.build import rebuild
from assets.findings import gather_findings
from assets.intake import Outcome, take_in, waiting_files
from assets.publication import publish
from assets.raw_loading import load_delivery, not_loaded
from pipelines import dagster_runs
from pipelines.command_line import main
from pipelines.settings import DEMO_CLOCK
from warehouse.database import Connection, copy_in_memory, in_memory, rows, take_snapshot, writing
from warehouse.home import Home
from warehouse.lock import exclusive

LONGEST_WAIT_FOR_THE_DEMO = 300.0
OWN_SETTINGS = ("FOLGEEVAL_HOME", "FOLGEEVAL_NOW", "FOLGEEVAL_SMALL_NUMBER_THRESHOLD", "FOLGEEVAL_PXWEB", *(
    f"FOLGEEVAL_SMTP_{name}" for name in ("HOST", "PORT", "FROM", "TLS", "USER", "PASSWORD", "CA")))
SET_BY_A_REFRESH = {"DAGSTER_HOME": "", "DAGSTER_DISABLE_TELEMETRY": "1", "GX_ANALYTICS_ENABLED": "false"}


@dataclass(frozen=True)
class Desk:
    """An inbox and a warehouse in memory: what a refresh does with files, without Dagster, checks and release."""

    home: Home
    connection: Connection

    def put(self, path: str, content: bytes) -> Path:
        """A file in the inbox, dated by the demo's clock so that it counts as settled."""
        target = self.home.inbox / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        os.utime(target, (DEMO_CLOCK.timestamp(), DEMO_CLOCK.timestamp()))
        return target

    def take_in(self, now: datetime = DEMO_CLOCK) -> list[Outcome]:
        """Takes in every waiting file and loads what was accepted into raw."""
        outcomes = list(take_in(self.connection, self.home, waiting_files(self.home), now))
        for delivery_id in not_loaded(self.connection):
            load_delivery(self.connection, self.home, delivery_id)
        return outcomes

    def build(self, as_of: datetime = DEMO_CLOCK) -> None:
        """Makes core, indicators and marts for a moment."""
        rebuild(self.connection, as_of, self.home)

    def value(self, indicator_id: str, unit_code: str, period: str, breakdown: str = "") -> float | None:
        """A value of marts.indicator_value; None where there is no such row or its number is missing."""
        found = rows(self.connection, "SELECT value FROM marts.indicator_value WHERE indicator_id = ? "
                     "AND unit_code = ? AND period = ? AND breakdown = ?", [indicator_id, unit_code, period, breakdown])
        return found[0][0] if found else None


def _environment_of_a_test(patch: pytest.MonkeyPatch) -> None:
    """No setting from the shell decides a test, and what a refresh sets is put back after it."""
    for name in OWN_SETTINGS:
        patch.delenv(name, raising=False)
    for name, value in SET_BY_A_REFRESH.items():
        patch.setenv(name, value)


@pytest.fixture(autouse=True)
def environment(monkeypatch) -> None:
    _environment_of_a_test(monkeypatch)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory, request) -> Home:
    """A home where `folgeeval demo` has been run, shared by all workers of one test run. Must not be changed."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    root, finished = shared / "demo_home", shared / "demo_home.finished"
    with exclusive(shared / "demo_home.lock", wait_seconds=LONGEST_WAIT_FOR_THE_DEMO):
        if not finished.exists():
            shutil.rmtree(root, ignore_errors=True)
            _run_the_demo(root)
            finished.touch()
    return Home(root)


def _run_the_demo(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _environment_of_a_test(patch)
        assert main(["demo", "--home", str(root), "--quiet"]) == 0


@pytest.fixture
def leave_out_dagster(monkeypatch) -> Callable[[], None]:
    """Called, it makes the rest of the test's refreshes take their two Dagster steps as plain calls, without checks."""
    def load_raw(home: Home, threshold: int, partitions: dict) -> None:
        with writing(home) as connection:
            for delivery_id in not_loaded(connection):
                load_delivery(connection, home, delivery_id)

    def build(home: Home, threshold: int, as_of: datetime) -> None:
        with writing(home) as connection:
            rebuild(connection, as_of, home)
            gather_findings(connection)
            publish(connection, home, threshold)
        take_snapshot(home)

    def leave_out() -> None:
        monkeypatch.setattr(dagster_runs, "load_raw", load_raw)
        monkeypatch.setattr(dagster_runs, "rebuild", build)

    return leave_out


@pytest.fixture
def copied_home(demo_home, tmp_path) -> Home:
    """A demo home of the test's own, to be changed at will."""
    shutil.copytree(demo_home.root, tmp_path / "copied_home", symlinks=True)
    return Home(tmp_path / "copied_home")


@pytest.fixture
def fresh_home(tmp_path) -> Home:
    """A home where nothing has been delivered."""
    return Home(tmp_path / "fresh_home")


@pytest.fixture
def desk(fresh_home) -> Iterator[Desk]:
    """A desk where nothing has been delivered."""
    with in_memory() as connection:
        yield Desk(fresh_home, connection)


@pytest.fixture
def demo_desk(fresh_home, demo_home) -> Iterator[Desk]:
    """A desk with the demo's warehouse behind it and an empty inbox."""
    with copy_in_memory(demo_home) as connection:
        yield Desk(fresh_home, connection)


@pytest.fixture(scope="session")
def demo_files() -> dict[str, bytes]:
    """The demo's files as their owners make them, by path in the inbox."""
    from assets.demo import demo_deliveries

    return {delivery.path: delivery.content for delivery in demo_deliveries()}
