"""A statistics bank on this machine, in both versions, that can be told to misbehave; and a transport that never sleeps."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import prod
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pipelines.pxweb.fetching import Fetched, fetch_table
from pipelines.pxweb.service import Service, service_at
from pipelines.pxweb.transport import Transport

UPDATED = "2019-02-22T07:00:00Z"
NOW = datetime(2019, 10, 1, 12, tzinfo=UTC)
PATHS = {"v0": "/api/v0/no", "v2": "/api/pxwebapi/v2"}


@dataclass(frozen=True)
class Reply:
    """What the bank is about to send. `cut` sends so many bytes fewer than it promises; `endless` never ends."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int = 0
    endless: bool = False


@dataclass(frozen=True)
class Known:
    """A table of the bank: codes by variable, which may be left out, and each cell's number or sign by its codes."""

    variables: Mapping[str, tuple[str, ...]]
    cells: Mapping[tuple[str, ...], int | float | str]
    may_be_left_out: frozenset[str] = frozenset()
    title: str = "Prøvetabell"

    def data_set(self, choice: Mapping[str, list[str]], updated: str | None) -> dict[str, Any]:
        """JSON-stat 2 of the choice; codes that are not there are left out without a word, as the real one does."""
        document = self.frame(choice)
        found = [self.cells[key] for key in product(*(document["dimension"][name]["category"]["index"]
                                                      for name in document["id"]))]
        signs = {str(place): cell for place, cell in enumerate(found) if isinstance(cell, str)}
        return document | {"value": [None if isinstance(cell, str) else cell for cell in found]} | (
            {"status": signs} if signs else {}) | ({"updated": updated} if updated else {})

    def frame(self, choice: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """The data set without its cells."""
        ids = [code for code in self.variables if code in choice]
        codes = [[code for code in choice[name] if code in self.variables[name]] for name in ids]
        return {
            "version": "2.0", "class": "dataset", "label": self.title, "id": ids, "size": [len(each) for each in codes],
            "dimension": {name: {"label": name.lower(), "category": {
                "index": {code: place for place, code in enumerate(each)},
                "label": {code: f"Navn {code}" for code in each}}} for name, each in zip(ids, codes, strict=True)},
            "role": {"time": ["Tid"]}, "link": {"self": []}, "extension": {"px": {"tableid": self.title[:5]}}}


class Bank(ThreadingHTTPServer):
    """The bank on a free port. `script` holds what happens to the next answers with cells, one each, then all is well;
    `every` changes every data set by its number; `asked` holds each question as (method, path, choice)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.tables: dict[str, Known] = {}
        self.script: deque[Callable[[Reply], Reply]] = deque()
        self.every: Callable[[int, dict[str, Any]], dict[str, Any]] = lambda number, document: document
        self.limit: int | None = 1000
        self.enforced_limit: tuple[int, int] | None = None
        self.updated: str | None = UPDATED
        self.asked: list[tuple[str, str, Any]] = []
        self.gate: Callable[[str], Reply | None] = lambda path: None
        self.data_count = 0

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up in the middle is what some tests are about."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, method: str, target: str, body: bytes) -> Reply:
        parts = urlsplit(target)
        gated = self.gate(parts.path)
        if gated is not None:
            return gated
        api = next((api for api, path in PATHS.items() if parts.path.startswith(path)), "")
        rest = parts.path.removeprefix(PATHS.get(api, ""))
        if rest in ("/", "/config"):
            name = "maxDataCells" if api == "v2" else "maxValues"
            return self._json({name: self.limit} if self.limit else {})
        words = rest.strip("/").split("/")
        table = self.tables.get(words[1]) if len(words) > 1 else None
        if table is None:
            return Reply(404, b'{"title": "Not found"}')
        if api == "v0":
            return self._json(_described_v0(table)) if method == "GET" else self._data(
                method, parts.path, table, {one["code"]: one["selection"]["values"] for one in json.loads(body)["query"]})
        if words[-1] == "metadata":
            return self._json(_described_v2(table))
        query = parse_qs(parts.query)
        chosen = ({one["variableCode"]: one["valueCodes"] for one in json.loads(body)["selection"]} if method == "POST" else
                  {name[11:-1]: value[0].split(",") for name, value in query.items() if name.startswith("valueCodes[")})
        assert query["outputFormat"] == ["json-stat2"] and query["lang"] == ["no"]
        return self._data(method, parts.path, table, chosen)

    def _data(self, method: str, path: str, table: Known, choice: dict[str, list[str]]) -> Reply:
        self.asked.append((method, path, choice))
        self.data_count += 1
        document = self.every(self.data_count, table.data_set(choice, self.updated))
        reply = self._json(document)
        if self.enforced_limit and prod(map(len, choice.values())) > self.enforced_limit[1]:
            reply = Reply(self.enforced_limit[0], b'{"title": "Too many cells selected"}')
        return self.script.popleft()(reply) if self.script else reply

    def _json(self, document: dict[str, Any]) -> Reply:
        return Reply(200, json.dumps(document).encode())


def _described_v0(table: Known) -> dict[str, Any]:
    return {"title": table.title, "variables": [
        {"code": code, "text": code.lower(), "values": list(codes), "valueTexts": [f"Navn {each}" for each in codes],
         **({"elimination": True} if code in table.may_be_left_out else {})} for code, codes in table.variables.items()]}


def _described_v2(table: Known) -> dict[str, Any]:
    document = table.frame(table.variables)
    for code, node in document["dimension"].items():
        node["extension"] = {"elimination": code in table.may_be_left_out}
    return document | {"value": None, "updated": UPDATED}


class _Talk(BaseHTTPRequestHandler):
    server: Bank
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:  # noqa: N802
        self._send(self.server.answer("GET", self.path, b""))

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._send(self.server.answer("POST", self.path, body))

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if not reply.endless:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[:len(reply.body) - reply.cut])
        while reply.endless:
            self.wfile.write(b" " * 65536)
        self.close_connection = self.close_connection or bool(reply.cut)

    def log_message(self, *parts) -> None:
        """Nothing is written: the tests' own output stays clean."""


@dataclass
class Patience:
    """A clock that stands still but for the waits it is asked for, which are kept, and what was said meanwhile."""

    waits: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    seconds_a_look: float = 0.0
    seconds: float = 0.0

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def clock(self) -> float:
        self.seconds += self.seconds_a_look
        return self.seconds

    def transport(self) -> Transport:
        return Transport(say=self.said.append, sleep=self.sleep, clock=self.clock, now=lambda: NOW)


@dataclass(frozen=True)
class Counter:
    """Where a test asks: the bank, one version of it, and the patience of the asking."""

    bank: Bank
    api: str
    patience: Patience

    @property
    def service(self) -> Service:
        return service_at(self.bank.address + PATHS[self.api], self.api, self.patience.transport())

    def fetch(self, table_id: str = "prove", **given: str) -> Fetched:
        return fetch_table(self.service, table_id, {code: tuple(text.split(",")) for code, text in given.items()},
                           self.patience.said.append)


def status(number: int, body: bytes = b"", **headers: str) -> Callable[[Reply], Reply]:
    """The next answer is this error."""
    return lambda reply: Reply(number, body, {name.replace("_", "-"): value for name, value in headers.items()})


def cut(count: int) -> Callable[[Reply], Reply]:
    """The next answer ends so many bytes too early."""
    return lambda reply: replace(reply, cut=count)


def drawn(**variables: str) -> Known:
    """A table where each cell is its place, but every fifth is one of the signs."""
    codes = {name: tuple(text.split(",")) for name, text in variables.items()}
    cells = {key: place if place % 5 else (":", "..", ".")[(place // 5 - 1) % 3]
             for place, key in enumerate(product(*codes.values()), 1)}
    return Known(codes, cells, frozenset({"Kjonn"}))


@pytest.fixture
def bank() -> Iterator[Bank]:
    with Bank() as server:
        server.tables["prove"] = drawn(Region="2012,0729,0627,0722", ContentsCode="Antall", Tid="2016,2017,2018")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(params=["v0", "v2"])
def counter(bank, request) -> Counter:
    """Asks the bank in one version and then in the other."""
    return Counter(bank, request.param, Patience())


@pytest.fixture
def bank_address(bank, monkeypatch) -> Bank:
    """The setting of the product points to the bank."""
    monkeypatch.setenv("FOLGEEVAL_PXWEB", bank.address)
    return bank


@pytest.fixture
def misbehave():
    """What a script may be made of: an error by number, and an answer cut short."""
    return {"status": status, "cut": cut}


@pytest.fixture
def draw():
    return drawn


@pytest.fixture
def population() -> Known:
    """Table 07459 with the trial's codes: 0 where a code was not in use, and sex, which may be left out."""
    regions = ("0", "0627", "0722", "0723", "0729", "2012", "3911", "4601")
    ages, years = tuple(f"{age:03d}" for age in range(20)), ("2012", "2017", "2018")
    in_use = {"0722": ("2012", "2017"), "0723": ("2012", "2017"), "0729": ("2018",), "3911": ()}
    cells = {(region, age, "Personer1", year): 0 if year not in in_use.get(region, years) else 10 + int(age)
             for region, age, year in product(regions, ages, years)}
    variables = {"Region": regions, "Kjonn": ("1", "2"), "Alder": (*ages, "F5"), "ContentsCode": ("Personer1",), "Tid": years}
    return replace(Known(variables, cells, frozenset({"Region", "Kjonn", "Alder"})), title="07459: Befolkning")
