"""The way in: each file in the inbox is accepted into the register, set aside as a duplicate, or refused with reasons.

The order is what makes a crash harmless: what is kept is on disk before the register knows it, and the original leaves
the inbox only after the register does. What is kept is the original, or the extract where the source has one: then the
original is gone once it has left the inbox, also when it was refused.
"""

import hashlib
import json
import os
import shutil
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
from assets.withdrawal import withdrawn_documents
from expectations.finding import DeliveryRefused, Finding
from warehouse.database import Connection, flush_to_disk
from warehouse.home import Home

SETTLE_SECONDS = 2.0
NOT_KEPT = "Filen kan inneholde personopplysninger; den er slettet fra innboksen og er ikke tatt vare på."


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `state` is accepted, refused or duplicate."""

    file_name: str
    state: str
    delivery_id: int
    stem: str | None = None
    findings: tuple[Finding, ...] = field(default=())


def waiting_files(home: Home) -> list[Path]:
    """The files in the inbox that are ready or soon will be, by path.

    Side-cars, partial files and all that is hidden, also by its folder, are not counted.
    """
    if not home.inbox.exists():
        return []
    return sorted(path for path in home.inbox.rglob("*") if path.is_file()
                  and not any(part.startswith(".") for part in path.relative_to(home.inbox).parts)
                  and not path.name.endswith((".part", SIDE_CAR_SUFFIX, *SIDE_CARS)))


def settled(path: Path, clock: Callable[[], float] = time.time) -> bool:
    """Whether nobody has written to the file, or to what lies beside it, for two seconds.

    A file dated ahead of the clock is not waited for.
    """
    return all(abs(clock() - file.stat().st_mtime) >= SETTLE_SECONDS for file in (path, *beside(path).values()))


def take_in(connection: Connection, home: Home, paths: list[Path], now: datetime) -> Iterator[Outcome]:
    """Takes in the files one by one; a file that is refused stops itself only."""
    for path in dict.fromkeys([joined(path) for path in paths]):
        yield _take_in_one(connection, home, path, now)


def _take_in_one(connection: Connection, home: Home, path: Path, now: datetime) -> Outcome:
    content = content_of(path)
    arrival = Arrival(_sum_of(path), path.name, _sender_of(home, path), now)
    existing = accepted_delivery_with(connection, arrival.sha256)
    if existing is not None:
        reason = f"samme innhold som leveranse {existing}"
        delivery_id = record_set_aside(connection, arrival, "duplicate", reason, None)
        _leave_inbox(path)
        return Outcome(path.name, "duplicate", delivery_id)
    reader = recognise(content, path.name)
    try:
        if reader is None:
            raise DeliveryRefused([unknown_form(content, path.name)])
        reading = reader.read(content, path.name)
        refusals = [*reasons_to_refuse(reading, arrival.sender_code, path.name, now),
                    *withdrawn_documents(connection, reading, path.name)]
        if refusals:
            raise DeliveryRefused(refusals)
        provenance = marks_of(path)
    except DeliveryRefused as refusal:
        return _refuse(connection, home, path, arrival, reader, refusal)
    return _accept(connection, home, path, arrival, reader, reading, provenance)


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sender_of(home: Home, path: Path) -> str | None:
    """The first folder below the inbox when it is a municipality code."""
    folder = path.relative_to(home.inbox).parts[0]
    return folder if len(folder) == 4 and folder.isdigit() and path.parent != home.inbox else None


def _accept(connection: Connection, home: Home, path: Path, arrival: Arrival, reader: SourceReader, reading: Reading,
            provenance: list[dict]) -> Outcome:
    folder = home.deliveries / arrival.sha256
    if keeps_originals(reader):
        _store(path, folder)
    else:
        _write_whole(folder / kept_name(reader, path.name), reader.extract(reading))
    delivery_id = record_accepted(
        connection, arrival, stem=reading.stem, form_version=reading.form_version, row_count=reading.rows.num_rows,
        scope_keys=reading.scope_keys, provenance=provenance)
    _leave_inbox(path)
    return Outcome(path.name, "accepted", delivery_id, reading.stem, reading.findings)


def _refuse(connection: Connection, home: Home, path: Path, arrival: Arrival, reader: SourceReader | None,
            refusal: DeliveryRefused) -> Outcome:
    folder, stem = home.quarantine / arrival.sha256, reader.STEM if reader else None
    if reader is None or keeps_originals(reader):
        _store(path, folder)
    else:
        refusal = DeliveryRefused([replace(one, message=f"{one.message} {NOT_KEPT}") for one in refusal.findings])
    reason = [{"rule_id": finding.rule_id, "level": finding.level, "message": finding.message,
               "line_numbers": list(finding.line_numbers), "sheet": finding.sheet, "cell": finding.cell}
              for finding in refusal.findings]
    _write_whole(folder / "reason.json", json.dumps(
        {"file": path.name, "sender": arrival.sender_code, "received_at": arrival.received_at.isoformat(),
         "reasons": reason}, ensure_ascii=False, indent=2).encode())
    delivery_id = record_set_aside(connection, arrival, "refused", str(refusal), stem)
    replace_findings_of(connection, delivery_id, refusal_rows(
        refusal.findings, stem, delivery_id, sender_code=arrival.sender_code, file_name=path.name))
    _leave_inbox(path)
    return Outcome(path.name, "refused", delivery_id, stem, tuple(refusal.findings))


def _store(path: Path, folder: Path) -> None:
    """Copies the original into its folder, on disk under its final name before it returns."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    temporary = folder / (path.name + ".part")
    shutil.copyfile(path, temporary)
    flush_to_disk(temporary)
    os.replace(temporary, target)


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(content)
    flush_to_disk(temporary)
    os.replace(temporary, path)


def _leave_inbox(path: Path) -> None:
    side_car_of(path).unlink(missing_ok=True)
    path.unlink()
