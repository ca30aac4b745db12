"""The review of progress texts: which texts wait for a reader, and what a reader decided about each.

A text is known by the sum of its bytes: a corrected text is another text and waits again. What is shown is decided in
`core.progress_text`; nothing is shown here.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from warehouse.database import Connection, records, rows

APPROVED, WITHHELD = "approved", "withheld"
SHORTEST_SUM = 8


class UnknownText(LookupError):
    """No text, or more than one, has the sum; the message says which."""


@dataclass(frozen=True)
class WaitingText:
    """A progress text nobody has decided about yet."""

    text_sha256: str
    unit_code: str
    unit_name: str
    period: str
    delmaal: str
    text: str


def text_sum(text: str) -> str:
    """The sum a text is known by: SHA-256 of its UTF-8 bytes, as `core.progress_text` computes it."""
    return sha256(text.encode()).hexdigest()


def waiting_texts(connection: Connection) -> list[WaitingText]:
    """The texts in force without a decision, by unit, tertial and delmål."""
    found = records(
        connection,
        "SELECT sha256(text.value_text) AS text_sha256, text.unit_code, unit.unit_name, text.period, text.delmaal, "
        "text.value_text AS text FROM core.progress_text AS text "
        "INNER JOIN reference.unit ON unit.unit_code = text.unit_code "
        "WHERE sha256(text.value_text) NOT IN (SELECT text_sha256 FROM register.text_review) "
        "ORDER BY text.unit_code, text.period, text.delmaal")
    return [WaitingText(**row) for row in found]


def full_sum(connection: Connection, beginning: str) -> str:
    """The whole sum of the one text in force whose sum begins so. Raises UnknownText."""
    if len(beginning) < SHORTEST_SUM:
        raise UnknownText(f"«{beginning}» er for kort; oppgi minst {SHORTEST_SUM} tegn av summen.")
    found = [text for (text,) in rows(
        connection, "SELECT DISTINCT sha256(value_text) FROM core.progress_text "
        "WHERE starts_with(sha256(value_text), ?)", [beginning.lower()])]
    if len(found) != 1:
        raise UnknownText(f"{'Ingen' if not found else 'Flere'} av tekstene som gjelder, har en sum som begynner på "
                          f"«{beginning}».")
    return found[0]


def record_review(connection: Connection, sums: list[str], state: str, by: str, at: datetime) -> None:
    """Enters what `by` (a role, never a name) decided about each text, all or nothing; a later decision replaces an
    earlier one."""
    connection.execute("BEGIN")
    try:
        for text in sums:
            connection.execute("DELETE FROM register.text_review WHERE text_sha256 = ?", [text])
            connection.execute("INSERT INTO register.text_review VALUES (?, ?, ?, ?)", [text, state, by, at])
        connection.execute("COMMIT")
    except Exception:
        connection.execute("ROLLBACK")
        raise
