"""A message ready to leave: recipient, content, and an identity every repeat of it shares. How it leaves is the channels'.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from pipelines.alerts.as_html import as_html
from pipelines.alerts.as_text import as_text
from pipelines.alerts.digest import Digest
from pipelines.alerts.news import News, Recipient, recipients
from pipelines.alerts.occasion import Occasion
from warehouse.harmless_text import on_one_line

_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", " ": "_"})


@dataclass(frozen=True)
class Attachment:
    """A file that goes along with a mail; `kind` is its media type."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """One message. `identity` (32 hexadecimal digits) is the same every time it is tried, in every channel."""

    identity: str
    recipient: Recipient
    period: str
    digest: Digest
    created_at: datetime

    @property
    def subject(self) -> str:
        return on_one_line(self.digest.subject)

    @property
    def text(self) -> str:
        return as_text(self.digest)

    @property
    def message_id(self) -> str:
        return f"<{self.identity}@folgeeval.invalid>"

    @property
    def file_name(self) -> str:
        """Tertial, recipient, identity: `2019-T1_2012_alta_1a2b3c4d.eml`."""
        name = self.recipient.name.lower().translate(_ASCII)
        code = [self.recipient.code] if self.recipient.code.isdigit() else []
        return "_".join([self.period, *code, name, self.identity[:8]]) + ".eml"

    def email(self, sender: str | None, addresses: tuple[str, ...], attached: Iterable[Attachment] = ()) -> EmailMessage:
        """The message as e-mail, text and page; without addresses it is a draft that a person can address and send."""
        mail = EmailMessage()
        mail["Subject"] = self.subject
        mail["Message-ID"] = self.message_id
        mail["Date"] = format_datetime(self.created_at.astimezone())
        mail["Auto-Submitted"] = "auto-generated"
        if sender:
            mail["From"] = sender
        if addresses:
            mail["To"] = ", ".join(addresses)
        else:
            mail["X-Unsent"] = "1"
        mail.set_content(self.text, charset="utf-8", cte="quoted-printable" if addresses else "8bit")
        mail.add_alternative(as_html(self.digest), subtype="html", charset="utf-8", cte="quoted-printable")
        # Boundaries of their own making would differ from one attempt to the next.
        mail.set_boundary(f"folgeeval-{self.identity}")
        for each in attached:
            mail.add_attachment(each.content, *each.kind.split("/"), filename=each.name)
        if mail.get_content_subtype() == "mixed":
            mail.set_boundary(f"vedlegg-{self.identity}")
        return mail


def recipient_of(code: str) -> Recipient:
    """The recipient with this code. Raises StopIteration for a stranger."""
    return next(recipient for recipient in recipients() if recipient.code == code)


def identity_of(news: News, when: Occasion) -> str:
    """What tells the news of a moment from all other; a heartbeat, which has none, is known by its day."""
    parts = [news.recipient.code, when.tertial.period]
    changes = sorted(f"{change.finding.finding_id}:{change.finding.state}:{change.before}" for change in news.changes)
    parts += [*changes, when.now.isoformat()] if changes else [f"{when.now:%Y-%m-%d}"]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]
