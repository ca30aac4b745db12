"""The register of deliveries: what came, when, what it covers, and what became of it. Rows only; no files."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from assets.finding_rows import refusal_rows, replace_findings_of
from assets.sources.reading import ScopeKey
from expectations.finding import Finding
from warehouse.database import Connection, one, rows, transaction


@dataclass(frozen=True)
class Arrival:
    """A file as it arrived: its bytes' sum, its name, its sender's municipality code (None without) and when.

    `inbox_path` (from the inbox) and `file_identity` say what has to leave the inbox once the register knows the file.
    """

    sha256: str
    file_name: str
    sender_code: str | None
    received_at: datetime
    inbox_path: str | None = None
    file_identity: str | None = None


def accepted_delivery_with(connection: Connection, sha256: str) -> int | None:
    """The id of the accepted delivery with these bytes, if there is one."""
    found = rows(connection, "SELECT delivery_id FROM register.delivery "
                 "WHERE sha256 = ? AND delivery_state = 'accepted'", [sha256])
    return found[0][0] if found else None


def record_accepted(
    connection: Connection, arrival: Arrival, *, stem: str, form_version: str, row_count: int,
    scope_keys: Iterable[ScopeKey], provenance: Iterable[dict[str, Any]] = (), source_updated: datetime | None = None,
) -> int:
    """Enters an accepted delivery with its scope and marks, all or nothing. Returns its id."""
    with transaction(connection):
        delivery_id = _insert(connection, arrival, "accepted", stem, form_version, row_count, None, source_updated)
        for key in sorted(set(scope_keys)):
            connection.execute(
                "INSERT INTO register.delivery_scope SELECT ?, ?, ?, ?, 1 + count(*) FROM register.delivery_scope AS s "
                "INNER JOIN register.delivery AS d ON d.delivery_id = s.delivery_id "
                "WHERE d.stem = ? AND s.source_unit_code = ? AND s.period = ? AND s.dataset_code = ?",
                [delivery_id, *astuple(key), stem, *astuple(key)])
        pieces = [[delivery_id, piece["place_from"], piece["place_to"], piece["basis"], piece.get("fact_id")]
                  for piece in provenance]
        if pieces:
            connection.executemany("INSERT INTO register.provenance VALUES (?, ?, ?, ?, ?)", pieces)
    return delivery_id


def record_set_aside(connection: Connection, arrival: Arrival, state: str, reason: str, stem: str | None,
                     findings: Iterable[Finding] = ()) -> int:
    """Enters a refused delivery or a duplicate with its reason and findings, all or nothing. Returns its id."""
    with transaction(connection):
        delivery_id = _insert(connection, arrival, state, stem, None, None, reason)
        replace_findings_of(connection, {delivery_id: refusal_rows(
            list(findings), stem, delivery_id, sender_code=arrival.sender_code, file_name=arrival.file_name)})
    return delivery_id


def _insert(connection: Connection, arrival: Arrival, state: str, stem: str | None, form_version: str | None,
            row_count: int | None, reason: str | None, source_updated: datetime | None = None) -> int:
    delivery_id = one(connection, "SELECT 1 + coalesce(max(delivery_id), 0) FROM register.delivery")
    connection.execute(
        "INSERT INTO register.delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [delivery_id, arrival.sha256, stem, arrival.received_at, state, form_version, arrival.file_name,
         arrival.sender_code, row_count, reason, source_updated])
    if arrival.inbox_path is not None:
        connection.execute("INSERT INTO register.leaving VALUES (?, ?, ?)",
                           [delivery_id, arrival.inbox_path, arrival.file_identity])
    return delivery_id


def leaving(connection: Connection) -> list[tuple[int, str, str]]:
    """The files the register knows that may still lie in the inbox: delivery, path from the inbox, identity."""
    return rows(connection, "SELECT delivery_id, inbox_path, file_identity FROM register.leaving ORDER BY delivery_id")


def has_left(connection: Connection, delivery_id: int) -> None:
    """Notes that the delivery's file is gone from the inbox."""
    connection.execute("DELETE FROM register.leaving WHERE delivery_id = ?", [delivery_id])


def accepted_deliveries(connection: Connection) -> list[int]:
    """The ids of every accepted delivery, oldest first."""
    return [delivery_id for (delivery_id,) in rows(
        connection, "SELECT delivery_id FROM register.delivery WHERE delivery_state = 'accepted' ORDER BY 1")]


def scope_of(connection: Connection, delivery_id: int) -> list[ScopeKey]:
    """The scope keys a delivery covers."""
    return [ScopeKey(*key) for key in rows(
        connection, "SELECT source_unit_code, period, dataset_code FROM register.delivery_scope WHERE delivery_id = ? "
        "ORDER BY ALL", [delivery_id])]


def scope_keys_of(connection: Connection, delivery_id: int) -> list[str]:
    """The scope keys a delivery covers, as partition keys (`2012:2018`)."""
    return [key.partition_key for key in scope_of(connection, delivery_id)]


def stem_of(connection: Connection, delivery_id: int) -> str | None:
    """The source a delivery is of."""
    return one(connection, "SELECT stem FROM register.delivery WHERE delivery_id = ?", [delivery_id])


def newer_versions_of(connection: Connection, delivery_id: int) -> list[int]:
    """The accepted deliveries that came later for any of the delivery's scope keys, oldest first."""
    return [newer for (newer,) in rows(
        connection,
        "SELECT DISTINCT later.delivery_id FROM register.delivery_scope AS own "
        "INNER JOIN register.delivery AS d ON d.delivery_id = own.delivery_id "
        "INNER JOIN register.delivery_scope AS later ON later.source_unit_code = own.source_unit_code "
        "AND later.period = own.period AND later.dataset_code = own.dataset_code AND later.version > own.version "
        "INNER JOIN register.delivery AS l ON l.delivery_id = later.delivery_id AND l.stem = d.stem "
        "WHERE own.delivery_id = ? ORDER BY 1", [delivery_id])]


def deliveries_covering(connection: Connection, stem: str, partition_keys: Iterable[str]) -> list[int]:
    """The accepted deliveries of a source that cover any of the partition keys, oldest first."""
    wanted = list(partition_keys)
    return [delivery_id for (delivery_id,) in rows(
        connection,
        "SELECT DISTINCT s.delivery_id FROM register.delivery_scope AS s "
        "INNER JOIN register.delivery AS d ON d.delivery_id = s.delivery_id "
        "WHERE d.stem = ? AND concat_ws(':', s.source_unit_code, s.period, nullif(s.dataset_code, '')) "
        "IN (SELECT unnest(?)) ORDER BY 1", [stem, wanted])]
