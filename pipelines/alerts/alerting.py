"""One round of alerting over a home: what is news is queued and sent, and the evaluators hear last how it went."""

from collections.abc import Container
from datetime import datetime

from pipelines.alerts.news import EVALUATORS, recipients
from pipelines.alerts.outcome import NOT_ARRIVED, Outcome
from pipelines.alerts.queueing import queue_news
from pipelines.alerts.sending import send_waiting
from warehouse.home import Home


def alert(home: Home, now: datetime, *, to: Container[str] | None = None, heartbeat: bool = False) -> list[Outcome]:
    """What became of each message that was due, and of news that has to wait; with `to`, of those recipients' only.

    Raises NoWarehouse, WarehouseBusy, and WrongUsage for settings that cannot be meant. What was queued stays queued.
    """
    chosen = [recipient.code for recipient in recipients() if to is None or recipient.code in to]
    outcomes = []
    for codes in ([code for code in chosen if code != EVALUATORS], [code for code in chosen if code == EVALUATORS]):
        queued = queue_news(home, now, to=codes, heartbeat=heartbeat) if codes else []
        outcomes += [outcome for outcome in queued if outcome.outcome == "withheld"]
        outcomes += send_waiting(home, now, to=codes) if codes else []
    return outcomes


def carry_on(home: Home, now: datetime) -> list[Outcome]:
    """Tries what waits; where something does not arrive, the evaluators hear of it when it is given up or a day old.

    Raises as `alert`.
    """
    outcomes = send_waiting(home, now)
    if any(outcome.outcome in NOT_ARRIVED for outcome in outcomes):
        outcomes += alert(home, now, to=(EVALUATORS,))
    return outcomes
