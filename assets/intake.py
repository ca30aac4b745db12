"""The way in: each file in the inbox is accepted into the register, set aside as a duplicate, or refused with reasons.

The order is what makes a crash harmless: what is kept is on disk before the register knows it, and the original leaves
the inbox only after the register does. The bytes kept are those that were read and summed, whatever happens to the
file meanwhile. A file that cannot be opened, or that somebody writes to while it is read, is left where it lies. What
is kept is the original, or the extract where the source has one: then the original is gone once it has left the inbox,
also when it was refused.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from assets.admission import reasons_to_refuse
from assets.finding_rows import refusal_rows, replace_findings_of
from assets.mapping_side_car import beside, joined
from assets.provenance_marks import SIDE_CAR_SUFFIX, marks_of, side_car_of
from assets.register import Arrival, accepted_delivery_with, record_accepted, record_set_aside
from assets.sources import content_of, kept_name, keeps_originals, recognise, unknown_form
from assets.sources.coding_bundle import SIDE_CARS
from assets.sources.reading import Reading, SourceReader
from assets.sources.size_bounds import too_large
from assets.withdrawal import withdrawn_documents
from expectations.finding import DeliveryRefused, Finding
from warehouse.database import Connection
from warehouse.durable import is_full_disk, write_whole
from warehouse.harmless_text import on_one_line
from warehouse.home import Home

SETTLE_SECONDS = 2.0
REASONS = "reason.json"
"""What lies beside a refused file."""
_WRITTEN_TO = "noen skrev til filen mens den ble lest. Den tas inn neste gang"
LONGEST_ODD_NAME = 60
"""Characters kept of a name that held what cannot be seen; written out it may be too long for a file."""
NOT_KEPT = "Filen kan inneholde personopplysninger; den er slettet fra innboksen og er ikke tatt vare på."


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `state` is accepted, refused or duplicate; or left, which the register does not know.

    `reason` says in bokmål why a file was left.
    """

    file_name: str
    state: str
    delivery_id: int | None
    stem: str | None = None
    findings: tuple[Finding, ...] = field(default=())
    reason: str = ""


def waiting_files(home: Home) -> list[Path]:
    """The files in the inbox that are ready or soon will be, by path.

    Side-cars, partial files and all that is hidden, also by its folder, are not counted; nor is what is no file of its
    own: a link could lead out of the inbox, and a pipe would be waited for.
    """
    if not home.inbox.exists():
        return []
    return sorted(path for path in home.inbox.rglob("*") if path.is_file() and not path.is_symlink()
                  and not any(part.startswith(".") for part in path.relative_to(home.inbox).parts)
                  and not path.name.endswith((".part", SIDE_CAR_SUFFIX, *SIDE_CARS)))


def settled(path: Path, clock: Callable[[], float] = time.time) -> bool:
    """Whether nobody has written to the file, or to what lies beside it, for two seconds.

    A file dated ahead of the clock is not waited for.
    """
    return all(abs(clock() - file.stat().st_mtime) >= SETTLE_SECONDS for file in (path, *beside(path).values()))


def take_in(connection: Connection, home: Home, paths: list[Path], now: datetime) -> Iterator[Outcome]:
    """Takes in the files one by one; a file that is refused or cannot be opened stops itself only.

    Raises OSError when the disk is full: then nothing more can be kept, and every file not taken in still lies there.
    """
    taken: set[Path] = set()
    for path in paths:
        try:
            if oversized := _too_large(path):
                yield oversized
                continue
            whole = joined(path)
            if whole not in taken:
                taken.add(whole)
                yield _take_in_one(connection, home, whole, now)
        except OSError as error:
            if is_full_disk(error):
                raise
            yield _left(path, f"filen lar seg ikke åpne ({error.strerror or 'ukjent grunn'}). Rett tilgangen til den")


def _left(path: Path, why: str) -> Outcome:
    return Outcome(_name(path), "left", None, reason=f"{_name(path)}: {why}; den ligger igjen i innboksen.")


def _too_large(path: Path) -> Outcome | None:
    """A file too large to be read, or whose mapping is, lies untouched: whether it may be kept is not known unread.

    One that was joined with its mapping under another name is not there any more.
    """
    for file in (path, *beside(path).values()):
        if file.exists() and (finding := too_large(file)):
            return Outcome(_name(path), "left", None, reason=f"{finding.message} Den ligger igjen i innboksen.")
    return None


def _name(path: Path) -> str:
    """What the file is called from here on: its name in characters that can be seen, and never that of our own file."""
    if path.name == REASONS:
        return f"levert_{REASONS}"
    name = on_one_line(path.name)
    return name if name == path.name else name[-LONGEST_ODD_NAME:]


def _take_in_one(connection: Connection, home: Home, path: Path, now: datetime) -> Outcome:
    before = _age_of(path)
    content = content_of(path)
    arrival = Arrival(_sum_of(content), _name(path), _sender_of(home, path), now)
    if _age_of(path) != before:
        return _left(path, _WRITTEN_TO)
    existing = accepted_delivery_with(connection, arrival.sha256)
    if existing is not None:
        reason = f"samme innhold som leveranse {existing}"
        delivery_id = record_set_aside(connection, arrival, "duplicate", reason, None)
        _leave_inbox(path)
        return Outcome(_name(path), "duplicate", delivery_id)
    reader, refusal = recognise(content, _name(path)), None
    try:
        if reader is None:
            raise DeliveryRefused([unknown_form(content, _name(path))])
        reading = reader.read(content, _name(path))
        refusals = [*reasons_to_refuse(reading, arrival.sender_code, _name(path), now),
                    *withdrawn_documents(connection, reading, _name(path))]
        if refusals:
            raise DeliveryRefused(refusals)
        provenance = marks_of(path)
    except DeliveryRefused as refused:
        refusal = refused
    if isinstance(content, Path) and _age_of(path) != before:
        return _left(path, _WRITTEN_TO)
    if refusal:
        return _refuse(connection, home, path, arrival, reader, refusal, content)
    return _accept(connection, home, path, arrival, reader, reading, provenance, content)


def _age_of(path: Path) -> tuple[int, int]:
    """What changes when somebody writes to the file."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _sum_of(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sender_of(home: Home, path: Path) -> str | None:
    """The first folder below the inbox when it is a municipality code."""
    folder = path.relative_to(home.inbox).parts[0]
    return folder if len(folder) == 4 and folder.isdigit() and path.parent != home.inbox else None


def _accept(connection: Connection, home: Home, path: Path, arrival: Arrival, reader: SourceReader, reading: Reading,
            provenance: list[dict], content: bytes) -> Outcome:
    folder = home.deliveries / arrival.sha256
    if keeps_originals(reader):
        write_whole(folder / _name(path), content)
    else:
        write_whole(folder / kept_name(reader, _name(path)), reader.extract(reading))
    delivery_id = record_accepted(
        connection, arrival, stem=reading.stem, form_version=reading.form_version, row_count=reading.rows.num_rows,
        scope_keys=reading.scope_keys, provenance=provenance, source_updated=reading.source_updated)
    _leave_inbox(path)
    return Outcome(_name(path), "accepted", delivery_id, reading.stem, reading.findings)


def _refuse(connection: Connection, home: Home, path: Path, arrival: Arrival, reader: SourceReader | None,
            refusal: DeliveryRefused, content: bytes) -> Outcome:
    folder, stem = home.quarantine / arrival.sha256, reader.STEM if reader else None
    if reader is None or keeps_originals(reader):
        write_whole(folder / _name(path), content)
    else:
        refusal = DeliveryRefused([replace(one, message=f"{one.message} {NOT_KEPT}") for one in refusal.findings])
    reason = [{"rule_id": finding.rule_id, "level": finding.level, "message": finding.message,
               "line_numbers": list(finding.line_numbers), "sheet": finding.sheet, "cell": finding.cell}
              for finding in refusal.findings]
    write_whole(folder / REASONS, json.dumps(
        {"file": _name(path), "sender": arrival.sender_code, "received_at": arrival.received_at.isoformat(),
         "reasons": reason}, ensure_ascii=False, indent=2).encode())
    delivery_id = record_set_aside(connection, arrival, "refused", str(refusal), stem)
    replace_findings_of(connection, delivery_id, refusal_rows(
        refusal.findings, stem, delivery_id, sender_code=arrival.sender_code, file_name=_name(path)))
    _leave_inbox(path)
    return Outcome(_name(path), "refused", delivery_id, stem, tuple(refusal.findings))


def _leave_inbox(path: Path) -> None:
    side_car_of(path).unlink(missing_ok=True)
    path.unlink()
