"""Kills alerting at every step between a finding and the mail about it, and says what the server and the outbox then hold.

Run as a program with an empty folder; prints one JSON object: the steps, after which of them a message came twice, and the
faults found. The mail server is a thread of the parent's and outlives every child.
"""

import json
import os
import shutil
import smtplib
import socketserver
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import scythe
from scythe import Scythe, in_child

from assets.build import set_clock
from pipelines.alerts import alert
from pipelines.alerts.outbox import MOST_ATTEMPTS
from warehouse.database import rows, take_snapshot, writing
from warehouse.home import Home

NOW = datetime(2019, 10, 1, 7)
FINDINGS = ("a", "b")
LONGEST_COMMAND = 512
SETTINGS = '[2012]\nchannel = "email"\naddresses = ["alta@example.org"]\n'


class Conversation(socketserver.StreamRequestHandler):
    """Takes every message that comes whole."""

    def handle(self) -> None:
        self.wfile.write(b"220 her\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 kom\r\n")
                content = b"".join(iter(lambda: self.rfile.readline() or b".\r\n", b".\r\n"))
                # A sender who died in the middle never sent the last line.
                if b"\r\n--folgeeval-" in content and content.rstrip().endswith(b"--"):
                    self.server.taken.append(message_from_bytes(content)["Message-ID"])
            self.wfile.write({b"QUIT": b"221 farvel\r\n"}.get(word, b"250 ja\r\n"))


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[str] = []

    def handle_error(self, request, client_address) -> None:
        """Senders die here; that is what it is for."""


def steps_of_mail(reaper: Scythe) -> None:
    """Each thing said to the server is a step too, the message itself among them."""
    def counted(call: Callable, name_of: Callable[[str], str]) -> Callable:
        def said(self, first, *given):
            if name := name_of(first):
                reaper.step(name)
            return call(self, first, *given)

        return said

    smtplib.SMTP.putcmd = counted(smtplib.SMTP.putcmd, lambda command: f"say {command}")
    # A command is sent too, but as a step of its own it would be the same one again.
    smtplib.SMTP.send = counted(smtplib.SMTP.send, lambda sent: "send the message" if len(sent) > LONGEST_COMMAND else "")


def drawn(home: Home) -> None:
    """Findings in a home, as after a refresh, and where its mail goes."""
    with writing(home) as connection:
        set_clock(connection, NOW)
        for finding_id in FINDINGS:
            connection.execute(
                "INSERT INTO findings.finding (finding_id, rule_id, level, unit_code, period, message, state) "
                "VALUES (?, 'VR05', 'feil', '2012', '2018-T3', 'Delene gir 26, men totalen er 25.', 'åpen')", [finding_id])
    take_snapshot(home)
    home.alert_settings.write_text(SETTINGS, encoding="utf-8")


def tell(home: Home, now: datetime) -> None:
    alert(home, now, to=("2012",))


def go_on(home: Home) -> dict:
    """Whoever comes after, the next day; and what the outbox and the notes then hold."""
    tell(home, NOW + timedelta(days=1))
    with writing(home) as connection:
        return {"outbox": rows(connection, "SELECT message_id, outbox_state, attempt_count FROM register.outbox"),
                "told": sorted(rows(connection, "SELECT finding_id, state FROM register.told"))}


def faults_after(step: str, after: dict, taken: list[str]) -> list[str]:
    states = [state for _, state, _ in after["outbox"]]
    wrong = {
        "en melding er mistet eller laget to ganger": states != ["sent"],
        "et funn er ikke merket": after["told"] != [(finding_id, "åpen") for finding_id in FINDINGS],
        "to ulike meldinger kom frem": set(taken) != {f"<{identity}@folgeeval.invalid>" for identity, *_ in after["outbox"]},
        "meldingen kom mer enn to ganger": len(taken) > 2,
        "forsøkene er flere enn dødsfallene": any(attempts not in (1, 2) or attempts > MOST_ATTEMPTS
                                                  for *_, attempts in after["outbox"])}
    return [f"før {step}: {fault}" for fault, is_so in wrong.items() if is_so]


def main(work: Path) -> dict:
    with Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        os.environ |= {"FOLGEEVAL_SMTP_HOST": "127.0.0.1", "FOLGEEVAL_SMTP_PORT": str(server.server_address[1]),
                       "FOLGEEVAL_SMTP_FROM": "evaluator@example.org", "FOLGEEVAL_SMTP_TLS": "none"}
        install = scythe.Scythe.install
        scythe.Scythe.install = lambda reaper: (install(reaper), steps_of_mail(reaper))
        in_child(lambda: drawn(Home(work / "drawn")))

        def fresh() -> Home:
            shutil.rmtree(work / "home", ignore_errors=True)
            shutil.copytree(work / "drawn", work / "home")
            server.taken.clear()
            return Home(work / "home")

        home = fresh()
        steps = in_child(lambda: tell(home, NOW), counts=True)
        faults, twice = [], []
        for at, step in enumerate(steps, 1):
            home = fresh()
            in_child(lambda home=home: tell(home, NOW), at=at)
            after = in_child(lambda home=home: go_on(home))
            faults += faults_after(step, after, server.taken)
            twice += [at] if max(Counter(server.taken).values(), default=0) == 2 else []
        server.shutdown()
    return {"steps": steps, "twice": twice, "faults": faults}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))
