"""Consent withdrawn: an interview leaves the warehouse and every stored extract, and is kept out afterwards.

The withdrawal is known by the sum of the document's key, so that not even the key is left. Whatever an extract says,
raw never takes in a withdrawn interview (`keep_out_withdrawn`): therefore a crash after the withdrawal is entered
brings nothing back. Making everything after raw anew, and proving that nothing is left, belong to
`pipelines/withdrawal.py`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assets.sources import EXTRACT_NAME
from assets.sources.interview_extract import documents_in, without_documents
from assets.sources.interview_rules import NO_CONSENT, STEM
from assets.sources.reading import Reading
from expectations.finding import Finding
from warehouse.database import Connection, one, rows, transaction
from warehouse.durable import UNFINISHED, write_whole
from warehouse.home import Home

_RAW = "raw.interview_codings_coding"


@dataclass(frozen=True)
class Removed:
    """What was taken away of one interview: from which deliveries, how many rows, and the codings' own identities."""

    key: str
    delivery_ids: tuple[int, ...]
    row_count: int
    places: frozenset[str]


def withdrawn_sum(key: str) -> str:
    """What a withdrawn interview is remembered by."""
    return hashlib.sha256(f"withdrawn:{key}".encode()).hexdigest()


def known_keys(connection: Connection, home: Home, keys: Iterable[str]) -> list[str]:
    """Those of the keys that the home holds or has withdrawn before."""
    held = {key for (key,) in rows(connection, f"SELECT DISTINCT document_key FROM {_RAW}")}
    held |= {key for extract in extracts_in(home) for key in documents_in(extract.read_bytes())}
    withdrawn = _withdrawn_sums(connection)
    return [key for key in keys if key in held or withdrawn_sum(key) in withdrawn]


def extracts_in(home: Home) -> list[Path]:
    """The stored extracts, also of deliveries the register does not know (yet)."""
    return sorted(home.deliveries.glob(f"*/{EXTRACT_NAME}"))


def withdraw(connection: Connection, home: Home, key: str, by: str, at: datetime) -> Removed:
    """Enters the withdrawal and takes the interview out of raw and of every extract. Doing it again changes nothing."""
    removed = _held_of(connection, home, key)
    with transaction(connection):
        if withdrawn_sum(key) not in _withdrawn_sums(connection):
            connection.execute(
                "INSERT INTO register.withdrawal VALUES (?, ?, ?, ?, ?)",
                [withdrawn_sum(key), at, by, " ".join(map(str, removed.delivery_ids)), removed.row_count])
        connection.execute(f"DELETE FROM {_RAW} WHERE document_key = ?", [key])
        for extract in extracts_in(home):
            connection.execute(
                "UPDATE register.delivery SET row_count = ? WHERE sha256 = ? AND stem = ? AND delivery_state = "
                "'accepted'",
                [_rows_left(extract.read_bytes(), key), extract.parent.name, STEM])
    _rewrite_extracts(home, key)
    return removed


def withdrawn_documents(connection: Connection, reading: Reading, file_name: str) -> list[Finding]:
    """A finding for each interview in the file whose consent has been withdrawn; Kritisk feil (VR73)."""
    if "document_key" not in reading.rows.column_names:
        return []
    withdrawn = _withdrawn_sums(connection)
    return [Finding(
        NO_CONSENT, "kritisk_feil", f"{file_name}, {row['cell']}: samtykket er trukket tilbake, og kodingene er "
                                    f"slettet her. "
        "Fjern intervjuet og kodingene av det også fra prosjektet, og lever det på nytt.", unit_code="FORSOK",
        source=STEM, file=file_name, cell=row["cell"])
        for row in (reading.rows.to_pylist() if withdrawn else ())
        if row["record_kind"] == "document" and withdrawn_sum(row["document_key"]) in withdrawn]


def keep_out_withdrawn(connection: Connection) -> int:
    """Takes out of raw what an extract still held of withdrawn interviews. Returns the number of rows."""
    return one(connection, f"DELETE FROM {_RAW} WHERE sha256(concat('withdrawn:', document_key)) IN "
               "(SELECT withdrawn_sum FROM register.withdrawal)")


def _withdrawn_sums(connection: Connection) -> set[str]:
    return {one for (one,) in rows(connection, "SELECT withdrawn_sum FROM register.withdrawal")}


def _held_of(connection: Connection, home: Home, key: str) -> Removed:
    """What the home holds of the interview, in raw or in an extract that is not loaded."""
    found: dict[str, set[tuple[int, str]]] = {
        extract.parent.name: {(row["cell_number"], row["cell"])
                              for row in documents_in(extract.read_bytes()).get(key, ())}
        for extract in extracts_in(home)}
    ids = dict(rows(connection, "SELECT sha256, delivery_id FROM register.delivery "
                    "WHERE stem = ? AND delivery_state = 'accepted'", [STEM]))
    for sha256, number, cell in rows(
            connection, f"SELECT d.sha256, line.cell_number, line.cell FROM {_RAW} AS line INNER JOIN "
                        f"register.delivery "
            "AS d ON d.delivery_id = line.delivery_id WHERE line.document_key = ?", [key]):
        found.setdefault(sha256, set()).add((number, cell))
    holding = {sha256: held for sha256, held in found.items() if held}
    return Removed(key, tuple(sorted(ids[sha256] for sha256 in holding if sha256 in ids)),
                   sum(len(held) for held in holding.values()),
                   frozenset(cell for held in holding.values() for _, cell in held))


def _rows_left(content: bytes, key: str) -> int:
    held = documents_in(content)
    return sum(len(rows_of) for document, rows_of in held.items() if document != key)


def _rewrite_extracts(home: Home, key: str) -> None:
    """Each extract without the interview, whole under its own name; what a power cut left half-written is taken
    away.
    """
    for half_written in home.deliveries.glob(f"*/{EXTRACT_NAME}{UNFINISHED}"):
        half_written.unlink()
    for extract in extracts_in(home):
        remaining = without_documents(extract.read_bytes(), {key})
        if remaining is not None:
            write_whole(extract, remaining)
