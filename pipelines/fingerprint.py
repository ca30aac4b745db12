"""Whether anything has changed since the last refresh: deliveries, reviewed texts, corrections, code and reference data."""

import hashlib
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from pipelines.reporting_calendar import latest_due
from warehouse.contracts import contract_of
from warehouse.database import Connection, has_table, rows

_PACKAGES = ("warehouse", "expectations", "assets", "dashboards")
_SUFFIXES = {".py", ".sql", ".csv", ".html", ".css", ".js", ".j2"}


def fingerprint(connection: Connection, as_of: datetime, threshold: int, corrections: Path | None = None) -> str:
    """A sum over everything that decides what a refresh for this moment would make; `corrections` is the home's file."""
    deliveries = rows(
        connection,
        "SELECT d.delivery_id, d.sha256, d.delivery_state FROM register.delivery AS d WHERE d.received_at <= ? "
        "ORDER BY d.delivery_id", [as_of])
    reviews = rows(connection, "SELECT text_sha256, review_state FROM register.text_review ORDER BY text_sha256")
    # A deadline that passes makes missing reports into findings, though nothing was delivered.
    due = latest_due(as_of.date())
    own = corrections.read_bytes() if corrections and corrections.exists() else b""
    in_time = _corrections_in_time(connection, as_of)
    told = f"{code_version()}|{threshold}|{deliveries}|{reviews}|{due}|{in_time}|".encode()
    return hashlib.sha256(told + own).hexdigest()


def _corrections_in_time(connection: Connection, as_of: datetime) -> list[tuple]:
    """The corrections that hold at the moment: one comes into use and goes out of it by date, its file unchanged."""
    if not has_table(connection, contract_of("register", "correction")):
        return []
    return rows(connection, "SELECT correction_id FROM (SELECT * FROM reference.correction UNION ALL "
                "SELECT * FROM register.correction) WHERE CAST(? AS DATE) BETWEEN recorded_on AND valid_until ORDER BY 1",
                [as_of])


@cache
def code_version() -> str:
    """A sum over the shipped code, SQL, reference data and templates."""
    total = hashlib.sha256()
    for package in _PACKAGES:
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.suffix in _SUFFIXES:
                total.update(path.relative_to(root).as_posix().encode())
                total.update(path.read_bytes())
    return total.hexdigest()
