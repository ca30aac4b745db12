"""The life of a finding: åpen, then forklart, akseptert or rettet; and the history of it, which is only added to.

An explanation comes from the reviewed list (`reference.finding_explanation`) or from the municipality's own words in
the workbook field the finding is about. The list wins: somebody has read it. Figures that cannot both be true (Feil)
are explained by the list only.
"""

from datetime import datetime
from typing import Any

from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import Connection, append, one, records
from warehouse.finding_levels import GRAVE_LEVELS

OPEN, EXPLAINED, MENDED = "åpen", "forklart", "rettet"
BY_THE_MUNICIPALITY = "kommunen"

_REVIEWED = """
SELECT finding_explanation.* FROM reference.finding_explanation CROSS JOIN register.clock
WHERE explained_on <= CAST(as_of AS DATE) AND (valid_until IS NULL OR valid_until >= CAST(as_of AS DATE))
ORDER BY explained_on, place NULLS FIRST
"""

_OWN_WORDS = """
SELECT value.delivery_id, cell.sheet, cell.cell, value.explanation FROM core.form_value AS value
INNER JOIN (
    SELECT delivery_id, cell_number, sheet, cell FROM raw.tertial_reports_cell
    UNION ALL SELECT delivery_id, cell_number, sheet, cell FROM raw.data_requests_cell
) AS cell ON cell.delivery_id = value.delivery_id AND cell.cell_number = value.cell_number
WHERE value.explanation IS NOT NULL
"""

_LATEST = """
SELECT * FROM findings.finding_event
QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY event_number DESC) = 1
ORDER BY event_number
"""


def place_of(row: dict[str, Any]) -> str | None:
    """Where a finding is, as an explanation names it: `C Tiltak!D14`, `funksjon 285, 2012`, or its lines `7,12`."""
    if row["cell"] is None:
        return row["line_numbers"]
    return f"{row['sheet']}!{row['cell']}" if row["sheet"] else row["cell"]


def with_state(connection: Connection, found: list[dict]) -> list[dict]:
    """The findings with state, explanation_nb and explained_by at the moment the warehouse is built for."""
    reviewed = {(line["rule_id"], line["unit_code"], line["period"], line["place"]): line
                for line in records(connection, _REVIEWED)}
    own_words = {(line["delivery_id"], line["sheet"], line["cell"]): line["explanation"]
                 for line in records(connection, _OWN_WORDS)}
    return [{**row, **_state(row, reviewed, own_words)} for row in found]


def _state(row: dict, reviewed: dict, own_words: dict) -> dict[str, str | None]:
    about = row["rule_id"], row["unit_code"], row["period"]
    line = reviewed.get((*about, place_of(row))) or reviewed.get((*about, None))
    if line and _is_of_these_values(line, row):
        return {name: line[name] for name in ("state", "explanation_nb", "explained_by")}
    words = own_words.get((row["delivery_id"], row["sheet"], row["cell"]))
    if words and row["level"] not in GRAVE_LEVELS:
        return {"state": EXPLAINED, "explanation_nb": words, "explained_by": BY_THE_MUNICIPALITY}
    return {"state": OPEN, "explanation_nb": None, "explained_by": None}


def _is_of_these_values(line: dict, row: dict) -> bool:
    """What was explained is a difference between two values; with other values the finding is open again."""
    return all(line[name] is None or line[name] == row[name] for name in ("found", "expected"))


def write_events(connection: Connection, found: list[dict]) -> None:
    """Adds an event for each finding that is in another state than when it was last seen; nothing for an earlier day.

    A finding that is in force no longer is rettet. What was written is never changed.
    """
    now: datetime = one(connection, "SELECT as_of FROM register.clock")
    latest = {event["finding_id"]: event for event in records(connection, _LATEST)}
    if any(event["event_at"] > now for event in latest.values()):
        return
    in_force = {row["finding_id"] for row in found}
    gone = [{**event, "state": MENDED} for key, event in latest.items() if key not in in_force]
    changed = [row for row in [*found, *gone]
               if row["finding_id"] not in latest or latest[row["finding_id"]]["state"] != row["state"]]
    if not changed:
        return
    contract = contract_of("findings", "finding_event")
    first = 1 + one(connection, "SELECT coalesce(max(event_number), 0) FROM findings.finding_event")
    append(connection, contract, arrow_table(contract, [
        {**{name: row.get(name) for name in contract.column_names}, "event_number": number, "event_at": now}
        for number, row in enumerate(changed, first)]))
