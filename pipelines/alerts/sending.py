"""What waits in the outbox leaves, the oldest first, each noted as sent when its channel has taken it.

The warehouse is open only for the notes: a slow server holds nobody up.
"""

from collections.abc import Callable, Container
from datetime import datetime

from pipelines import settings
from pipelines.alerts.alert_settings import AlertSettings, Route, alert_settings
from pipelines.alerts.channels import Channels, NotAccepted, NotSetUp, Receipt
from pipelines.alerts.outbox import (
    AN_HOUR, MOST_ATTEMPTS, Waiting, begin_attempt, messages_in, put_off, sent_since, settle, take_up_again, wait_after,
)
from pipelines.alerts.outcome import Outcome
from warehouse.database import Connection, reading_live, writing
from warehouse.home import Home
from warehouse.lock import exclusive

_LONGEST_WAIT_TO_NOTE = 600.0
"""A refresh holds the warehouse for long; a message that has left must still be noted."""


def send_waiting(home: Home, now: datetime, *, to: Container[str] | None = None, channels: Channels | None = None,
                 ) -> list[Outcome]:
    """Sends what waits and is due, to all or to those of `to`, and tells what became of each.

    Raises NoWarehouse, WarehouseBusy, and WrongUsage for settings that cannot be meant.
    """
    ways = alert_settings(home)
    settings.smtp()
    with exclusive(home.alert_lock):
        with reading_live(home) as connection:
            due = [waiting for waiting in messages_in(connection, "waiting")
                   if waiting.next_attempt_at <= now and (to is None or waiting.message.recipient.code in to)]
        outcomes = [_tried(home, ways, channels or Channels(home), waiting, now) for waiting in due]
        return [outcome for outcome in outcomes if outcome]


def send_again(home: Home, now: datetime) -> int:
    """Puts what was given up back among what waits; how many messages. Raises NoWarehouse, WarehouseBusy."""
    with exclusive(home.alert_lock), writing(home) as connection:
        return take_up_again(connection, now)


def _tried(home: Home, ways: AlertSettings, channels: Channels, waiting: Waiting, now: datetime) -> Outcome | None:
    """One attempt. Each note is a transaction of its own; None for a recipient who has had enough for this hour."""
    message = waiting.message
    route = ways.route(message.recipient.code)
    try:
        channel = channels.of(route)
    except NotSetUp as lacking:
        if waiting.last_error != str(lacking):
            _note(home, lambda connection: put_off(connection, message.identity, waiting.next_attempt_at, str(lacking)))
        return Outcome(message.recipient, route, "not_set_up", message, reason=str(lacking))
    if waiting.attempts >= MOST_ATTEMPTS:
        # Whoever made the last attempt died before its answer.
        _note(home, lambda connection: settle(connection, message.identity, "given_up", now, waiting.last_error))
        return Outcome(message.recipient, route, "given_up", message, reason=waiting.last_error)
    with writing(home) as connection:
        if sent_since(connection, now - AN_HOUR, message.recipient.code) >= route.messages_per_hour:
            return None
        begin_attempt(connection, waiting, route.channel, now)
    try:
        receipt = channel.deliver(message)
    except NotAccepted as failure:
        return _failed(home, waiting, route, failure, now)
    _note(home, lambda connection: settle(connection, message.identity, "sent", now, receipt.remark or None))
    return _taken(waiting, route, receipt)


def _taken(waiting: Waiting, route: Route, receipt: Receipt) -> Outcome:
    outcome = "written" if route.channel == "file" else "sent"
    return Outcome(waiting.message.recipient, route, outcome, waiting.message, receipt.path, receipt.remark)


def _failed(home: Home, waiting: Waiting, route: Route, failure: NotAccepted, now: datetime) -> Outcome:
    attempts, message, reason = waiting.attempts + 1, waiting.message, str(failure)
    if attempts >= MOST_ATTEMPTS:
        _note(home, lambda connection: settle(connection, message.identity, "given_up", now, reason))
        return Outcome(message.recipient, route, "given_up", message, reason=reason)
    wait = max(wait_after(attempts), failure.asked_wait or wait_after(attempts))
    _note(home, lambda connection: put_off(connection, message.identity, now + wait, reason))
    return Outcome(message.recipient, route, "not_accepted", message, reason=reason)


def _note(home: Home, note: Callable[[Connection], None]) -> None:
    with writing(home, wait_seconds=_LONGEST_WAIT_TO_NOTE) as connection:
        note(connection)
