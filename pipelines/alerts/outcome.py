"""What became of a message, as the command prints it."""

from dataclasses import dataclass

from pipelines.alerts.alert_settings import Route
from pipelines.alerts.message import Message
from pipelines.alerts.news import Recipient

NOT_ARRIVED = ("not_accepted", "given_up", "not_set_up")


@dataclass(frozen=True)
class Outcome:
    """What became of one message, or of news that became none.

    `outcome`: queued, sent, written (as a file), not_accepted (tried again later), not_set_up (not tried), given_up,
    withheld (`count` findings wait for the next message) or dry_run. `reason` says why.
    """

    recipient: Recipient
    route: Route
    outcome: str
    message: Message | None = None
    path: str = ""
    reason: str = ""
    count: int = 0
