"""Who gets messages, in which language and through which channel: `alerts.toml` in the home.

The file holds no secret: the address of a webhook lets anybody write in its room, so only the name of the variable that
has it stands here, and what is refused for holding one is never repeated.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.alerts.news import BUFDIR, EVALUATORS, municipalities
from pipelines.failures import WrongUsage
from warehouse.columns_of_alerts import CHANNELS
from warehouse.home import Home

LANGUAGES = ("nb", "nn")
WEBHOOKS = ("teams", "slack")
USUAL_MESSAGES_PER_HOUR = 4
_MOST_MESSAGES_PER_HOUR = 60
_VARIABLE = re.compile(r"FOLGEEVAL_WEBHOOK_[A-Z0-9_]+")
_KEYS = ("channel", "language", "addresses", "webhook_variable", "messages_per_hour")
_OLD_FILE = "recipients.csv"
_EXAMPLE = '[2012]\nchannel = "email"\naddresses = ["navn@kommune.no"]'
_SECRET = ("Adressen til en webhook er en hemmelighet: den som har den, kan skrive i rommet. Sett den i en miljøvariabel som "
           "begynner med FOLGEEVAL_WEBHOOK_, og skriv navnet på variabelen i webhook_variable. Har andre kunnet lese filen, "
           "så lag en ny adresse.")


@dataclass(frozen=True)
class Route:
    """How messages reach one recipient; a recipient who is not in the file gets files in the outbox."""

    recipient: str
    channel: str = "file"
    language: str = "nb"
    addresses: tuple[str, ...] = ()
    webhook_variable: str = ""
    messages_per_hour: int = USUAL_MESSAGES_PER_HOUR
    is_in_file: bool = False


@dataclass(frozen=True)
class AlertSettings:
    """The routes by recipient. Bufdir has one only when somebody has written it."""

    routes: Mapping[str, Route] = field(default_factory=dict)

    def route(self, recipient: str) -> Route:
        return self.routes.get(recipient) or Route(recipient)


class _Wrong(Exception):
    """What is wrong with a key of a table; the key may be empty."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def alert_settings(home: Home) -> AlertSettings:
    """The settings of a home; none are needed. Raises WrongUsage, which names line and key and what to write."""
    path = home.alert_settings
    if (home.root / _OLD_FILE).exists():
        raise WrongUsage(f"{_OLD_FILE} brukes ikke lenger. Skriv mottakerne i {path.name}, for eksempel\n{_EXAMPLE}\n"
                         f"og slett {_OLD_FILE}.")
    if not path.exists():
        return AlertSettings()
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = tomllib.loads(text)
    except UnicodeDecodeError:
        raise WrongUsage(f"{path.name} er ikke skrevet i UTF-8. Lagre den på nytt som UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise WrongUsage(f"{path.name}, {_place_in(str(error))}: kan ikke leses som TOML. Skriv for eksempel\n"
                         f"{_EXAMPLE}") from None
    return AlertSettings({name: _checked(path.name, text, name, table) for name, table in found.items()})


def _checked(file_name: str, text: str, name: str, table: Any) -> Route:
    try:
        return _route(name, table)
    except _Wrong as wrong:
        shown = "en tabell" if _holds_address(name) else f"[{name}] {wrong.key}".strip()
        line = _line_of(text, name, wrong.key)
        raise WrongUsage(f"{file_name}, {f'linje {line}, ' if line else ''}{shown}: {wrong}") from None


def _route(name: str, table: Any) -> Route:
    for key, value in [(name, name), *_texts(name, table)]:
        if _holds_address(value) or _holds_address(key):
            raise _Wrong("" if _holds_address(key) else key, f"her står adressen til et nettsted. {_SECRET}")
    known = [*(each.code for each in municipalities()), EVALUATORS, BUFDIR]
    if name not in known:
        raise _Wrong("", f"er ikke en mottaker. Mottakerne er {', '.join(known)}.")
    if not isinstance(table, dict):
        raise _Wrong("", f"skal være en tabell: [{name}] på en egen linje, og nøklene under den.")
    for key in table:
        if key not in _KEYS:
            raise _Wrong(key, f"er ikke en nøkkel. Nøklene er {', '.join(_KEYS)}.")
    channel = _one_of(table, "channel", CHANNELS, None)
    return Route(
        name, channel, _one_of(table, "language", LANGUAGES, "nb"), _addresses(table, channel), _variable(table, channel),
        _per_hour(table), is_in_file=True)


def _one_of(table: Mapping[str, Any], key: str, allowed: tuple[str, ...], usual: str | None) -> str:
    value = table.get(key, usual)
    if value is None:
        raise _Wrong(key, f"mangler. Skriv {key} = \"{allowed[0]}\", eller {_or(allowed[1:])}.")
    if value not in allowed:
        raise _Wrong(key, f"fant «{value}». Skriv {_or(allowed)}.")
    return value


def _addresses(table: Mapping[str, Any], channel: str) -> tuple[str, ...]:
    given = table.get("addresses", [])
    if channel != "email" and "addresses" in table:
        raise _Wrong("addresses", f"hører til channel = \"email\", men her er channel = \"{channel}\". Ta bort den ene.")
    if channel == "email" and (not isinstance(given, list) or not given):
        raise _Wrong("addresses", "skal være en liste med minst én e-postadresse: addresses = [\"navn@kommune.no\"].")
    for address in given:
        if not isinstance(address, str) or not _is_address(address):
            raise _Wrong("addresses", f"fant «{address}», som ikke er en e-postadresse. Skriv bare adressen, navn@sted.no.")
    return tuple(dict.fromkeys(given))


def _variable(table: Mapping[str, Any], channel: str) -> str:
    given = table.get("webhook_variable", "")
    if channel not in WEBHOOKS and "webhook_variable" in table:
        raise _Wrong("webhook_variable", f"hører til {_or(WEBHOOKS)}, men her er channel = \"{channel}\". Ta bort den ene.")
    # What stands here instead of a name may be the secret itself, so it is not repeated.
    if channel in WEBHOOKS and not (isinstance(given, str) and _VARIABLE.fullmatch(given)):
        raise _Wrong("webhook_variable", "skal være navnet på en miljøvariabel: FOLGEEVAL_WEBHOOK_ og så store bokstaver, "
                     f"sifre og understrek. {_SECRET}")
    return given


def _per_hour(table: Mapping[str, Any]) -> int:
    value = table.get("messages_per_hour", USUAL_MESSAGES_PER_HOUR)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST_MESSAGES_PER_HOUR:
        raise _Wrong("messages_per_hour", f"fant «{value}». Skriv et helt tall fra 1 til {_MOST_MESSAGES_PER_HOUR}.")
    return value


def _texts(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text in a table with its key, the keys themselves among them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, name
            yield from _texts(name, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(key, inner)
    elif isinstance(value, str):
        yield key, value


def _holds_address(text: str) -> bool:
    return "://" in text or text.lower().startswith(("http:", "https:", "hooks.", "www."))


def _is_address(text: str) -> bool:
    name, at, domain = text.partition("@")
    return bool(name and at and domain) and "@" not in domain and text.isascii() and not set(text) & set(' ,;<>"\r\n\t')


def _or(words: tuple[str, ...]) -> str:
    return " eller ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _line_of(text: str, name: str, key: str) -> int | None:
    """The line where a key of a table stands, or where the table begins; None when it is written in another way."""
    inside, begins = False, None
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*[\"']?([^\]\"']+)[\"']?\s*\]", line):
            inside = header.group(1).strip() == name
            begins = number if inside else begins
        elif inside and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return begins


def _place_in(error: str) -> str:
    found = re.search(r"at line (\d+), column (\d+)", error)
    return f"linje {found.group(1)}, tegn {found.group(2)}" if found else "på slutten"
