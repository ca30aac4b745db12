"""A finding as alerts see it, and what somebody has been told of it. Rows in, records out; nothing is decided here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.database import Connection, records, rows
from warehouse.rule_table import RuleEntry, described_rule

OPEN, MENDED = "åpen", "rettet"
EXPLAINED = ("forklart", "akseptert")


@dataclass(frozen=True)
class Known:
    """One finding in its present state. `changed_at` is when it went into that state; None where nobody noted it.

    A mended finding has only what its history keeps: rule, level, unit, period and message. `told_in_release`: the
    text the release in force has of it, if any. `is_published`: it is told as the release tells it, with a key of its
    own.
    """

    finding_id: str
    rule_id: str
    level: str
    unit_code: str | None
    period: str | None
    message: str
    state: str
    changed_at: datetime | None = None
    stem: str | None = None
    file_name: str | None = None
    sheet: str | None = None
    cell: str | None = None
    line_numbers: tuple[int, ...] = ()
    found: str | None = None
    is_refusal: bool = False
    delivery_id: int | None = None
    told_in_release: str = ""
    is_published: bool = False

    @property
    def rule(self) -> RuleEntry | None:
        """What the rule is called and who should act; None for a rule nobody has described."""
        return described_rule(self.rule_id)


@dataclass(frozen=True)
class Told:
    """The state a recipient was last told a finding is in, and when the channel accepted it."""

    state: str
    told_at: datetime


_FINDINGS = """
SELECT finding.finding_id, finding.rule_id, finding.level, finding.unit_code, finding.period, finding.message,
    finding.state, finding.stem, finding.file_name, finding.sheet, finding.cell, finding.line_numbers, finding.found,
    coalesce(delivery.delivery_state = 'refused', false) AS is_refusal, finding.delivery_id,
    (SELECT max(event_at) FROM findings.finding_event AS event
     WHERE event.finding_id = finding.finding_id AND event.state = finding.state) AS changed_at
FROM findings.finding AS finding
LEFT JOIN register.delivery AS delivery ON delivery.delivery_id = finding.delivery_id
ORDER BY finding.finding_id
"""
# What a finding is now is its latest event; one that has come back is in findings.finding again.
_MENDED = """
SELECT event.finding_id, event.rule_id, event.level, event.unit_code, event.period, event.message, event.state,
    event.event_at AS changed_at
FROM findings.finding_event AS event
WHERE event.state = 'rettet'
AND NOT EXISTS (SELECT 1 FROM findings.finding AS finding WHERE finding.finding_id = event.finding_id)
AND NOT EXISTS (
    SELECT 1 FROM findings.finding_event AS later
    WHERE later.finding_id = event.finding_id AND later.event_number > event.event_number
)
ORDER BY event.finding_id
"""


def known_findings(connection: Connection) -> list[Known]:
    """Every finding in force, and those that have been mended, each in its present state."""
    return [_known(row) for row in (*records(connection, _FINDINGS), *records(connection, _MENDED))]


def _known(row: dict[str, Any]) -> Known:
    lines = row.get("line_numbers")
    return Known(**{**row, "line_numbers": tuple(int(line) for line in lines.split(",")) if lines else ()})


def told_by_finding(connection: Connection, recipient: str) -> dict[str, Told]:
    """The last state a recipient was told of, by finding."""
    found = rows(connection, "SELECT finding_id, state, told_at FROM register.told WHERE recipient = ? "
                 "ORDER BY told_at", [recipient])
    return {finding_id: Told(state, told_at) for finding_id, state, told_at in found}
