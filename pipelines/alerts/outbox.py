"""The outbox in the warehouse: what waits, what has left, what was given up, and what is withheld for now.

A message is put in with the note of which findings it tells, in one transaction; it is sent afterwards, and is noted as
sent when the channel has taken it. So a crash loses nothing, and between the taking and the note only can it be sent twice,
then as the same message. Rows in and out; when to try again is decided here, how a message leaves is the channels'.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pipelines.alerts.digest import as_json, from_json
from pipelines.alerts.message import Message, recipient_of
from pipelines.alerts.news import Change
from warehouse.database import Connection, one, records, rows, transaction

MOST_ATTEMPTS = 12
"""With the waits below that is about twenty hours, or twelve mornings where alerting runs once a day."""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
LONGEST_ASKED_WAIT = timedelta(hours=24)
INTERRUPTED = "avbrutt før kanalen svarte; meldingen kan være kommet frem"
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """A message that has not been taken: how often it was tried, when it may be tried again, and what was in the way."""

    message: Message
    attempts: int
    next_attempt_at: datetime
    last_error: str
    settled_at: datetime | None


def put(connection: Connection, message: Message, changes: Iterable[Change], now: datetime) -> bool:
    """Queues a message and notes what it tells, both or none; False for one that is there already."""
    body = as_json(message.digest)
    with transaction(connection):
        if one(connection, "SELECT count(*) FROM register.outbox WHERE message_id = ?", [message.identity]):
            return False
        connection.execute(
            "INSERT INTO register.outbox VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?, NULL, NULL, NULL)",
            [message.identity, message.recipient.code, message.period, message.created_at,
             hashlib.sha256(body.encode()).hexdigest(), body, now])
        for change in changes:
            key = [message.recipient.code, change.finding.finding_id, change.finding.state]
            connection.execute("DELETE FROM register.told WHERE recipient = ? AND finding_id = ? AND state = ?", key)
            connection.execute("INSERT INTO register.told VALUES (?, ?, ?, ?)", [*key, change.told_at(now)])
        connection.execute("DELETE FROM register.alert_withheld WHERE recipient = ?", [message.recipient.code])
    return True


def messages_in(connection: Connection, state: str) -> list[Waiting]:
    """The messages in a state of the outbox, the oldest first."""
    if not is_there(connection):
        return []
    found = records(connection, "SELECT * FROM register.outbox WHERE outbox_state = ? ORDER BY created_at, message_id", [state])
    return [_waiting(row) for row in found]


def taken_by_some(connection: Connection, since: datetime) -> list[Waiting]:
    """The messages taken after a moment that some of the addresses were refused for, the oldest first."""
    if not is_there(connection):
        return []
    return [_waiting(row) for row in records(
        connection, "SELECT * FROM register.outbox WHERE outbox_state = 'sent' AND last_error IS NOT NULL AND settled_at > ? "
        "ORDER BY created_at, message_id", [since])]


def _waiting(row: dict[str, Any]) -> Waiting:
    message = Message(row["message_id"], recipient_of(row["recipient"]), row["period"], from_json(row["message_body"]),
                      row["created_at"])
    return Waiting(message, row["attempt_count"], row["next_attempt_at"], row["last_error"] or "", row["settled_at"])


def sent_since(connection: Connection, moment: datetime, recipient: str | None = None) -> int:
    """How many messages were taken after a moment, by one recipient's channel or by all."""
    if not is_there(connection):
        return 0
    return one(connection, "SELECT count(*) FROM register.outbox WHERE outbox_state = 'sent' AND settled_at > $1 "
               "AND ($2 IS NULL OR recipient = $2)", [moment, recipient])


def newest_to(connection: Connection, recipient: str) -> datetime | None:
    """When the latest message to a recipient was made."""
    if not is_there(connection):
        return None
    return one(connection, "SELECT max(created_at) FROM register.outbox WHERE recipient = ?", [recipient])


def begin_attempt(connection: Connection, waiting: Waiting, channel: str, now: datetime) -> None:
    """Notes that a message is being tried before it is: whoever dies in the middle of every attempt gives up at last."""
    attempts = waiting.attempts + 1
    connection.execute(
        "UPDATE register.outbox SET attempt_count = ?, next_attempt_at = ?, channel = ?, last_error = ? WHERE message_id = ?",
        [attempts, now + wait_after(attempts), channel, INTERRUPTED, waiting.message.identity])


def settle(connection: Connection, identity: str, state: str, now: datetime, last_error: str | None) -> None:
    """A message was taken, or is given up."""
    connection.execute("UPDATE register.outbox SET outbox_state = ?, settled_at = ?, last_error = ? WHERE message_id = ?",
                       [state, now, last_error, identity])


def put_off(connection: Connection, identity: str, until: datetime, last_error: str) -> None:
    """A message was not taken, or could not be tried, and waits."""
    connection.execute("UPDATE register.outbox SET next_attempt_at = ?, last_error = ? WHERE message_id = ?",
                       [until, last_error, identity])


def take_up_again(connection: Connection, now: datetime) -> int:
    """Messages that were given up wait again, as if they had not been tried; how many."""
    given_up = one(connection, "SELECT count(*) FROM register.outbox WHERE outbox_state = 'given_up'")
    connection.execute("UPDATE register.outbox SET outbox_state = 'waiting', attempt_count = 0, next_attempt_at = ?, "
                       "settled_at = NULL WHERE outbox_state = 'given_up'", [now])
    return given_up


def wait_after(attempts: int) -> timedelta:
    """How long to wait after an attempt: twice as long for each, up to a quarter of a day."""
    return min(_FIRST_WAIT * 2 ** (attempts - 1), _LONGEST_WAIT)


def withhold(connection: Connection, recipient: str, count: int, now: datetime) -> None:
    """Notes how many new findings wait for the recipient's next message; no line where none do."""
    (before, since) = withheld_of(connection, recipient) or (0, now)
    if before == count:
        return
    with transaction(connection):
        connection.execute("DELETE FROM register.alert_withheld WHERE recipient = ?", [recipient])
        if count:
            connection.execute("INSERT INTO register.alert_withheld VALUES (?, ?, ?)", [recipient, since, count])


def withheld_of(connection: Connection, recipient: str) -> tuple[int, datetime] | None:
    """How many new findings wait for the recipient's next message, and since when."""
    if not is_there(connection):
        return None
    found = rows(connection, "SELECT withheld_count, withheld_since FROM register.alert_withheld WHERE recipient = ?",
                 [recipient])
    return found[0] if found else None


def is_there(connection: Connection) -> bool:
    """Whether the warehouse has an outbox; one of an earlier version, opened for reading only, has none yet."""
    return bool(rows(connection, "SELECT 1 FROM information_schema.tables WHERE table_schema = 'register' "
                     "AND table_name = 'outbox'"))
