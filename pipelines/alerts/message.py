"""A message ready to leave: recipient, subject, text, and an identity that a repeat of it shares.

How it leaves belongs to `channels.py`.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from pipelines.alerts.letter import Delivered, evaluators_letter, municipality_letter, subject
from pipelines.alerts.news import Change, News, Recipient
from pipelines.alerts.occasion import Occasion
from warehouse.harmless_text import on_one_line, visible
from warehouse.reference_data import reference_rows

_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", " ": "_"})


@dataclass(frozen=True)
class Message:
    """One message. `identity` is the same for the same recipient, findings, states and what was told before.

    So a message made again after a crash can be known as the same, and one about a finding that has come back cannot.
    """

    recipient: Recipient
    period: str
    subject: str
    text: str
    changes: tuple[Change, ...]
    identity: str
    made_at: datetime

    @property
    def message_id(self) -> str:
        return f"<{self.identity}@folgeeval.invalid>"

    @property
    def file_name(self) -> str:
        """Tertial, recipient, identity: `2019-T1_2012_alta_1a2b3c4d.eml`."""
        name = self.recipient.name.lower().translate(_ASCII)
        code = [] if self.recipient.is_evaluators else [self.recipient.code]
        return "_".join([self.period, *code, name, self.identity[:8]]) + ".eml"

    def email(self, sender: str | None, addresses: tuple[str, ...]) -> EmailMessage:
        """The message as e-mail; without addresses it is a draft that a person can address and send."""
        mail = EmailMessage()
        mail["Subject"] = self.subject
        mail["Message-ID"] = self.message_id
        mail["Date"] = format_datetime(self.made_at.astimezone())
        mail["Auto-Submitted"] = "auto-generated"
        if sender:
            mail["From"] = sender
        if addresses:
            mail["To"] = ", ".join(addresses)
        else:
            mail["X-Unsent"] = "1"
        mail.set_content(self.text, charset="utf-8", cte="quoted-printable" if addresses else "8bit")
        return mail


def message_of(news: News, occasion: Occasion, delivered: Delivered | None = None) -> Message:
    """The message that tells the news; `delivered` is for the evaluators' one."""
    if news.recipient.is_evaluators:
        names = {row["unit_code"]: row["unit_name"] for row in reference_rows("unit")}
        text = evaluators_letter(news, occasion, names, delivered or Delivered(0))
    else:
        text = municipality_letter(news, occasion)
    return Message(news.recipient, occasion.tertial.period, on_one_line(subject(news, occasion)), visible(text), news.changes,
                   _identity(news, occasion), occasion.now)


def _identity(news: News, occasion: Occasion) -> str:
    """A heartbeat has no findings to be known by; it is known by its day."""
    parts = [news.recipient.code, occasion.tertial.period]
    parts += sorted(f"{change.finding.finding_id}:{change.finding.state}:{change.before}"
                    for change in (*news.fresh, *news.mended)) or [f"{occasion.now:%Y-%m-%d}"]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]
