"""One question to the service and its whole answer: patient with a busy service, strict about what comes back.

Written here and not left to urllib3's own retries, because those end where the headers do: an answer cut in the middle
is the fault this service has most often. What the questions are belongs in `service.py`.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from assets.sources.json_stat import BrokenDataSet, BrokenJson, document_of
from pipelines.failures import FetchFailed
from pipelines.pxweb.wording import plain

if TYPE_CHECKING:
    import requests

MOST_BYTES = 64 * 2 ** 20
"""The largest answer a statistics bank gives (800 000 cells) is about a third of this."""

LONGEST_ANSWER_SECONDS = 300.0
LONGEST_WAIT_SECONDS = 300.0
CONNECT_SECONDS, SILENCE_SECONDS = 10.0, 60.0
MOST_TRIES = {"busy": 7, "fault": 4}
"""Seven tries wait 63 seconds in all: the service counts calls by the minute."""

MOST_REDIRECTS = 3
PIECE_BYTES = 65536
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Answer:
    """What came back: `document` is the parsed JSON object, None where the status is an error's."""

    status: int
    content: bytes
    document: dict[str, Any] | None

    @property
    def said(self) -> str:
        """The service's own words about an error, on one line and not long."""
        text = self.content[:2000].decode("utf-8", "replace")
        try:
            found = document_of(self.content)
            text = str(found.get("title") or found.get("error") or found.get("detail") or text)
        except BrokenDataSet:
            pass
        return plain(text)


class _Again(Exception):
    """Something that may pass: what it was in bokmål, of which kind, and how long the service asks us to wait."""

    def __init__(self, kind: str, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.kind, self.wait = kind, wait


class Transport:
    """Asks one service. The clocks and the sleep are given, so that waiting can be tried without any."""

    def __init__(self, *, say: Callable[[str], None] = lambda text: None, sleep: Callable[[float], None] = time.sleep,
                 clock: Callable[[], float] = time.monotonic,
                 now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._say, self._sleep, self._clock, self._now = say, sleep, clock, now
        self._session: requests.Session | None = None

    def ask(self, method: str, url: str, **given: Any) -> Answer:
        """The whole answer, after as many tries as it takes within bounds.

        An error that a new try cannot mend (4xx but 429) is an answer too. Raises FetchFailed.
        """
        tries: Counter[str] = Counter()
        while True:
            try:
                return self._once(method, url, given)
            except _Again as trouble:
                tries[trouble.kind] += 1
                count = tries.total()
                if tries[trouble.kind] >= MOST_TRIES[trouble.kind] or count >= max(MOST_TRIES.values()):
                    raise FetchFailed(f"{trouble}. Prøvde {count} ganger; prøv igjen senere.") from None
                self._wait(trouble, 2.0 ** (count - 1))

    def _wait(self, trouble: _Again, usual: float) -> None:
        seconds = usual if trouble.wait is None else trouble.wait
        if seconds > LONGEST_WAIT_SECONDS:
            raise FetchFailed(f"{trouble}. Tjenesten ber oss vente {seconds / 60:.0f} minutter; prøv igjen da.")
        self._say(f"{trouble}; prøver igjen om {seconds:.0f} s")
        self._sleep(seconds)

    def _once(self, method: str, url: str, given: dict[str, Any]) -> Answer:
        import requests
        import urllib3

        try:
            with self._response(method, url, given) as response:
                status = response.status_code
                if status == 429:
                    raise _Again("busy", "tjenesten svarer at vi spør for ofte (429)", self._asked_to_wait(response))
                if status >= 500:
                    raise _Again("fault", f"tjenesten har en feil ({status})", self._asked_to_wait(response))
                content = self._body(response)
                return Answer(status, content, document_of(content) if status == 200 else None)
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
            raise FetchFailed(f"adressen {url} kan ikke brukes. Kontroller --base.") from error
        except requests.exceptions.Timeout as error:
            raise _Again("fault", f"tjenesten svarer ikke ({urlsplit(url).netloc})") from error
        except requests.exceptions.ConnectionError as error:
            raise _Again("fault", f"får ikke kontakt med {urlsplit(url).netloc}") from error
        except (urllib3.exceptions.HTTPError, requests.exceptions.RequestException, BrokenJson) as error:
            raise _Again("fault", "svaret er avkortet eller ødelagt") from error
        except BrokenDataSet as error:
            raise FetchFailed(f"svaret kan ikke brukes: {error}") from error

    def _response(self, method: str, url: str, given: dict[str, Any]) -> "requests.Response":
        """The answer's head; redirects within the service are followed, to anybody else they are not."""
        for _ in range(MOST_REDIRECTS + 1):
            response = self._opened(url).request(
                method, url, **given, timeout=(CONNECT_SECONDS, SILENCE_SECONDS), stream=True, allow_redirects=False,
                headers={"Accept": "application/json", "User-Agent": "folgeeval"})
            if not response.is_redirect:
                return response
            target = urljoin(response.url, response.headers["Location"])
            response.close()
            if urlsplit(target)[:2] != urlsplit(url)[:2]:
                raise FetchFailed(f"tjenesten viser videre til {urlsplit(target).netloc or target}, og dit spør vi ikke. "
                                  "Er den flyttet, så oppgi den nye adressen med --base.")
            url, given = target, {name: value for name, value in given.items() if name != "params"}
        raise FetchFailed("tjenesten viser bare videre til seg selv. Kontroller adressen.")

    def _opened(self, url: str) -> "requests.Session":
        if self._session is None:
            import requests

            self._session = requests.Session()
            # A proxy or a password file of this machine has no business with a service on this machine.
            self._session.trust_env = urlsplit(url).hostname not in LOOPBACK
        return self._session

    def _body(self, response: "requests.Response") -> bytes:
        """All of the answer, piece by piece as it comes, within the bounds of size and time."""
        started, pieces, size = self._clock(), [], 0
        while piece := response.raw.read1(PIECE_BYTES, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                raise FetchFailed(f"svaret er større enn {MOST_BYTES // 2 ** 20} megabyte. Velg færre verdier.")
            if self._clock() - started > LONGEST_ANSWER_SECONDS:
                raise FetchFailed(f"svaret tok mer enn {LONGEST_ANSWER_SECONDS / 60:.0f} minutter. Velg færre verdier, "
                                  "eller prøv igjen senere.")
        return b"".join(pieces)

    def _asked_to_wait(self, response: "requests.Response") -> float | None:
        """The seconds of Retry-After, which may be a number or a moment; None without one that can be read."""
        text = response.headers.get("Retry-After", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        return max(0.0, (moment.astimezone(UTC) - self._now()).total_seconds())
