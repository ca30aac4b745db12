"""The ear on the checks: when they have been evaluated anew, whoever has news is told, and what waits is tried again.

A failed check that does not block leaves its run green, so nobody would hear of it from the run. What is news, and to whom,
is decided by `pipelines/alerts`; the evaluations only say when to ask.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import dagster as dg

from assets.contract_checks import contract_checks
from assets.rule_checks import rule_checks
from pipelines.alerts.outcome import NOT_ARRIVED, Outcome
from pipelines.failures import WrongUsage
from pipelines.sensors import UNFINISHED
from pipelines.settings import now
from warehouse.database import NoWarehouse
from warehouse.home import Home
from warehouse.lock import WarehouseBusy

SECONDS_BETWEEN_LOOKS = 60
LONGEST_SILENCE = timedelta(days=7)
"""The evaluators hear at least so often that alerting lives; silence for longer is a sign that it does not."""


@dataclass(frozen=True)
class Heard:
    """What the sensor remembers: the newest evaluation it has told of, and when it last let itself be heard."""

    evaluation: int = 0
    heartbeat: datetime = datetime.min

    @classmethod
    def of(cls, cursor: str | None) -> "Heard":
        told = json.loads(cursor) if cursor else {}
        return cls(told.get("evaluation", 0), datetime.fromisoformat(told["heartbeat"]) if told else datetime.min)

    @property
    def cursor(self) -> str:
        return json.dumps({"evaluation": self.evaluation, "heartbeat": self.heartbeat.isoformat()})


def alert_sensor(home: Home) -> dg.SensorDefinition:
    """The sensor on the evaluations of a home's checks. It runs from the moment the daemon starts."""
    @dg.sensor(name="alerts", minimum_interval_seconds=SECONDS_BETWEEN_LOOKS, default_status=dg.DefaultSensorStatus.RUNNING,
               description="Melder fra om nye funn når kontrollene er kjørt, og prøver det som venter i utboksen på nytt.")
    def alerts(context: dg.SensorEvaluationContext):
        return listen(context, home)

    return alerts


def listen(context: dg.SensorEvaluationContext, home: Home) -> dg.SkipReason:
    """Tells the news of new evaluations, or tries what waits; always ends by saying what was done.

    While a run is unfinished nothing is told: its findings are half gathered. The cursor moves only when the news are queued,
    so a crash makes the sensor ask again, and what is queued already is not news.
    """
    from pipelines.alerts import alert, carry_on

    heard = Heard.of(context.cursor)
    if context.instance.get_runs_count(dg.RunsFilter(statuses=UNFINISHED)):
        return dg.SkipReason("En kjøring er ikke ferdig. Meldingene venter.")
    newest, failed = evaluated(context.instance)
    is_silent = now() - heard.heartbeat >= LONGEST_SILENCE
    try:
        if newest > heard.evaluation or is_silent:
            outcomes = alert(home, now(), heartbeat=is_silent)
            context.update_cursor(Heard(newest, now() if is_silent else heard.heartbeat).cursor)
        else:
            outcomes = carry_on(home, now())
    except NoWarehouse:
        return dg.SkipReason("Det er ikke noe varehus ennå.")
    except WarehouseBusy as busy:
        return dg.SkipReason(str(busy))
    except WrongUsage as wrong:
        # A sensor that fails is tried again and again; the settings must be mended by a person, and say so here.
        return dg.SkipReason(f"Meldingene er stanset: {wrong}")
    return dg.SkipReason(_told(outcomes, failed))


def evaluated(instance: dg.DagsterInstance) -> tuple[int, list[str]]:
    """The number of the newest evaluation of any check, and the names of the checks whose latest did not hold.

    Asked check by check: event numbers begin again with each run in SQLite, so there is no cursor over the events.
    """
    keys = [*rule_checks.check_keys, *contract_checks.check_keys]
    latest = instance.event_log_storage.get_latest_asset_check_execution_by_key(keys)
    failed = [key.name for key, record in latest.items()
              if record.event and (evaluation := record.event.asset_check_evaluation) and not evaluation.passed]
    return max((record.id for record in latest.values()), default=0), sorted(failed)


def _told(outcomes: list[Outcome], failed: list[str]) -> str:
    lost = [outcome for outcome in outcomes if outcome.outcome in NOT_ARRIVED]
    arrived = sum(outcome.outcome in ("sent", "written") for outcome in outcomes)
    reasons = "".join(f" {outcome.recipient.name}: {outcome.reason}." for outcome in lost)
    return f"Kontroller som ikke holder: {len(failed)}. Meldinger gitt: {arrived}, ikke kommet fram: {len(lost)}.{reasons}"
