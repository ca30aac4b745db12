"""A message by mail. The password and the message never cross a line that is not encrypted unless the settings say so."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass

from pipelines.alerts.attachments import attachments_of
from pipelines.alerts.channels import NotAccepted, Receipt
from pipelines.alerts.message import Message
from pipelines.settings import SmtpSettings
from warehouse.harmless_text import on_one_line
from warehouse.home import Home

_LONGEST_ANSWER = 200


@dataclass(frozen=True)
class Smtp:
    """A mail server and the addresses of one recipient; `home` is where what goes along is found."""

    settings: SmtpSettings
    addresses: tuple[str, ...]
    home: Home
    timeout_seconds: float = 30.0

    def deliver(self, message: Message) -> Receipt:
        """Hands the message over. Raises NotAccepted, with what the server said where that cannot hold a password."""
        where = f"{self.settings.host}:{self.settings.port}"
        try:
            refused = self._send(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise NotAccepted(f"{where} avviste {', '.join(sorted(error.recipients))}") from None
        except smtplib.SMTPNotSupportedError:
            raise NotAccepted(f"{where} tilbyr ikke STARTTLS eller innloggingen som er bedt om; meldingen sendes ikke "
                              "ukryptert. Se FOLGEEVAL_SMTP_TLS") from None
        except smtplib.SMTPAuthenticationError as error:
            raise NotAccepted(f"{where} godtok ikke innloggingen (svarte {error.smtp_code}). Se FOLGEEVAL_SMTP_USER og "
                              "FOLGEEVAL_SMTP_PASSWORD") from None
        except smtplib.SMTPResponseException as error:
            raise NotAccepted(f"{where} svarte {error.smtp_code} {_said(error.smtp_error)}") from None
        except ssl.SSLCertVerificationError as error:
            raise NotAccepted(f"sertifikatet til {where} ble ikke godtatt ({error.verify_message}); meldingen sendes ikke. Er "
                              "det utstedt av en egen utsteder, så sett FOLGEEVAL_SMTP_CA") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotAccepted(f"forbindelsen til {where} ble brutt eller kom ikke i stand: {_said(str(error))}") from None
        return Receipt(remark=f"avvist for {', '.join(sorted(refused))}" if refused else "")

    def _send(self, message: Message) -> dict:
        """The addresses that were refused while others were accepted. Once accepted, a bad farewell is no failure."""
        client = self._connected()
        try:
            if self.settings.tls == "starttls":
                client.starttls(context=self._context())
            if self.settings.user:
                client.login(self.settings.user, self.settings.password)
            refused = client.send_message(message.email(
                self.settings.sender, self.addresses, attachments_of(self.home, message)))
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
            return refused
        finally:
            client.close()

    def _connected(self) -> smtplib.SMTP:
        host, port = self.settings.host, self.settings.port
        if self.settings.tls == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=self.timeout_seconds, context=self._context())
        return smtplib.SMTP(host, port, timeout=self.timeout_seconds)

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.settings.ca_file or None)


def _said(answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return on_one_line(text)[:_LONGEST_ANSWER]
