"""Settings from the environment, read when asked for and never at import. The only room that looks at os.environ."""

import os
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipelines.failures import WrongUsage

DEMO_CLOCK = datetime(2019, 10, 1)
DEFAULT_SMALL_NUMBER_THRESHOLD = 3
_SMTP_PORTS = {"starttls": "587", "tls": "465", "none": "25"}


def default_home() -> Path:
    """FOLGEEVAL_HOME, or `data` in the folder one stands in."""
    return Path(os.environ.get("FOLGEEVAL_HOME", "data"))


def now() -> datetime:
    """FOLGEEVAL_NOW (an ISO date or time), or the machine's clock. Raises WrongUsage for text that is no date."""
    given = os.environ.get("FOLGEEVAL_NOW")
    if not given:
        return datetime.now().replace(microsecond=0)
    try:
        return parse_moment(given)
    except ValueError as error:
        raise WrongUsage(f"FOLGEEVAL_NOW: {error}") from None


def parse_moment(text: str) -> datetime:
    """A date means the end of that day, so that «per 1. oktober» holds what came on 1 October."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"«{text}» er ikke en dato; skriv for eksempel 2019-10-01") from None
    if len(text) == len("2019-10-01"):
        return moment.replace(hour=23, minute=59, second=59)
    return moment.replace(tzinfo=None)


def small_number_threshold() -> int:
    """FOLGEEVAL_SMALL_NUMBER_THRESHOLD: counts from 1 to this are never published. Never below 3."""
    given = os.environ.get("FOLGEEVAL_SMALL_NUMBER_THRESHOLD", str(DEFAULT_SMALL_NUMBER_THRESHOLD))
    if not given.isdigit() or int(given) < DEFAULT_SMALL_NUMBER_THRESHOLD:
        raise WrongUsage(f"FOLGEEVAL_SMALL_NUMBER_THRESHOLD: «{given}» er ikke et helt tall på minst 3")
    return int(given)


@dataclass(frozen=True)
class SmtpSettings:
    """How to reach the mail server. `tls`: `starttls`, `tls` (from the first byte) or `none`.

    `ca_file`: the authority that vouches for the server; empty means those the machine trusts.
    """

    host: str
    port: int
    sender: str
    tls: str
    user: str
    password: str = field(repr=False)
    ca_file: str = ""


def smtp() -> SmtpSettings | None:
    """The mail server of FOLGEEVAL_SMTP_HOST; None without one. Raises WrongUsage for settings that cannot be meant."""
    host = os.environ.get("FOLGEEVAL_SMTP_HOST", "")
    if not host:
        return None
    tls = os.environ.get("FOLGEEVAL_SMTP_TLS", "starttls")
    if tls not in _SMTP_PORTS:
        raise WrongUsage(f"FOLGEEVAL_SMTP_TLS: «{tls}» er ikke {', '.join(_SMTP_PORTS)}")
    port = os.environ.get("FOLGEEVAL_SMTP_PORT", _SMTP_PORTS[tls])
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise WrongUsage(f"FOLGEEVAL_SMTP_PORT: «{port}» er ikke en port")
    sender = os.environ.get("FOLGEEVAL_SMTP_FROM", "")
    if "@" not in sender:
        raise WrongUsage(f"FOLGEEVAL_SMTP_FROM: «{sender}» er ikke en e-postadresse; svar på meldingene går dit")
    user, password = os.environ.get("FOLGEEVAL_SMTP_USER", ""), os.environ.get("FOLGEEVAL_SMTP_PASSWORD", "")
    return SmtpSettings(host, int(port), sender, tls, user, password, _ca_file())


def _ca_file() -> str:
    """FOLGEEVAL_SMTP_CA: a file of certificates in PEM. Raises WrongUsage for one that cannot be used."""
    given = os.environ.get("FOLGEEVAL_SMTP_CA", "")
    try:
        if given:
            ssl.create_default_context(cafile=given)
    except (OSError, ssl.SSLError):
        raise WrongUsage(f"FOLGEEVAL_SMTP_CA: «{given}» er ikke en lesbar fil med sertifikater (PEM)") from None
    return given


def webhook_address(variable: str) -> str:
    """The secret address of a webhook, from the variable that holds it; empty where it is not set."""
    return os.environ.get(variable, "").strip()


def pxweb_address() -> str | None:
    """FOLGEEVAL_PXWEB: the statistics bank `folgeeval fetch` asks; None for Statistics Norway's public one."""
    return os.environ.get("FOLGEEVAL_PXWEB") or None


def quiet_libraries(dagster_home: Path) -> None:
    """Switches off telemetry and analytics of the libraries and points Dagster at the home's own instance."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    os.environ["DAGSTER_HOME"] = str(dagster_home.resolve())


def home_for_child(root: Path) -> None:
    """Lets a child process find the same home."""
    os.environ["FOLGEEVAL_HOME"] = str(root.resolve())
