"""The ways a message leaves. `deliver` returns only when it was accepted; what a way needs of settings is asked for first.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from pipelines import settings
from pipelines.alerts.alert_settings import Route
from pipelines.alerts.attachments import attachments_of
from pipelines.alerts.message import Message
from warehouse.durable import write_whole
from warehouse.home import Home


class NotAccepted(Exception):
    """The channel did not take the message; the text says why, in bokmål and without secrets.

    `asked_wait`: how long the channel asked us to wait.
    """

    def __init__(self, reason: str, asked_wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.asked_wait = asked_wait


class NotSetUp(Exception):
    """A setting the channel needs is not there; the text says which. Nothing was tried."""


@dataclass(frozen=True)
class Receipt:
    """That a message was accepted; `path` is the file it became, `remark` what a person should know."""

    path: str = ""
    remark: str = ""


class Channel(Protocol):
    """A way out. Raises NotAccepted when the message did not leave."""

    def deliver(self, message: Message) -> Receipt: ...


@dataclass(frozen=True)
class Folder:
    """The outbox of a home, a folder of .eml files. The same message again is the same file, whole or not at all."""

    home: Home

    def deliver(self, message: Message) -> Receipt:
        target = self.home.outbox / message.file_name
        try:
            write_whole(target, bytes(message.email(None, (), attachments_of(self.home, message))))
        except OSError as error:
            raise NotAccepted(f"kunne ikke skrive {target.name} i utboksen: {error.strerror}") from None
        return Receipt(str(target))


@dataclass(frozen=True)
class Channels:
    """The ways out of a home. `timeout_seconds` is how long a server may be silent."""

    home: Home
    timeout_seconds: float = field(default=30.0)

    def of(self, route: Route) -> Channel:
        """The way to a recipient. Raises NotSetUp, and WrongUsage for settings that cannot be meant."""
        from pipelines.alerts.smtp import Smtp
        from pipelines.alerts.webhook import Webhook, checked_address

        if route.channel == "file":
            return Folder(self.home)
        if route.channel == "email":
            server = settings.smtp()
            if server is None:
                raise NotSetUp("FOLGEEVAL_SMTP_HOST er ikke satt; uten den sendes ingen e-post")
            return Smtp(server, route.addresses, self.home, self.timeout_seconds)
        address = settings.webhook_address(route.webhook_variable)
        if not address:
            raise NotSetUp(f"miljøvariabelen {route.webhook_variable} er ikke satt; den skal ha adressen til webhooken")
        return Webhook(route.channel, checked_address(address, route.webhook_variable), self.timeout_seconds)
