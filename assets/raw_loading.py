"""From a stored delivery to rows in raw, and the findings that the delivery alone can give. No Dagster here."""

from datetime import datetime

import pyarrow as pa

from assets.finding_rows import finding_rows, replace_findings_of
from assets.register import accepted_deliveries
from assets.sources import kept_name, reader_of
from assets.sources.reading import Reading
from assets.withdrawal import without_withdrawn
from expectations.finding import Finding
from warehouse.contracts import RAW, RAW_BY_STEM
from warehouse.database import Connection, append, records, rows
from warehouse.home import Home


class NotLoaded(Exception):
    """An accepted delivery is not in raw yet; the message names it."""


def load_delivery(connection: Connection, home: Home, delivery_id: int) -> int:
    """Loads one accepted delivery into its raw table, replacing what it had there. Returns the number of rows."""
    delivery = records(connection, "SELECT * FROM register.delivery WHERE delivery_id = ?", [delivery_id])[0]
    reader = reader_of(delivery["stem"])
    path = home.deliveries / delivery["sha256"] / kept_name(reader, delivery["file_name"])
    reading = reader.read(path.read_bytes(), delivery["file_name"])
    contract = RAW_BY_STEM[reading.stem]
    kept = without_withdrawn(connection, reading)
    ids = pa.array([delivery_id] * kept.num_rows, pa.int32())
    connection.execute("BEGIN")
    try:
        connection.execute(f"DELETE FROM {contract.full_name} WHERE delivery_id = {int(delivery_id)}")
        append(connection, contract, kept.append_column("delivery_id", ids))
        found = [*reading.findings, *_rules_of(reading, delivery["file_name"])]
        replace_findings_of(connection, delivery_id, finding_rows(found, reading.stem, delivery_id))
        connection.execute("COMMIT")
    except Exception:
        connection.execute("ROLLBACK")
        raise
    return kept.num_rows


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


def _rules_of(reading: Reading, file_name: str) -> list[Finding]:
    """What the source's own rules say of the delivery alone."""
    if reading.stem != "kostra_accounts":
        return []
    from expectations.kostra_accounts import check_accounts

    return check_accounts(reading.rows.to_pylist(), file=file_name)
