"""The ways a message leaves: a file in the outbox, or SMTP. `deliver` returns only when the message was accepted."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipelines.alerts.message import Message
from pipelines.settings import SmtpSettings
from warehouse.durable import write_whole


class NotAccepted(Exception):
    """The channel did not take the message; the text says why, in bokmål."""


@dataclass(frozen=True)
class Receipt:
    """That a message was accepted: by `outbox` as `path`, or by `smtp`; `remark` is what a person should know."""

    channel: str
    path: str = ""
    remark: str = ""


class Channel(Protocol):
    """A way out. Raises NotAccepted when the message did not leave."""

    def deliver(self, message: Message, addresses: tuple[str, ...]) -> Receipt: ...


@dataclass(frozen=True)
class Outbox:
    """A folder of .eml files. The same message again is the same file, whole or not at all."""

    folder: Path

    def deliver(self, message: Message, addresses: tuple[str, ...] = ()) -> Receipt:
        target = self.folder / message.file_name
        try:
            write_whole(target, bytes(message.email(None, ())))
        except OSError as error:
            raise NotAccepted(f"kunne ikke skrive {target.name} i utboksen: {error.strerror}") from None
        return Receipt("outbox", str(target))


@dataclass(frozen=True)
class Smtp:
    """A mail server. A password is never sent over a line that is not encrypted unless the settings say so."""

    settings: SmtpSettings
    timeout_seconds: float = 30.0

    def deliver(self, message: Message, addresses: tuple[str, ...]) -> Receipt:
        where = f"{self.settings.host}:{self.settings.port}"
        try:
            refused = self._send(message, addresses)
        except smtplib.SMTPRecipientsRefused as error:
            raise NotAccepted(f"{where} avviste {', '.join(sorted(error.recipients))}") from None
        except smtplib.SMTPNotSupportedError:
            raise NotAccepted(f"{where} tilbyr ikke STARTTLS eller innloggingen som er bedt om; meldingen sendes ikke "
                              "ukryptert. Se FOLGEEVAL_SMTP_TLS") from None
        except smtplib.SMTPResponseException as error:
            answer = error.smtp_error
            text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
            raise NotAccepted(f"{where} svarte {error.smtp_code} {text}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotAccepted(f"forbindelsen til {where} ble brutt eller kom ikke i stand: {error}") from None
        return Receipt("smtp", remark=f"avvist for {', '.join(sorted(refused))}" if refused else "")

    def _send(self, message: Message, addresses: tuple[str, ...]) -> dict:
        """The addresses that were refused while others were accepted. Once accepted, a bad farewell is no failure."""
        client = self._connected()
        try:
            if self.settings.tls == "starttls":
                client.starttls(context=ssl.create_default_context())
            if self.settings.user:
                client.login(self.settings.user, self.settings.password)
            refused = client.send_message(message.email(self.settings.sender, addresses))
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
            return refused
        finally:
            client.close()

    def _connected(self) -> smtplib.SMTP:
        host, port = self.settings.host, self.settings.port
        if self.settings.tls == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=self.timeout_seconds, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=self.timeout_seconds)
