"""One round of alerting over a home: what is news to each, the message, the way out, and the note that it was told.

The order is what makes a crash harmless: a message is noted as told only after it was accepted, one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pipelines.alerts.channels import Channel, NotAccepted, Outbox, Receipt
from pipelines.alerts.finding import known_findings, told_by_finding
from pipelines.alerts.letter import Delivered
from pipelines.alerts.message import Message, message_of
from pipelines.alerts.news import News, Recipient, news_for, recipients
from pipelines.alerts.occasion import Occasion, occasion
from pipelines.alerts.outbox_state import mark_told
from warehouse.database import one, reading, reading_live, writing
from warehouse.home import Home
from warehouse.lock import exclusive

_LONGEST_WAIT_TO_NOTE = 600.0
"""A refresh holds the warehouse for long; a message that has left must still be noted."""


@dataclass(frozen=True)
class Outcome:
    """What became of one message: `outcome` is sent, written, not_accepted or dry_run; `reason` says why not mail."""

    message: Message
    outcome: str
    addresses: tuple[str, ...] = ()
    path: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Post:
    """The ways out of a home: SMTP when it is set up (else None), addresses by recipient, and the outbox."""

    outbox: Outbox
    smtp: Channel | None
    addresses: dict[str, tuple[str, ...]]

    def deliver(self, message: Message) -> tuple[Receipt, tuple[str, ...]]:
        """The receipt and the addresses used. Raises NotAccepted."""
        addresses = self.addresses.get(message.recipient.code, ())
        if self.smtp is None:
            return self.outbox.deliver(message), ()
        if not addresses:
            kept = self.outbox.deliver(message)
            return Receipt(kept.channel, kept.path, f"ingen adresse for {message.recipient.name} i recipients.csv"), ()
        return self.smtp.deliver(message, addresses), addresses


def alert(home: Home, post: Post, *, now: datetime, unit_code: str | None = None, heartbeat: bool = False,
          ) -> list[Outcome]:
    """Tells each recipient its news. With a unit, that municipality only; `heartbeat` writes to the evaluators anyhow.

    Raises NoWarehouse, WarehouseBusy.
    """
    with exclusive(home.alert_lock):
        return _round(home, now, unit_code, heartbeat, lambda message: _told(home, post, message, now))


def rehearse(home: Home, *, now: datetime, unit_code: str | None = None, heartbeat: bool = False) -> list[Outcome]:
    """What `alert` would tell, with nothing sent, written or noted. Raises NoWarehouse, WarehouseBusy."""
    return _round(home, now, unit_code, heartbeat, lambda message: Outcome(message, "dry_run"))


def _round(home: Home, now: datetime, unit_code: str | None, heartbeat: bool, tell: Callable[[Message], Outcome],
           ) -> list[Outcome]:
    """The municipalities first, so that the evaluators' message can say how that went."""
    when, news = _news(home, now, [each for each in recipients() if unit_code in (None, each.code)])
    outcomes = [tell(message_of(each, when)) for each in news if each.is_news and not each.recipient.is_evaluators]
    failed = tuple(outcome.message.recipient.name for outcome in outcomes if outcome.outcome == "not_accepted")
    delivered = Delivered(len(outcomes) - len(failed), failed)
    return outcomes + [tell(message_of(each, when, delivered)) for each in news
                       if each.recipient.is_evaluators and (each.is_news or heartbeat)]


def _news(home: Home, now: datetime, chosen: list[Recipient]) -> tuple[Occasion, list[News]]:
    """Findings are those of the snapshot, which is whole; who has been told is known by the warehouse itself."""
    with reading(home) as connection:
        findings = known_findings(connection)
        when = occasion(one(connection, "SELECT as_of FROM register.clock"), now)
    with reading_live(home) as connection:
        return when, [news_for(each, findings, told_by_finding(connection, each.code)) for each in chosen]


def _told(home: Home, post: Post, message: Message, now: datetime) -> Outcome:
    try:
        receipt, addresses = post.deliver(message)
    except NotAccepted as error:
        addresses = post.addresses.get(message.recipient.code, ())
        return Outcome(message, "not_accepted", addresses, reason=str(error))
    with writing(home, wait_seconds=_LONGEST_WAIT_TO_NOTE) as connection:
        mark_told(connection, message.recipient.code, message.changes, now)
    outcome = "sent" if receipt.channel == "smtp" else "written"
    return Outcome(message, outcome, addresses, receipt.path, receipt.remark)
