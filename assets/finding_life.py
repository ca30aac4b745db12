"""The life of a finding: åpen, then forklart, akseptert or rettet; and the history of it, which is only added to.

An explanation comes from the home's decisions (`register.finding_decision`), else from the reviewed list
(`reference.finding_explanation`), else from the municipality's own words in the workbook field the finding is about.
Figures that cannot both be true (Feil) are explained by somebody who has reviewed them only: the list or an evaluator.
What others say of them stands beside the finding, which is open.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from assets.finding_decisions import ACCEPT, EVALUATOR, EXPLAIN, MUNICIPALITY, Decision, decisions_known, is_in_force, \
    standing
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import Connection, append, one, records
from warehouse.finding_levels import GRAVE_LEVELS

OPEN, EXPLAINED, ACCEPTED, MENDED = "åpen", "forklart", "akseptert", "rettet"
BY_THE_MUNICIPALITY = "kommunen"

_REVIEWED = """
SELECT * FROM reference.finding_explanation
WHERE explained_on <= $1 AND (valid_until IS NULL OR valid_until >= $1)
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


def with_state(connection: Connection, found: Sequence[dict], moment: datetime | None = None) -> list[dict]:
    """The findings with state, explanation_nb, explained_by and valid_until at a moment.

    The moment is the one the warehouse is built for where no other is given. No decision made after it is known.
    """
    moment = moment or one(connection, "SELECT as_of FROM register.clock")
    reviewed = {(line["rule_id"], line["unit_code"], line["period"], line["place"]): line
                for line in records(connection, _REVIEWED, [moment.date()])}
    own_words = {(line["delivery_id"], line["sheet"], line["cell"]): line["explanation"]
                 for line in records(connection, _OWN_WORDS)}
    decided = decisions_known(connection, moment)
    return [{**row, **_state(row, list(_said_of(row, reviewed, decided)), own_words, moment)} for row in found]


def _said_of(row: dict, reviewed: dict, decided: dict[str, list[Decision]]) -> Iterator[Decision]:
    """What has been decided about a finding, in the order it was: the list's word in its place among the home's."""
    about = row["rule_id"], row["unit_code"], row["period"]
    line = reviewed.get((*about, place_of(row))) or reviewed.get((*about, None))
    said = list(decided.get(row["finding_id"], ()))
    if line and _is_of_these_values(line, row):
        said.append({"decision": ACCEPT if line["state"] == ACCEPTED else EXPLAIN, "decided_by": line["explained_by"],
                     "decided_at": datetime.combine(line["explained_on"], time.min), "found": row["found"],
                     "expected": row["expected"], **{name: line[name] for name in ("explanation_nb", "valid_until")}})
    return iter(sorted(said, key=lambda decision: decision["decided_at"]))


def _state(row: dict, said: list[Decision], own_words: dict, moment: datetime) -> dict[str, Any]:
    held = standing(said, row)
    if held is None:
        words = own_words.get((row["delivery_id"], row["sheet"], row["cell"]))
        return _told_by(MUNICIPALITY, words, row) if words else _OPEN
    if not is_in_force(held, moment.date()):
        return _OPEN
    if held["decision"] == ACCEPT:
        return {"state": ACCEPTED, **_words_of(held), "valid_until": held["valid_until"]}
    return {**_told_by(held["decided_by"], held["explanation_nb"], row), "valid_until": held["valid_until"]}


_OPEN = {"state": OPEN, "explanation_nb": None, "explained_by": None, "valid_until": None}


def _told_by(role: str, words: str, row: dict) -> dict[str, Any]:
    """An explanation in force; of what is grave, only an evaluator's is enough."""
    is_enough = role == EVALUATOR or row["level"] not in GRAVE_LEVELS
    return {"state": EXPLAINED if is_enough else OPEN, "explanation_nb": words, "explained_by": _named(role),
            "valid_until": None}


def _words_of(held: Decision) -> dict[str, Any]:
    return {"explanation_nb": held["explanation_nb"], "explained_by": _named(held["decided_by"])}


def _named(role: str) -> str:
    return BY_THE_MUNICIPALITY if role == MUNICIPALITY else role


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
    gone = [{**event, **_OPEN, "state": MENDED} for key, event in latest.items() if key not in in_force]
    _add_events(connection, [row for row in [*found, *gone] if _is_new(row, latest)], now)


def write_event(connection: Connection, row: dict, moment: datetime) -> None:
    """Adds the event of one finding that somebody has decided about, unless its state is what it was."""
    latest = {event["finding_id"]: event for event in records(connection, _LATEST)}
    _add_events(connection, [row] if _is_new(row, latest) else [], moment)


def _is_new(row: dict, latest: dict[str, dict]) -> bool:
    return row["finding_id"] not in latest or latest[row["finding_id"]]["state"] != row["state"]


def _add_events(connection: Connection, changed: list[dict], at: datetime) -> None:
    if not changed:
        return
    contract = contract_of("findings", "finding_event")
    first = 1 + one(connection, "SELECT coalesce(max(event_number), 0) FROM findings.finding_event")
    append(connection, contract, arrow_table(contract, [
        {**{name: row.get(name) for name in contract.column_names}, "event_number": number, "event_at": at}
        for number, row in enumerate(changed, first)]))
