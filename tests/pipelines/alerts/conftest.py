"""Drawn findings in a home of their own, and a mail server on this machine that does as it is told."""

import shutil
import socketserver
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assets.build import set_clock
from pipelines.settings import DEMO_CLOCK
from warehouse import database
from warehouse.database import one, rows, take_snapshot, writing
from warehouse.home import Home

DEFAULTS = {"rule_id": "VR05", "level": "feil", "unit_code": "2012", "period": "2018-T3", "stem": "tertial_reports",
            "file_name": "rapport.xlsx", "sheet": "C", "cell": "D14", "line_numbers": None, "found": "25",
            "expected": "26", "message": "Delene gir 26, men totalen er 25. Rett totalen eller forklar avviket.",
            "state": "åpen", "explanation_nb": None, "explained_by": None, "delivery_id": None}


@dataclass
class Board:
    """A home where findings are drawn on the warehouse and seen in the snapshot, as after a refresh."""

    home: Home
    drawn: dict[str, dict] = field(default_factory=dict)

    def draw(self, finding_id: str, **columns) -> None:
        """A finding in force; what is not said is as in DEFAULTS."""
        self.drawn[finding_id] = {"finding_id": finding_id, **DEFAULTS, **columns}
        self.refresh()

    def mend(self, finding_id: str, at: datetime = DEMO_CLOCK) -> None:
        """The finding is gone from what is in force, and its history says so."""
        self.note(finding_id, "rettet", at)
        del self.drawn[finding_id]
        self.refresh()

    def note(self, finding_id: str, state: str, at: datetime) -> None:
        """A line of history."""
        finding = self.drawn[finding_id]
        with writing(self.home) as connection:
            number = 1 + one(connection, "SELECT count(*) FROM findings.finding_event")
            names = ("rule_id", "level", "unit_code", "period", "message")
            connection.execute(
                f"INSERT INTO findings.finding_event (event_number, finding_id, event_at, state, {', '.join(names)}) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [number, finding_id, at, state, *(finding[name] for name in names)])
        self.refresh()

    def refuse_delivery(self, delivery_id: int, file_name: str) -> None:
        with writing(self.home) as connection:
            connection.execute(
                "INSERT INTO register.delivery VALUES (?, repeat('a', 64), NULL, ?, 'refused', NULL, ?, '2012', NULL, 'tom', NULL)",
                [delivery_id, DEMO_CLOCK, file_name])

    def refresh(self, as_of: datetime = DEMO_CLOCK) -> None:
        with writing(self.home) as connection:
            set_clock(connection, as_of)
            connection.execute("DELETE FROM findings.finding")
            for finding in self.drawn.values():
                names = ", ".join(finding)
                connection.execute(f"INSERT INTO findings.finding ({names}) VALUES ({', '.join('?' * len(finding))})",
                                   list(finding.values()))
        take_snapshot(self.home)

    def settings(self, text: str) -> None:
        """What `alerts.toml` of the home says."""
        self.home.alert_settings.write_text(text, encoding="utf-8")

    def outbox(self, columns: str = "recipient, outbox_state") -> list[tuple]:
        """The outbox of the warehouse, the oldest first."""
        with writing(self.home) as connection:
            return rows(connection, f"SELECT {columns} FROM register.outbox ORDER BY created_at, recipient")

    def told(self) -> set[tuple[str, str, str]]:
        with writing(self.home) as connection:
            return set(rows(connection, "SELECT recipient, finding_id, state FROM register.told"))


@pytest.fixture(scope="session")
def empty_board_home(tmp_path_factory) -> Home:
    """A home where a refresh has found nothing; made once, for making it takes longer than what is tried in it."""
    home = Home(tmp_path_factory.mktemp("board") / "home")
    Board(home).refresh()
    return home


@pytest.fixture
def board(empty_board_home, fresh_home, monkeypatch) -> Board:
    shutil.copytree(empty_board_home.root, fresh_home.root)
    # The home was made with today's tables a moment ago; to look for them takes half the time of each opening.
    monkeypatch.setattr(database, "ensure_tables", lambda connection: None)
    monkeypatch.setattr(database, "_demand_todays_columns", lambda connection, home: None)
    return Board(fresh_home)


class _Conversation(socketserver.StreamRequestHandler):
    """One connection. Speaks the least SMTP that a client needs; `server.behaviour` says where it goes wrong.

    With `server.tls` it is encrypted: from the first byte where `server.is_implicit`, else after STARTTLS. What is said over
    an encrypted line is heard with the mark `tls:`.
    """

    def setup(self) -> None:
        if self.server.tls and self.server.is_implicit:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        self._say("220 her")
        while line := self.rfile.readline():
            said = line.decode(errors="replace")
            word = said.split(" ")[0].strip().upper()
            self.server.heard.append(("tls:" if isinstance(self.connection, ssl.SSLSocket) else "") + said.strip())
            if word == "STARTTLS" and self.server.tls:
                self._say("220 snakk kryptert")
                self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
            elif word == "DATA":
                if not self._data():
                    return
            elif word == "QUIT" and self.server.behaviour == "drop_at_farewell":
                return
            else:
                self._say(self._answer(word, said))
                if word == "QUIT":
                    return

    def _answer(self, word: str, line: str) -> str:
        behaviour = self.server.behaviour
        if word == "RCPT" and (behaviour == "refuse_recipients" or behaviour == "refuse_one" and "feil@" in line):
            return "550 ukjent adresse"
        if word == "MAIL" and behaviour == "refuse_sender":
            return "553 ikke deg"
        if word == "EHLO" and self.server.tls:
            is_open = not isinstance(self.connection, ssl.SSLSocket)
            return "250-her\r\n" + ("250 STARTTLS" if is_open else "250 AUTH PLAIN")
        if word == "AUTH":
            return "535 feil passord: hemmelig" if behaviour == "refuse_login" else "235 velkommen"
        return {"EHLO": "250 her", "QUIT": "221 farvel"}.get(word, "250 ja")

    def _data(self) -> bool:
        self._say("354 kom")
        content = b""
        for line in self.rfile:
            if line == b".\r\n":
                break
            content += line
        if self.server.behaviour == "drop_after_content":
            return False
        if self.server.behaviour == "refuse_content":
            self._say("554 nei")
            return True
        self.server.accepted.append(content)
        self._say("250 tatt imot")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server on a free port. `accepted` holds each message it took, as bytes; `heard` every command."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.behaviour, self.accepted, self.heard = "accept", [], []
        self.tls, self.is_implicit = None, False

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up in the middle is what some tests are about."""
        if not isinstance(sys.exception(), (ConnectionError, ssl.SSLError)):
            super().handle_error(request, client_address)

    @property
    def port(self) -> int:
        return self.server_address[1]


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[socketserver.BaseServer]:
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with _running(MailServer()) as server:
        yield server


class _Room(BaseHTTPRequestHandler):
    """One request to a room's webhook; `server.answer` says what comes back."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append((self.path, dict(self.headers), body))
        status, headers, answer = self.server.answer
        if status is None:
            # Silent until the client has given up, which closes its end.
            self.rfile.read(1)
            return
        self.send_response(status)
        for name, value in {"Content-Length": str(len(answer)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments) -> None:
        """A test's output is not the place."""


class RoomServer(ThreadingHTTPServer):
    """A webhook on a free port: `answer` is (status, headers, body), status None to be silent; `posted` what came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Room)
        self.answer, self.posted = (200, {}, b"ok"), []

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up is what some tests are about."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook/T0PSECRET?sig=S1GNATURE"


@pytest.fixture
def room() -> Iterator[RoomServer]:
    with _running(RoomServer()) as server:
        yield server


@pytest.fixture
def smtp_environment(mail_server, monkeypatch) -> MailServer:
    """The settings of the product point to the server, without encryption."""
    for name, value in {"HOST": "127.0.0.1", "PORT": str(mail_server.port), "FROM": "evaluator@example.org",
                        "TLS": "none"}.items():
        monkeypatch.setenv(f"FOLGEEVAL_SMTP_{name}", value)
    return mail_server
