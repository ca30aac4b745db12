"""The register of deliveries: what came, when, what it covers, and what became of it. Rows only; no files."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from assets.sources.reading import ScopeKey
from warehouse.database import Connection, one, rows


@dataclass(frozen=True)
class Arrival:
    """A file as it arrived: its bytes' sum, its name, its sender's municipality code (None without) and when."""

    sha256: str
    file_name: str
    sender_code: str | None
    received_at: datetime


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
    connection.execute("BEGIN")
    try:
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
        connection.execute("COMMIT")
    except Exception:
        connection.execute("ROLLBACK")
        raise
    return delivery_id


def record_set_aside(connection: Connection, arrival: Arrival, state: str, reason: str, stem: str | None) -> int:
    """Enters a refused delivery or a duplicate with its reason. Returns its id."""
    return _insert(connection, arrival, state, stem, None, None, reason)


def _insert(connection: Connection, arrival: Arrival, state: str, stem: str | None, form_version: str | None,
            row_count: int | None, reason: str | None, source_updated: datetime | None = None) -> int:
    delivery_id = one(connection, "SELECT 1 + coalesce(max(delivery_id), 0) FROM register.delivery")
    connection.execute(
        "INSERT INTO register.delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [delivery_id, arrival.sha256, stem, arrival.received_at, state, form_version, arrival.file_name,
         arrival.sender_code, row_count, reason, source_updated])
    return delivery_id


def accepted_deliveries(connection: Connection) -> list[int]:
    """The ids of every accepted delivery, oldest first."""
    return [delivery_id for (delivery_id,) in rows(
        connection, "SELECT delivery_id FROM register.delivery WHERE delivery_state = 'accepted' ORDER BY 1")]


def scope_keys_of(connection: Connection, delivery_id: int) -> list[str]:
    """The scope keys a delivery covers, as partition keys (`2012:2018`)."""
    return [ScopeKey(*key).partition_key for key in rows(
        connection, "SELECT source_unit_code, period, dataset_code FROM register.delivery_scope WHERE delivery_id = ? "
        "ORDER BY ALL", [delivery_id])]


def deliveries_covering(connection: Connection, stem: str, partition_keys: Iterable[str]) -> list[int]:
    """The accepted deliveries of a source that cover any of the partition keys, oldest first."""
    wanted = list(partition_keys)
    return [delivery_id for (delivery_id,) in rows(
        connection,
        "SELECT DISTINCT s.delivery_id FROM register.delivery_scope AS s "
        "INNER JOIN register.delivery AS d ON d.delivery_id = s.delivery_id "
        "WHERE d.stem = ? AND concat_ws(':', s.source_unit_code, s.period, nullif(s.dataset_code, '')) "
        "IN (SELECT unnest(?)) ORDER BY 1", [stem, wanted])]
