"""The eye on the inbox: takes in what has settled there, and asks for the runs that bring it into the release.

What the runs do belongs to `jobs.py`; how deliveries become runs is shared with a refresh, in `dagster_runs.py`.
"""

import hashlib
from dataclasses import dataclass

import dagster as dg

from assets.intake import Outcome, settled, take_in, waiting_files
from assets.raw_loading import not_loaded
from pipelines.dagster_runs import RawRun, new_partitions, raw_runs
from pipelines.jobs import REBUILD_JOB, load_job_name
from pipelines.settings import now
from warehouse.database import Connection, NoWarehouse, one, reading, writing
from warehouse.home import Home
from warehouse.lock import WarehouseBusy

ASKED_TAG = "folgeeval/bestilling"
MOST_ATTEMPTS = 3
"""A run that fails is asked for again, for it may have met a busy warehouse; after this many a person must look."""
SECONDS_BETWEEN_LOOKS = 10
_PRIORITY_TAG = "dagster/priority"
_FAILED = [dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_FINISHED = [*_FAILED, dg.DagsterRunStatus.SUCCESS]
UNFINISHED = [status for status in dg.DagsterRunStatus if status not in _FINISHED]


@dataclass(frozen=True)
class Pending:
    """What the warehouse lacks: scope keys by source, the deliveries they come from, and the register's last id.

    `is_behind` says that the snapshot knows less than the register.
    """

    partitions: dict[str, list[str]]
    delivery_ids: list[int]
    last_delivery_id: int
    is_behind: bool


def inbox_sensor(home: Home, jobs: list) -> dg.SensorDefinition:
    """The sensor on a home's inbox. It runs from the moment the daemon starts."""
    @dg.sensor(name="inbox", jobs=jobs, minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
               default_status=dg.DefaultSensorStatus.RUNNING,
               description="Tar inn filer fra innboksen og ber om akkurat de kjøringene de trenger.")
    def inbox(context: dg.SensorEvaluationContext):
        return look(context, home)

    return inbox


def look(context: dg.SensorEvaluationContext, home: Home) -> dg.SensorResult | dg.SkipReason:
    """Takes in the settled files and asks for the runs the warehouse lacks, or says why there are none.

    While a run is unfinished nothing is taken in: a delivery must not come into force under a rebuild.
    """
    ready = [path for path in waiting_files(home) if settled(path)]
    if not ready and not home.database.exists():
        return dg.SkipReason("Innboksen er tom.")
    unfinished = context.instance.get_runs_count(dg.RunsFilter(statuses=UNFINISHED))
    if unfinished:
        return dg.SkipReason(f"{unfinished} kjøringer er ikke ferdige. Innboksen ses på igjen etterpå.")
    try:
        with writing(home, wait_seconds=0) as connection:
            for outcome in take_in(connection, home, ready, now()):
                context.log.info(_told(outcome))
            pending = _pending(connection, home)
    except WarehouseBusy as busy:
        return dg.SkipReason(str(busy))
    if not pending.is_behind and not pending.partitions:
        return dg.SkipReason("Ingenting nytt i innboksen.")
    requests = requests_for(context.instance, pending)
    return dg.SensorResult(run_requests=requests) if requests else dg.SkipReason(_given_up(pending))


def _pending(connection: Connection, home: Home) -> Pending:
    waiting = not_loaded(connection)
    last = _last_delivery_id(connection)
    try:
        with reading(home) as snapshot:
            is_behind = _last_delivery_id(snapshot) < last
    except NoWarehouse:
        is_behind = last > 0
    return Pending(new_partitions(connection, waiting), waiting, last, is_behind)


def _last_delivery_id(connection: Connection) -> int:
    return one(connection, "SELECT coalesce(max(delivery_id), 0) FROM register.delivery")


def requests_for(instance: dg.DagsterInstance, pending: Pending) -> list[dg.RunRequest]:
    """One run per source and stretch of scope keys, and one rebuild that the queue takes after them."""
    requests = [_raw_request(instance, run, pending) for run in raw_runs(instance, pending.partitions)]
    requests.append(_request(instance, f"rebuild:{pending.last_delivery_id}", REBUILD_JOB, {_PRIORITY_TAG: "0"}))
    return [request for request in requests if request is not None]


def _raw_request(instance: dg.DagsterInstance, run: RawRun, pending: Pending) -> dg.RunRequest | None:
    whole = f"{run.first}|{run.last}|{pending.delivery_ids}"
    asked = f"{run.stem}:{hashlib.sha256(whole.encode()).hexdigest()[:16]}"
    return _request(instance, asked, load_job_name(run.stem), {**run.tags, _PRIORITY_TAG: "1"})


def _request(instance: dg.DagsterInstance, asked: str, job_name: str, tags: dict[str, str]) -> dg.RunRequest | None:
    """The request, with a key that differs only when all earlier attempts failed; None when they are used up."""
    failed = instance.get_runs_count(dg.RunsFilter(tags={ASKED_TAG: asked}, statuses=_FAILED))
    if failed >= MOST_ATTEMPTS:
        return None
    return dg.RunRequest(run_key=f"{asked}:{failed + 1}", job_name=job_name, tags={**tags, ASKED_TAG: asked})


def _told(outcome: Outcome) -> str:
    reasons = "".join(f" {finding.message}" for finding in outcome.findings if outcome.state == "refused")
    if outcome.state == "left":
        return outcome.reason
    names = {"accepted": "Tatt inn", "refused": "Avvist", "duplicate": "Kopi lagt til side"}
    return f"{names[outcome.state]}: {outcome.file_name} (leveranse {outcome.delivery_id}).{reasons}"


def _given_up(pending: Pending) -> str:
    named = ", ".join(map(str, pending.delivery_ids)) or str(pending.last_delivery_id)
    return (f"Leveranse {named} er ikke kommet med etter {MOST_ATTEMPTS} forsøk. Se kjøringene i Dagster, rett feilen "
            "og kjør «folgeeval refresh».")
