"""The two versions of PxWebApi: where a table's description, its cells and the service's limit are found."""

import re
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from pipelines.failures import FetchFailed, WrongUsage
from pipelines.pxweb.table import Table, table_of_v0, table_of_v2
from pipelines.pxweb.transport import Answer, Transport

Choice = Mapping[str, tuple[str, ...]]
"""The codes asked for, by variable."""

PUBLIC_ADDRESS = "https://data.ssb.no/api"
MODEST_LIMIT = 50_000
"""Cells in one answer where the service does not tell its limit: few services have a lower one."""

LONGEST_ADDRESS = 2000
"""Beyond about 2 100 characters v2 says that the table does not exist; longer questions are posted."""


class TooManyCells(Exception):
    """The service will not give so many cells in one answer."""


class Service(Protocol):
    """A version of PxWebApi at an address."""

    address: str

    def table(self, table_id: str) -> Table:
        """The table's variables. Raises FetchFailed, WrongUsage for a table that is not there."""

    def limit(self) -> int | None:
        """The most cells in one answer, None where the service does not tell."""

    def cells(self, table_id: str, choice: Choice) -> Answer:
        """The cells as JSON-stat 2. Raises TooManyCells, FetchFailed."""


class ServiceV0:
    """v0 (and v1): the description is got, the cells are posted for."""

    def __init__(self, address: str, transport: Transport) -> None:
        self.address, self._transport = address, transport

    def table(self, table_id: str) -> Table:
        return table_of_v0(table_id, _description(self._transport.ask("GET", self._of(table_id)), table_id, self.address))

    def limit(self) -> int | None:
        # Both stand there, and services mean different things by them: the tighter is within both.
        return _smallest(self._transport, f"{self.address}/?config", ("maxCells", "maxValues", "maxDataCells"))

    def cells(self, table_id: str, choice: Choice) -> Answer:
        query = [{"code": code, "selection": {"filter": "item", "values": list(values)}} for code, values in choice.items()]
        return _cells(self._transport.ask(
            "POST", self._of(table_id), json={"query": query, "response": {"format": "json-stat2"}}))

    def _of(self, table_id: str) -> str:
        return f"{self.address}/table/{table_id}"


class ServiceV2:
    """v2: all is got, but for questions too long to stand in an address."""

    def __init__(self, address: str, transport: Transport) -> None:
        self.address, self._transport = address, transport

    def table(self, table_id: str) -> Table:
        answer = self._transport.ask("GET", f"{self._of(table_id)}/metadata", params={"lang": "no"})
        return table_of_v2(table_id, _description(answer, table_id, self.address))

    def limit(self) -> int | None:
        return _smallest(self._transport, f"{self.address}/config", ("maxDataCells",))

    def cells(self, table_id: str, choice: Choice) -> Answer:
        form = {"lang": "no", "outputFormat": "json-stat2"}
        listed = {f"valueCodes[{code}]": ",".join(values) for code, values in choice.items()}
        url, holds_comma = f"{self._of(table_id)}/data", any("," in code for codes in choice.values() for code in codes)
        if holds_comma or len(f"{url}?{urlencode(form | listed)}") > LONGEST_ADDRESS:
            selection = [{"variableCode": code, "valueCodes": list(values)} for code, values in choice.items()]
            return _cells(self._transport.ask("POST", url, params=form, json={"selection": selection}))
        return _cells(self._transport.ask("GET", url, params=form | listed))

    def _of(self, table_id: str) -> str:
        return f"{self.address}/tables/{table_id}"


def service_at(address: str, api: str | None, transport: Transport) -> Service:
    """The service of an address. Without `api` the address decides, and else v2. Raises WrongUsage for no address."""
    parts = urlsplit(address)
    try:
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or parts.username or parts.query or parts.fragment:
        raise WrongUsage(f"«{address}» er ikke en adresse til PxWebApi; skriv for eksempel {PUBLIC_ADDRESS}")
    path = re.sub(r"/tables?$", "", parts.path.rstrip("/"))
    is_old = re.search(r"/v[01](/|$)", path) is not None
    whole = f"{parts.scheme}://{parts.netloc}"
    if api == "v0" or (api is None and is_old):
        return ServiceV0(whole + _path_of_v0(path), transport)
    return ServiceV2(whole + _path_of_v2(path), transport)


def _path_of_v0(path: str) -> str:
    if re.search(r"/v[01]/.+", path):
        return path
    return f"{path}/no" if re.search(r"/v[01]$", path) else f"{path or '/api'}/v0/no"


def _path_of_v2(path: str) -> str:
    if re.search(r"/v2(/|$)", path):
        return path
    return f"{path}/v2" if path.endswith("/pxwebapi") else f"{path or '/api'}/pxwebapi/v2"


def _description(answer: Answer, table_id: str, address: str) -> dict[str, Any]:
    if answer.status in (400, 404):
        raise WrongUsage(f"tjenesten {address} har ikke tabellen {table_id} ({answer.status}). Kontroller nummeret, "
                         "adressen og --api.")
    return _document(answer)


def _cells(answer: Answer) -> Answer:
    """The answer, when it is one. v0 says 403 to a question for too much, v2 says 400, others 413."""
    if answer.status in (403, 413) or (answer.status == 400 and "too many" in answer.said.lower()):
        raise TooManyCells(answer.said)
    _document(answer)
    return answer


def _document(answer: Answer) -> dict[str, Any]:
    if answer.document is None:
        raise FetchFailed(f"tjenesten svarer {answer.status}: {answer.said or 'uten forklaring'}")
    return answer.document


def _smallest(transport: Transport, url: str, names: tuple[str, ...]) -> int | None:
    try:
        document = transport.ask("GET", url).document or {}
    except FetchFailed:
        return None
    limits = [document[name] for name in names if type(document.get(name)) is int and document[name] > 0]
    return min(limits, default=None)
