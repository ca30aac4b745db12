"""From stored deliveries to rows in raw, and the findings that a delivery alone can give. No Dagster here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from assets.finding_rows import finding_rows, replace_findings_of
from assets.register import accepted_deliveries
from assets.sources import kept_name, reader_of
from assets.sources.interview_rules import STEM as STEM_OF_INTERVIEWS
from assets.withdrawal import keep_out_withdrawn
from expectations.finding import Finding
from warehouse.contracts import RAW, RAW_BY_STEM
from warehouse.database import Connection, append_stream, records, rows, transaction
from warehouse.home import Home

BYTES_IN_HAND = 4_000_000
"""How much of a source's files is read together. More is not faster, and is held in memory at once."""

Findings = dict[int, tuple[Finding, ...]]


class NotLoaded(Exception):
    """An accepted delivery is not in raw yet; the message names it."""


@dataclass(frozen=True)
class Stored:
    """An accepted delivery and where its kept file is."""

    delivery_id: int
    stem: str
    file_name: str
    path: Path


def load_delivery(connection: Connection, home: Home, delivery_id: int) -> int:
    """Loads one accepted delivery into its raw table, replacing what it had there. Returns the number of rows."""
    return load_deliveries(connection, home, [delivery_id])


def load_deliveries(connection: Connection, home: Home, delivery_ids: Iterable[int]) -> int:
    """Loads accepted deliveries into their raw tables with what the rules of each source say of them, all or none.

    Each takes the place of what it had there before. Returns the number of rows.
    """
    deliveries = stored_deliveries(connection, home, delivery_ids)
    with transaction(connection):
        row_count, found = load_rows(connection, deliveries)
        judged = _judged(connection, deliveries)
        replace_findings_of(connection, {delivery.delivery_id: finding_rows(
            [*found.get(delivery.delivery_id, ()), *judged.get(delivery.delivery_id, ())],
            delivery.stem, delivery.delivery_id) for delivery in deliveries})
    return row_count


def stored_deliveries(connection: Connection, home: Home, delivery_ids: Iterable[int]) -> list[Stored]:
    """The deliveries with these ids, each once, oldest first."""
    return [Stored(row["delivery_id"], row["stem"], row["file_name"],
                   home.deliveries / row["sha256"] / kept_name(reader_of(row["stem"]), row["file_name"]))
            for row in records(connection, "SELECT delivery_id, stem, file_name, sha256 FROM register.delivery "
                               "WHERE delivery_id IN (SELECT unnest(?)) ORDER BY 1", [list(delivery_ids)])]


def load_rows(connection: Connection, deliveries: list[Stored]) -> tuple[int, Findings]:
    """Puts the deliveries' rows into raw instead of what they had there, in the transaction of the caller.

    Judges nothing: returns the number of rows, and what the readers themselves found, by delivery.
    """
    by_stem: dict[str, list[Stored]] = defaultdict(list)
    for delivery in deliveries:
        by_stem[delivery.stem].append(delivery)
    found: Findings = {}
    row_count = 0
    for stem, own in by_stem.items():
        contract = RAW_BY_STEM[stem]
        connection.execute(f"DELETE FROM {contract.full_name} WHERE delivery_id IN (SELECT unnest(?))",
                           [[delivery.delivery_id for delivery in own]])
        row_count += append_stream(connection, contract, rows_of(stem, own, found))
    if STEM_OF_INTERVIEWS in by_stem:
        row_count -= keep_out_withdrawn(connection)
    return row_count, found


def rows_of(stem: str, deliveries: list[Stored], found: Findings | None = None) -> Iterator[pa.Table]:
    """The rows of one source's deliveries, as they come off the disk; what its reader found is put into `found`."""
    if hasattr(reader_of(stem), "rows_of_many"):
        return _read_together(stem, deliveries)
    return _read_each(stem, deliveries, {} if found is None else found)


def _read_each(stem: str, deliveries: list[Stored], found: Findings) -> Iterator[pa.Table]:
    """The rows of one delivery at a time."""
    for delivery in deliveries:
        reading = reader_of(stem).read(delivery.path.read_bytes(), delivery.file_name)
        found[delivery.delivery_id] = reading.findings
        yield _with_delivery(reading.rows, [delivery.delivery_id], [reading.rows.num_rows])


def _read_together(stem: str, deliveries: list[Stored]) -> Iterator[pa.Table]:
    """The rows of as many deliveries at a time as may be in hand."""
    for group in _groups(deliveries):
        table, counts = reader_of(stem).rows_of_many([(delivery.file_name, content) for delivery, content in group])
        yield _with_delivery(table, [delivery.delivery_id for delivery, _ in group], counts)


def _groups(deliveries: list[Stored]) -> Iterator[list[tuple[Stored, bytes]]]:
    """The deliveries with their content, in groups that reach BYTES_IN_HAND with their last file."""
    group: list[tuple[Stored, bytes]] = []
    for delivery in deliveries:
        group.append((delivery, delivery.path.read_bytes()))
        if sum(len(content) for _, content in group) >= BYTES_IN_HAND:
            yield group
            group = []
    if group:
        yield group


def _with_delivery(table: pa.Table, delivery_ids: list[int], counts: list[int]) -> pa.Table:
    ids = np.repeat(np.array(delivery_ids, np.int32), counts)
    return table.append_column(pa.field("delivery_id", pa.int32()), pa.array(ids))


def not_loaded(connection: Connection) -> list[int]:
    """The accepted deliveries that have no rows in raw yet, oldest first."""
    loaded = {delivery_id for contract in RAW
              for (delivery_id,) in rows(connection, f"SELECT DISTINCT delivery_id FROM {contract.full_name}")}
    return [delivery_id for delivery_id in accepted_deliveries(connection) if delivery_id not in loaded]


def demand_all_loaded(connection: Connection, as_of: datetime) -> None:
    """Raises NotLoaded when a delivery that would be in force has no rows in raw: its numbers would vanish."""
    waiting = rows(
        connection, "SELECT delivery_id, file_name FROM register.delivery WHERE delivery_id IN (SELECT unnest(?)) "
        "AND row_count > 0 AND received_at <= ? ORDER BY 1", [not_loaded(connection), as_of])
    if waiting:
        named = ", ".join(f"{delivery_id} ({file_name})" for delivery_id, file_name in waiting)
        raise NotLoaded(f"Leveranse {named} er godtatt, men ikke lastet. Ingenting bygges før den er det.")


def _judged(connection: Connection, deliveries: list[Stored]) -> dict[int, list[Finding]]:
    """What the sources' own rules say of each delivery alone, as it stands in raw."""
    from assets.account_findings import account_findings

    return account_findings(connection, {delivery.delivery_id: delivery.file_name for delivery in deliveries
                                         if delivery.stem == "kostra_accounts"})
