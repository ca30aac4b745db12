"""Whether anything has changed since the last refresh: deliveries, reviews, decisions, lists, code and reference data."""

import hashlib
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from assets.finding_decisions import decisions_in_words
from pipelines.reporting_calendar import latest_due
from warehouse.database import Connection, rows

_PACKAGES = ("warehouse", "expectations", "assets", "dashboards")
_SUFFIXES = {".py", ".sql", ".csv", ".html", ".css", ".js", ".j2"}


def fingerprint(connection: Connection, as_of: datetime, threshold: int, lists: str = "") -> str:
    """A sum over everything that decides what a refresh for this moment would make.

    `lists` is what the home's own lists say: the corrections, and what is held back.
    """
    deliveries = rows(
        connection,
        "SELECT d.delivery_id, d.sha256, d.delivery_state FROM register.delivery AS d WHERE d.received_at <= ? "
        "ORDER BY d.delivery_id", [as_of])
    reviews = rows(connection, "SELECT text_sha256, review_state FROM register.text_review ORDER BY text_sha256")
    decided = decisions_in_words(connection, as_of)
    # A deadline that passes makes missing reports into findings, though nothing was delivered.
    due = latest_due(as_of.date())
    return hashlib.sha256(
        f"{code_version()}|{threshold}|{deliveries}|{reviews}|{decided}|{due}|{lists}".encode()).hexdigest()


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
