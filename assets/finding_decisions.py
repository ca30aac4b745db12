"""Decisions about findings: `register.finding_decision` is only added to, and each decision is known from its moment on.

A decision is about a finding with the values it had; with other values found or expected it says nothing. What holds
is the last that was decided, but an evaluator's word stands over others' as long as it is in force. An acceptance that
has run out leaves the finding open, whatever stood before it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from warehouse.contracts import contract_of
from warehouse.database import Connection, append, one, records, rows

EXPLAIN, ACCEPT, REOPEN = "explain", "accept", "reopen"
EVALUATOR, MUNICIPALITY = "evaluator", "kommune"

_KNOWN = """
SELECT * FROM register.finding_decision WHERE decided_at <= ? ORDER BY decided_at, decision_number
"""

Decision = Mapping[str, Any]


def decisions_known(connection: Connection, moment: datetime) -> dict[str, list[Decision]]:
    """The decisions made up to and with the moment, by finding, in the order they were made."""
    found: dict[str, list[Decision]] = {}
    for row in records(connection, _KNOWN, [moment]):
        found.setdefault(row["finding_id"], []).append(row)
    return found


def standing(decisions: Iterable[Decision], values: Mapping[str, Any]) -> Decision | None:
    """The decision that holds for a finding with these `found` and `expected`; None where nobody has decided.

    It may be one that has run out: see `is_in_force`.
    """
    held: Decision | None = None
    for decision in decisions:
        if decision["decision"] != REOPEN:
            if any(decision[name] != values[name] for name in ("found", "expected")):
                continue
            if held and _is_overruled(decision, held):
                continue
        held = decision
    return held


def _is_overruled(decision: Decision, held: Decision) -> bool:
    return (held["decided_by"] == EVALUATOR and decision["decided_by"] != EVALUATOR
            and held["decision"] != REOPEN and is_in_force(held, decision["decided_at"].date()))


def is_in_force(decision: Decision, day: date) -> bool:
    """Whether the decision explains or accepts on the day; an acceptance holds to and with its last day."""
    return decision["decision"] != REOPEN and (decision["valid_until"] is None or decision["valid_until"] >= day)


def record_decision(connection: Connection, finding: Mapping[str, Any], *, decision: str, by: str, reason: str,
                    until: date | None, at: datetime) -> bool:
    """Adds a decision about the finding as it stands; False, and nothing added, when just that was decided last."""
    from warehouse.arrow import arrow_table

    row = {"finding_id": finding["finding_id"], "decision": decision, "decided_by": by, "explanation_nb": reason,
           "valid_until": until, "found": finding["found"], "expected": finding["expected"]}
    last = records(connection, "SELECT * FROM register.finding_decision WHERE finding_id = ? "
                   "ORDER BY decision_number DESC LIMIT 1", [row["finding_id"]])
    if last and all(last[0][name] == value for name, value in row.items()):
        return False
    contract = contract_of("register", "finding_decision")
    number = 1 + one(connection, "SELECT coalesce(max(decision_number), 0) FROM register.finding_decision")
    append(connection, contract, arrow_table(contract, [{**row, "decision_number": number, "decided_at": at}]))
    return True


def decisions_in_words(connection: Connection, moment: datetime) -> str:
    """What decides the findings' states at the moment: the decisions known, and what of them and the list is in force."""
    day = moment.date()
    decided = [(row["decision_number"], is_in_force(row, day))
               for several in decisions_known(connection, moment).values() for row in several]
    not_in_force = rows(connection, "SELECT rule_id, unit_code, period, place FROM reference.finding_explanation "
                        "WHERE explained_on > $1 OR valid_until < $1 ORDER BY ALL", [day])
    return repr((decided, not_in_force))
