"""A message to a room in Teams or Slack, by the room's webhook. Its address is a secret and never leaves this module.

What comes back is believed only when it says that the message was taken: both services have been seen to answer 200 with
the words of an error.
"""

import http.client
import json
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit

from pipelines.alerts.channels import NotAccepted, NotSetUp, Receipt
from pipelines.alerts.digest import Digest
from pipelines.alerts.message import Message
from pipelines.alerts.outbox import LONGEST_ASKED_WAIT
from pipelines.alerts.slack_blocks import slack_blocks
from pipelines.alerts.teams_card import teams_card
from warehouse.harmless_text import on_one_line

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_MOST_ANSWER_BYTES, _LONGEST_SAID = 4_096, 200
_SHORTEST_SECRET = 6
_BODIES: dict[str, Callable[[Digest], bytes]] = {"teams": teams_card, "slack": slack_blocks}
_NAMES = {"teams": "Teams", "slack": "Slack"}


def checked_address(address: str, variable: str) -> str:
    """The address. Raises NotSetUp for one that cannot be used, naming only the variable that holds it."""
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and parts.port != 0 and address.isascii() and address.isprintable() and " " not in address
    except ValueError:
        sound = False
    if not sound or parts.scheme not in ("https", "http") or parts.username:
        raise NotSetUp(f"{variable} har ikke en adresse som kan brukes; den skal begynne med https://")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise NotSetUp(f"{variable} har en adresse uten kryptering; den skal begynne med https://")
    return address


@dataclass(frozen=True)
class Webhook:
    """A room's webhook. `clock` bounds the whole answer; `now` is for a moment the service asks us to wait for."""

    channel: str
    address: str = field(repr=False)
    timeout_seconds: float = 30.0
    context: ssl.SSLContext | None = None
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def deliver(self, message: Message) -> Receipt:
        """Posts the message; a repeat has the same body and `Idempotency-Key`. Raises NotAccepted."""
        parts, name = urlsplit(self.address), _NAMES[self.channel]
        connection = self._connection(parts)
        try:
            connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else "") or "/",
                               body=_BODIES[self.channel](message.digest), headers={
                                   "Content-Type": "application/json; charset=utf-8", "User-Agent": "folgeeval",
                                   "Idempotency-Key": message.identity})
            response = connection.getresponse()
            answer = self._answer(response)
        except TimeoutError:
            raise NotAccepted(f"{name} svarte ikke innen {self.timeout_seconds:g} sekunder") from None
        except ssl.SSLCertVerificationError as error:
            raise NotAccepted(f"sertifikatet til {name} ble ikke godtatt ({error.verify_message})") from None
        except (http.client.HTTPException, OSError) as error:
            raise NotAccepted(f"forbindelsen til {name} ble brutt eller kom ikke i stand ({type(error).__name__})") from None
        finally:
            connection.close()
        self._demand_accepted(response, answer, name)
        return Receipt()

    def _connection(self, parts: SplitResult) -> http.client.HTTPConnection:
        if parts.scheme == "http":
            return http.client.HTTPConnection(parts.hostname, parts.port, timeout=self.timeout_seconds)
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=self.timeout_seconds,
                                           context=self.context or ssl.create_default_context())

    def _answer(self, response: http.client.HTTPResponse) -> str:
        """The beginning of the answer, piece by piece, so that a server that drips cannot hold us."""
        ends, pieces, size = self.clock() + self.timeout_seconds, [], 0
        while size < _MOST_ANSWER_BYTES and (piece := response.read1(_MOST_ANSWER_BYTES - size)):
            pieces.append(piece)
            size += len(piece)
            if self.clock() > ends:
                raise TimeoutError
        return b"".join(pieces).decode("utf-8", "replace").strip()

    def _demand_accepted(self, response: http.client.HTTPResponse, answer: str, name: str) -> None:
        status = response.status
        if 300 <= status < 400:
            raise NotAccepted(f"{name} viser videre til en annen adresse ({status}), og dit sendes ingenting. Lag webhooken på "
                              "nytt og sett den nye adressen")
        if status == 429:
            raise NotAccepted(f"{name} svarte at det sendes for ofte (429)", self._asked_wait(response))
        if status not in (200, 202):
            raise NotAccepted(f"{name} svarte {status} {self._said(answer)}".strip(), self._asked_wait(response))
        if not _is_taken(self.channel, answer):
            raise NotAccepted(f"{name} svarte {status}, men ikke at meldingen er tatt imot: {self._said(answer)}")

    def _asked_wait(self, response: http.client.HTTPResponse) -> timedelta | None:
        """The wait of Retry-After, a number of seconds or a moment; None without one that can be read."""
        text = (response.headers.get("Retry-After") or "").strip()
        if text.isascii() and text.isdigit():
            return min(timedelta(seconds=int(text[:9])), LONGEST_ASKED_WAIT)
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        return min(max(timedelta(), moment.astimezone(UTC) - self.now()), LONGEST_ASKED_WAIT)

    def _said(self, answer: str) -> str:
        """The service's words on one line, without any part of the address."""
        parts = urlsplit(self.address)
        secrets = {self.address, parts.path, parts.query, *parts.path.split("/"), *(
            piece for pair in parts.query.split("&") for piece in pair.split("="))}
        for secret in sorted((each for each in secrets if len(each) >= _SHORTEST_SECRET), key=len, reverse=True):
            answer = answer.replace(secret, "…")
        return on_one_line(answer)[:_LONGEST_SAID]


def _is_taken(channel: str, answer: str) -> bool:
    """Slack says `ok`, its likes `{"ok": true}`; a workflow of Teams says nothing, and its connectors say `1`."""
    if channel == "slack" and answer == "ok" or channel == "teams" and answer in ("", "1"):
        return True
    try:
        found = json.loads(answer)
    except ValueError:
        return False
    if not isinstance(found, dict) or found.get("error") or found.get("errors"):
        return False
    return channel == "teams" or found.get("ok") is True or found.get("success") is True
