"""The way in: each file in the inbox is accepted into the register, set aside as a duplicate, or refused with reasons.

The order is what makes a crash harmless. What is kept is on disk under its name before the register knows it. The
register notes in the same breath what has to leave the inbox, and the original leaves only after that; what a crash
kept from leaving, leaves the next time, and is not registered again. What is kept is the original, or the extract where
the source has one: then the original is gone once it has left the inbox, also when it was refused. The bytes kept are
those that were read and summed. A file that cannot be opened, or that somebody writes to, is left where it lies.
"""

import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from assets.admission import reasons_to_refuse, strangers_to_sender
from assets.inbox_file import (
    InboxFile, NotTakenIn, demand_as_read, path_of_place, place_in_inbox, read_once, take_away)
from assets.mapping_side_car import beside, joined
from assets.provenance_marks import SIDE_CAR_SUFFIX, marks_of
from assets.register import (
    Arrival, accepted_delivery_with, has_left, leaving, newer_versions_of, record_accepted, record_set_aside, scope_of,
    stem_of,
)
from assets.sources import kept_name, keeps_originals, reader_of, recognise, unknown_form
from assets.sources.coding_bundle import SIDE_CARS
from assets.sources.reading import Reading, SourceReader
from assets.sources.size_bounds import too_large
from assets.withdrawal import withdrawn_documents
from expectations.finding import DeliveryRefused, Finding
from warehouse.database import Connection
from warehouse.durable import is_full_disk, sync_folder, write_whole
from warehouse.harmless_text import on_one_line
from warehouse.home import Home

SETTLE_SECONDS = 2.0
REASONS = "reason.json"
"""What lies beside a refused file."""
LONGEST_ODD_NAME = 60
"""Characters kept of a name that held what cannot be seen; written out it may be too long for a file."""
NOT_KEPT = "Filen kan inneholde personopplysninger; den er slettet fra innboksen og er ikke tatt vare på."


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `state` is accepted, refused or duplicate; or left, which the register does not know.

    `reason` says in bokmål why a file was left or set aside.
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
    return [path for path in _in_inbox(home) if _kind_of(path) == stat.S_IFREG]


def never_taken_in(home: Home) -> list[Outcome]:
    """What lies in the inbox as if it were a delivery, and is no file: links, pipes and the like, each with its reason."""
    reasons = {stat.S_IFLNK: "dette er en snarvei, og de følges ikke ut av innboksen. Legg selve filen her"}
    return [_left(path, reasons.get(kind, "dette er ikke en vanlig fil. Legg selve filen her"))
            for path in _in_inbox(home) if (kind := _kind_of(path)) not in (stat.S_IFREG, None)]


def _in_inbox(home: Home) -> list[Path]:
    """All that could be a delivery by its name and place; links to folders too, but nothing behind them."""
    found = []
    for folder, folders, names in os.walk(home.inbox):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        found += [Path(folder, name) for name in names + links if not name.startswith(".")
                  and not name.endswith((".part", SIDE_CAR_SUFFIX, *SIDE_CARS))]
    return sorted(found)


def _kind_of(path: Path) -> int | None:
    """The kind of file, as `stat` tells kinds; None when it is gone."""
    try:
        return stat.S_IFMT(path.lstat().st_mode)
    except OSError:
        return None


def settled(path: Path, clock: Callable[[], float] = time.time) -> bool:
    """Whether nobody has written to the file, or to what lies beside it, for two seconds.

    A file dated ahead of the clock is not waited for; one that is gone is not settled.
    """
    try:
        return all(abs(clock() - file.lstat().st_mtime) >= SETTLE_SECONDS for file in (path, *beside(path).values()))
    except FileNotFoundError:
        return False


def take_in(connection: Connection, home: Home, paths: list[Path], now: datetime) -> Iterator[Outcome]:
    """Takes in the files one by one; a file that is refused or cannot be opened stops itself only.

    Raises OSError or the database's own error when the disk is full: then nothing more can be kept, and every file not
    taken in still lies there.
    """
    seen_off = _see_off(connection, home)
    done: set[Path] = set()
    for path in paths:
        try:
            if oversized := _too_large(path):
                yield oversized
                continue
            whole = joined(path)
            if whole in done:
                continue
            done.add(whole)
            if whole not in seen_off:
                yield _take_in_one(connection, home, whole, now)
            elif reason := seen_off[whole]:
                yield _left(whole, reason)
        except NotTakenIn as why:
            yield _left(path, str(why))
        except OSError as error:
            if is_full_disk(error):
                raise
            yield _left(path, f"filen lar seg ikke åpne ({error.strerror or 'ukjent grunn'}). Rett tilgangen til den")


def _see_off(connection: Connection, home: Home) -> dict[Path, str]:
    """Takes away what an earlier intake registered and did not get to take away.

    Returns the files: with nothing when they are gone, else with why they cannot leave.
    """
    seen_off = {}
    for delivery_id, inbox_path, identity in leaving(connection):
        path = path_of_place(home.inbox, inbox_path)
        try:
            if take_away(path, identity):
                seen_off[path] = ""
            has_left(connection, delivery_id)
        except OSError as error:
            seen_off[path] = (
                f"filen er registrert som leveranse {delivery_id}, men kan ikke fjernes fra innboksen ({error.strerror}). "
                "Rett tilgangen til mappen, eller ta filen bort selv")
    return seen_off


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
    file = read_once(path)
    # The last refresh's word for what the home holds ends here, also when nobody comes to rebuild.
    home.refresh_state.unlink(missing_ok=True)
    arrival = Arrival(file.sha256, _name(path), _sender_of(home, path), now, place_in_inbox(home.inbox, path),
                      file.identity)
    existing = accepted_delivery_with(connection, arrival.sha256)
    if existing is not None:
        return _duplicate(connection, home, file, arrival, existing)
    reader, refusal = recognise(file.content, arrival.file_name), None
    try:
        if reader is None:
            raise DeliveryRefused([unknown_form(file.content, arrival.file_name)])
        reading = reader.read(file.content, arrival.file_name)
        refusals = [*reasons_to_refuse(reading, arrival.sender_code, arrival.file_name, now),
                    *withdrawn_documents(connection, reading, arrival.file_name)]
        if refusals:
            raise DeliveryRefused(refusals)
        provenance = marks_of(path)
    except DeliveryRefused as refused:
        refusal = refused
    demand_as_read(file)
    if refusal:
        return _refuse(connection, home, file, arrival, reader, refusal)
    return _accept(connection, home, file, arrival, reader, reading, provenance)


def _sender_of(home: Home, path: Path) -> str | None:
    """The first folder below the inbox when it is a municipality code."""
    folder = path.relative_to(home.inbox).parts[0]
    return folder if len(folder) == 4 and folder.isdigit() and path.parent != home.inbox else None


def _duplicate(connection: Connection, home: Home, file: InboxFile, arrival: Arrival, existing: int) -> Outcome:
    """The same bytes again; in another municipality's folder they are as much out of place as the first time."""
    stem = stem_of(connection, existing)
    strangers = strangers_to_sender(stem, scope_of(connection, existing), arrival.sender_code, arrival.file_name)
    if strangers:
        return _refuse(connection, home, file, arrival, reader_of(stem), DeliveryRefused(strangers))
    newer = newer_versions_of(connection, existing)
    reason = f"samme innhold som leveranse {existing}"
    if newer:
        reason += (f", som har kommet i ny versjon i leveranse {', '.join(map(str, newer))}; den tidligere blir ikke "
                   "gjeldende igjen av å leveres på nytt")
    delivery_id = record_set_aside(connection, arrival, "duplicate", reason, None)
    _leave_inbox(connection, home, file, delivery_id)
    return Outcome(arrival.file_name, "duplicate", delivery_id, reason=reason)


def _accept(connection: Connection, home: Home, file: InboxFile, arrival: Arrival, reader: SourceReader,
            reading: Reading, provenance: list[dict]) -> Outcome:
    kept = file.content if keeps_originals(reader) else reader.extract(reading)
    write_whole(home.deliveries / arrival.sha256 / kept_name(reader, arrival.file_name), kept)
    delivery_id = record_accepted(
        connection, arrival, stem=reading.stem, form_version=reading.form_version, row_count=reading.rows.num_rows,
        scope_keys=reading.scope_keys, provenance=provenance, source_updated=reading.source_updated)
    _leave_inbox(connection, home, file, delivery_id)
    return Outcome(arrival.file_name, "accepted", delivery_id, reading.stem, reading.findings)


def _refuse(connection: Connection, home: Home, file: InboxFile, arrival: Arrival, reader: SourceReader | None,
            refusal: DeliveryRefused) -> Outcome:
    folder, stem = home.quarantine / arrival.sha256, reader.STEM if reader else None
    if reader is None or keeps_originals(reader):
        write_whole(folder / arrival.file_name, file.content)
    else:
        refusal = DeliveryRefused([replace(one, message=f"{one.message} {NOT_KEPT}") for one in refusal.findings])
    reason = [{"rule_id": finding.rule_id, "level": finding.level, "message": finding.message,
               "line_numbers": list(finding.line_numbers), "sheet": finding.sheet, "cell": finding.cell}
              for finding in refusal.findings]
    write_whole(folder / REASONS, json.dumps(
        {"file": arrival.file_name, "sender": arrival.sender_code, "received_at": arrival.received_at.isoformat(),
         "reasons": reason}, ensure_ascii=False, indent=2).encode())
    delivery_id = record_set_aside(connection, arrival, "refused", str(refusal), stem, refusal.findings)
    _leave_inbox(connection, home, file, delivery_id)
    return Outcome(arrival.file_name, "refused", delivery_id, stem, tuple(refusal.findings))


def _leave_inbox(connection: Connection, home: Home, file: InboxFile, delivery_id: int) -> None:
    """Takes the file away, now that the register knows it. One that cannot be removed is tried again the next time."""
    if home.database.parent.is_dir():
        # The register's own journal may be a new file in there.
        sync_folder(home.database.parent)
    with suppress(OSError):
        take_away(file.path, file.identity)
        has_left(connection, delivery_id)
