"""A refresh as a plan of runs: intake, raw for new scope keys, one rebuild with checks, release and snapshot.

When the inbox is empty and nothing has changed, the refresh ends before Dagster or Great Expectations is imported.
"""

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime

from pipelines.fingerprint import fingerprint
from pipelines.progress import Progress
from warehouse.database import Connection, one, reading, rows, writing
from warehouse.durable import write_whole
from warehouse.home import Home
from warehouse.lock import exclusive

STEP_COUNT = 4


@dataclass
class Summary:
    """What a refresh did and what the home now holds."""

    did_work: bool
    outcomes: list[dict] = field(default_factory=list)
    deliveries: int = 0
    rows: int = 0
    indicators: int = 0
    values: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    release: str = ""
    release_is_new: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def refused(self) -> list[dict]:
        """The files that were refused, or could not be opened."""
        return [outcome for outcome in self.outcomes if outcome["state"] in ("refused", "left")]


def refresh(home: Home, *, now: datetime, as_of: datetime, threshold: int, progress: Progress) -> Summary:
    """Brings the home up to date for the moment `as_of`; files that arrive are stamped `now`.

    Raises WarehouseBusy, RefreshFailed, CorrectionsRefused, HoldBackRefused.
    """
    from assets.intake import never_taken_in, waiting_files

    def unchanged() -> Summary | None:
        return None if waiting_files(home) else _nothing_changed(home, as_of, threshold)

    standing = unchanged()
    if standing:
        standing.outcomes = [_told(outcome) for outcome in never_taken_in(home)]
        return standing
    with exclusive(home.lock):
        # Whoever held the lock may have done the work already.
        return unchanged() or _refresh(home, now, as_of, threshold, progress)


def _nothing_changed(home: Home, as_of: datetime, threshold: int) -> Summary | None:
    """The standing summary when the snapshot is already what a refresh would make."""
    path = home.refresh_state
    if not path.exists() or not home.snapshot.exists() or not (home.current / "manifest.json").exists():
        return None
    state = json.loads(path.read_text(encoding="utf-8"))
    with reading(home) as connection:
        if state["fingerprint"] != _fingerprint(connection, home, as_of, threshold):
            return None
    return Summary(**{**state["summary"], "did_work": False, "outcomes": [], "release_is_new": False})


def _fingerprint(connection: Connection, home: Home, as_of: datetime, threshold: int) -> str:
    from assets.corrections import corrections_in_words
    from assets.hold_back_list import hold_back_in_words

    return fingerprint(connection, as_of, threshold, corrections_in_words(home, as_of.date()) + hold_back_in_words(home))


def _refresh(home: Home, now: datetime, as_of: datetime, threshold: int, progress: Progress) -> Summary:
    from assets.corrections import read_corrections
    from assets.hold_back_list import held_back_indicators
    from pipelines import dagster_runs

    read_corrections(home.corrections)
    held_back_indicators(home)
    dagster_runs.prepare_instance(home)
    # Until the new state is written the old one must not vouch for a half-made warehouse.
    home.refresh_state.unlink(missing_ok=True)
    with progress.step("Tar inn leveranser"):
        outcomes = _intake(home, now)
    with progress.step("Laster rådata"):
        with writing(home) as connection:
            from assets.raw_loading import not_loaded

            partitions = dagster_runs.new_partitions(connection, not_loaded(connection))
        if partitions:
            dagster_runs.load_raw(home, threshold, partitions)
    with progress.step("Bygger, kontrollerer og publiserer"):
        before = _release_name(home)
        dagster_runs.rebuild(home, threshold, as_of)
    with progress.step("Oppsummerer"), reading(home) as connection:
        summary = _summarise(connection, home, outcomes, before)
        print_sum = _fingerprint(connection, home, as_of, threshold)
    summary.seconds = dict(progress.seconds)
    write_state(home, print_sum, summary)
    return summary


def _intake(home: Home, now: datetime) -> list[dict]:
    from assets.intake import SETTLE_SECONDS, never_taken_in, settled, take_in, waiting_files

    if any(not settled(path) for path in waiting_files(home)):
        time.sleep(SETTLE_SECONDS)
    ready = [path for path in waiting_files(home) if settled(path)]
    with writing(home) as connection:
        outcomes = [*take_in(connection, home, ready, now), *never_taken_in(home)]
    return [_told(outcome) for outcome in outcomes]


def _told(outcome) -> dict:
    return {"file_name": outcome.file_name, "state": outcome.state, "stem": outcome.stem,
            "messages": [finding.message for finding in outcome.findings] or [outcome.reason] * bool(outcome.reason)}


def _release_name(home: Home) -> str:
    return home.current.resolve().name if home.current.exists() else ""


def _summarise(connection: Connection, home: Home, outcomes: list[dict], release_before: str) -> Summary:
    from warehouse.contracts import RAW

    release = _release_name(home)
    return Summary(
        did_work=True,
        outcomes=outcomes,
        deliveries=one(connection, "SELECT count(*) FROM register.delivery WHERE delivery_state = 'accepted'"),
        rows=sum(one(connection, f"SELECT count(*) FROM {contract.full_name}") for contract in RAW),
        indicators=one(connection, "SELECT count(DISTINCT indicator_id) FROM marts.indicator_value"),
        values=one(connection, "SELECT count(*) FROM marts.indicator_value"),
        findings=dict(Counter(level for (level,) in rows(connection, "SELECT level FROM findings.finding"))),
        release=release,
        release_is_new=release != release_before,
    )


def write_state(home: Home, print_sum: str, summary: Summary) -> None:
    """Notes what the refresh made, and from what, for the next one."""
    kept = {**asdict(summary), "outcomes": []}
    write_whole(home.refresh_state, json.dumps({"fingerprint": print_sum, "summary": kept}, ensure_ascii=False).encode())
