"""Somebody decides about a finding: the decision is kept, and the finding's state and history follow at once.

What is published follows at the next refresh.
"""

from datetime import date, datetime
from typing import Any

from assets.finding_decisions import ACCEPT, EVALUATOR, EXPLAIN, REOPEN, record_decision
from assets.finding_life import MENDED, OPEN, with_state, write_event
from warehouse.database import Connection, one, records, transaction
from warehouse.harmless_text import as_message

SHORTEST_KEY = 6


class DecisionRefused(Exception):
    """The decision cannot be made; the message says why and what to do."""


def decide(connection: Connection, beginning: str, *, decision: str, by: str, reason: str, until: date | None,
           at: datetime) -> dict[str, Any]:
    """Enters a decision about the one finding in force whose key begins so; returns the finding as it now stands.

    `decision`: explain, accept or reopen; `by`: a role; `until`: the last day of an acceptance. Raises DecisionRefused,
    and then nothing is changed.
    """
    finding = _the_finding(connection, beginning)
    words = as_message(reason).strip()
    _demand_meaning(finding, decision, by, words, until, at.date())
    # The tables may be built for a moment that has passed or is to come; the decision holds from where it is made.
    moment = max(at, one(connection, "SELECT as_of FROM register.clock"))
    with transaction(connection):
        record_decision(connection, finding, decision=decision, by=by, reason=words, until=until, at=at)
        (decided,) = with_state(connection, [finding], moment)
        connection.execute(
            "UPDATE findings.finding SET state = $1, explanation_nb = $2, explained_by = $3 WHERE finding_id = $4",
            [decided["state"], decided["explanation_nb"], decided["explained_by"], decided["finding_id"]])
        write_event(connection, decided, moment)
    return decided


def _the_finding(connection: Connection, beginning: str) -> dict[str, Any]:
    if len(beginning) < SHORTEST_KEY:
        raise DecisionRefused(f"«{beginning}» er for kort; oppgi minst {SHORTEST_KEY} tegn av funnets nøkkel.")
    found = records(connection, "SELECT * FROM findings.finding WHERE starts_with(finding_id, ?)", [beginning.lower()])
    if len(found) == 1:
        return found[0]
    if found:
        raise DecisionRefused(f"Flere funn har en nøkkel som begynner på «{beginning}». Oppgi flere tegn.")
    latest = records(connection, "SELECT * FROM findings.finding_event WHERE starts_with(finding_id, ?) "
                     "ORDER BY event_number DESC LIMIT 1", [beginning.lower()])
    if latest and latest[0]["state"] == MENDED:
        raise DecisionRefused(f"Funnet {latest[0]['finding_id']} er rettet; det er ikke noe å avgjøre.")
    raise DecisionRefused(f"Fant ikke noe funn som gjelder, med en nøkkel som begynner på «{beginning}». «folgeeval "
                          "findings» viser nøklene.")


def _demand_meaning(finding: dict[str, Any], decision: str, by: str, words: str, until: date | None, today: date) -> None:
    """Raises DecisionRefused for a decision without a reason, of one who may not make it, or that ends before it begins."""
    if not words:
        raise DecisionRefused("Oppgi en grunn med --reason; den står i historikken.")
    if decision == ACCEPT and by != EVALUATOR:
        raise DecisionRefused("Bare evaluator kan akseptere et funn. Andre forklarer det, med «findings explain».")
    if decision == ACCEPT and (until is None or until < today):
        raise DecisionRefused("En aksept må ha en siste dag som ikke er passert (--until DATO).")
    if decision == EXPLAIN and until is not None:
        raise DecisionRefused("En forklaring har ingen siste dag; det er aksepten som har det.")
    if decision == REOPEN and finding["explanation_nb"] is None:
        raise DecisionRefused(f"Funnet {finding['finding_id']} er åpent og uten forklaring fra før.")
    if decision == REOPEN and by != EVALUATOR and finding["state"] != OPEN and finding["explained_by"] == EVALUATOR:
        raise DecisionRefused("Evaluator har gått gjennom funnet; bare evaluator kan åpne det igjen.")
