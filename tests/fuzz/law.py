"""The law of the door: whatever the bytes, a file is read or refused in words, in bounded time, and nothing else happens.

`judge` raises Broken with what was not as it should be.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from assets.admission import reasons_to_refuse
from assets.sources import read_cells, recognise, unknown_form
from assets.sources.reading import Reading, cell_as_json
from expectations.finding import DeliveryRefused, Finding
from pipelines.accounts import concept_amounts
from pipelines.commands.check import as_json, as_text, check_file
from warehouse.harmless_text import on_one_line

MOST_SECONDS = 10
"""Of the processor, for all that is done with one file; so a machine with other work makes no difference."""
NOW = datetime(2020, 6, 1)
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.mkdir",
              "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "shutil.", "urllib.", "ftplib.", "smtplib.",
              "ctypes.dlopen", "webbrowser.")


class Broken(AssertionError):
    """The law was not kept."""


class _Watch:
    """Sees what Python is asked to do to the world while a file is judged. An audit hook can never be taken out again."""

    def __init__(self) -> None:
        self.is_on, self.seen, self._is_hooked = False, [], False

    def hook(self, event: str, arguments: tuple) -> None:
        if not self.is_on:
            return
        if event.startswith(_FORBIDDEN) or (event == "open" and _writes(arguments)):
            self.seen.append(f"{event} {arguments[:2]}")

    @contextmanager
    def watching(self) -> Iterator[None]:
        if not self._is_hooked:
            sys.addaudithook(self.hook)
            self._is_hooked = True
        self.is_on, self.seen = True, []
        try:
            yield
        finally:
            self.is_on = False


def _writes(arguments: tuple) -> bool:
    path, mode, flags = arguments
    if isinstance(path, str) and path.endswith((".pyc", "/dev/null")) or (isinstance(path, str) and ".pyc." in path):
        return False
    wanted = isinstance(mode, str) and set(mode) & set("wax+")
    return bool(wanted) or bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


_WATCH = _Watch()


class Verdict(NamedTuple):
    """What became of a file: `unknown`, `refused` or `read`; and the rules it was refused by, the first first."""

    outcome: str
    rules: tuple[str, ...]


def judge(content: bytes, file_name: str) -> Verdict:
    """What became of the file. Raises Broken."""
    began = time.process_time()
    with _WATCH.watching(), _not_for_ever():
        try:
            outcome = _taken(content, file_name)
            checked = check_file(file_name, content)
            _demand_sound(checked.findings, file_name)
            _demand(bool(as_text(checked)), "kontrollen sa ingenting")
            _concepts(content, file_name)
            json.dumps([as_json(finding) for finding in checked.findings], ensure_ascii=False).encode()
        except Broken:
            raise
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            raise Broken(f"{type(error).__name__}: {str(error)[:300]}") from error
    _demand(not _WATCH.seen, f"gjorde noe med verden: {_WATCH.seen[:3]}")
    _demand(time.process_time() - began < MOST_SECONDS, "brukte for lang tid")
    return Verdict(outcome, tuple(finding.rule_id for finding in checked.findings) if checked.refused else ())


def _concepts(content: bytes, file_name: str) -> None:
    """What `folgeeval accounts` prints of the file."""
    try:
        concept_amounts(content, file_name)
    except DeliveryRefused as refused:
        _demand_refused(refused, file_name)


@contextmanager
def _not_for_ever() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Broken(f"ikke ferdig på {MOST_SECONDS} sekunder")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _taken(content: bytes, file_name: str) -> str:
    reader = recognise(content, file_name)
    if reader is None:
        _demand_sound([unknown_form(content, file_name)], file_name)
        return "unknown"
    outcome = "read"
    try:
        reading = reader.read(content, file_name)
        _demand_reading(reader, reading, content, file_name)
        _demand_sound(reasons_to_refuse(reading, None, file_name, NOW), file_name)
        _demand_sound(reasons_to_refuse(reading, "2012", file_name, NOW), file_name)
    except DeliveryRefused as refused:
        _demand_refused(refused, file_name)
        outcome = "refused"
    try:
        cells, findings = read_cells(reader, content, file_name)
        _demand_sound(findings, file_name)
        shown = [cell_as_json(reader.STEM, file_name, cell) for cell in cells]
        json.dumps(shown, ensure_ascii=False, allow_nan=False).encode()
    except DeliveryRefused as refused:
        _demand_refused(refused, file_name)
    return outcome


def _demand_reading(reader, reading: object, content: bytes, file_name: str) -> None:
    """A reading is whole: of its source, about something, with rows as its raw table takes them."""
    from warehouse.arrow import arrow_schema
    from warehouse.contracts import RAW_BY_STEM

    _demand(isinstance(reading, Reading), "svaret er ikke en lesing")
    _demand(reading.stem == reader.STEM and bool(reading.scope_keys), "lesingen gjelder ingenting")
    _demand(reading.rows.schema.equals(arrow_schema(RAW_BY_STEM[reading.stem], without=("delivery_id",))), "feil kolonner")
    reading.rows.validate(full=True)
    _demand_sound(reading.findings, file_name)
    if hasattr(reader, "rows_of_many"):
        rows, counts = reader.rows_of_many([(file_name, content)] * 2)
        _demand(counts == [reading.rows.num_rows] * 2 and rows.slice(0, counts[0]).equals(reading.rows), "mange er ulik én")
    if hasattr(reader, "extract"):
        again = reader.read(reader.extract(reading), "extract.json")
        _demand(again.rows.equals(reading.rows), "uttrekket leses annerledes enn filen")


def _demand_refused(refused: DeliveryRefused, file_name: str) -> None:
    _demand(any(finding.level == "kritisk_feil" for finding in refused.findings), "avvist uten kritisk feil")
    _demand_sound(refused.findings, file_name)


def _demand_sound(findings: "list[Finding] | tuple[Finding, ...]", file_name: str) -> None:
    """Each finding names the file and says something to people, in characters that can be written."""
    for finding in findings:
        message = finding.message
        _demand(file_name.split(".")[0] in message or finding.level != "kritisk_feil", f"nevner ikke filen: {message[:200]}")
        _demand(len(message) > len(file_name) + 15 and "Traceback" not in message, f"sier ingenting: {message[:200]}")
        _demand(len(message) < 5_000, f"sier for mye: {len(message)} tegn: {message[:150]}")
        _demand(on_one_line(message) == message, f"har tegn som ikke kan vises: {message[:200]!r}")


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise Broken(what)
