"""Who has been told what: `register.told`, written only after a channel accepted the message."""

from collections.abc import Iterable
from datetime import datetime

from pipelines.alerts.news import Change
from warehouse.database import Connection


def mark_told(connection: Connection, recipient: str, changes: Iterable[Change], now: datetime) -> None:
    """Notes that the recipient knows the findings in their present states; all of them or none."""
    connection.execute("BEGIN")
    try:
        for change in changes:
            key = [recipient, change.finding.finding_id, change.finding.state]
            connection.execute("DELETE FROM register.told WHERE recipient = ? AND finding_id = ? AND state = ?", key)
            connection.execute("INSERT INTO register.told VALUES (?, ?, ?, ?)", [*key, change.told_at(now)])
        connection.execute("COMMIT")
    except Exception:
        connection.execute("ROLLBACK")
        raise
