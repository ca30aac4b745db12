"""The history of one finding: its states, when each began, who said why, and the decisions that changed no state."""

from typing import Any

from pipelines.failures import WrongUsage
from warehouse.database import Connection, records, rows

# A decision that changed no state has no event; that it was made, by whom and why, is history all the same.
_HISTORY = """
SELECT CAST(event_at AS VARCHAR) AS event_at, state, rule_id, level, unit_code, period, message, finding_id,
    explanation_nb AS explanation, explained_by, CAST(valid_until AS VARCHAR) AS valid_until, decision
FROM (
    SELECT event.*, NULL AS decision FROM findings.finding_event AS event WHERE finding_id = $1
    UNION ALL BY NAME
    SELECT finding_id, decided_at AS event_at, decided_by AS explained_by, explanation_nb, valid_until, decision
    FROM register.finding_decision AS made WHERE finding_id = $1 AND NOT EXISTS (
        SELECT 1 FROM findings.finding_event AS event
        WHERE event.finding_id = made.finding_id AND event.event_at = made.decided_at
        AND event.explanation_nb = made.explanation_nb)
) AS history
ORDER BY history.event_at, event_number NULLS FIRST
"""
_SHORTEST_KEY = 6
_DECIDED = {"explain": "forklaring notert", "accept": "aksept notert", "reopen": "bedt åpnet"}


def history_of(connection: Connection, beginning: str) -> list[dict[str, Any]]:
    """The history of the one finding, in force or not, whose key begins so, oldest first. Raises WrongUsage.

    A row is an event, or a decision without one (then `decision` says which, and `state` is None).
    """
    keys = [key for (key,) in rows(connection, "SELECT DISTINCT finding_id FROM findings.finding_event "
                                   "WHERE starts_with(finding_id, ?)", [beginning])]
    if len(beginning) < _SHORTEST_KEY or len(keys) != 1:
        raise WrongUsage(f"Fant {'ikke noe' if not keys else 'ikke ett bestemt'} funn med nøkkelen {beginning}. «folgeeval "
                         f"findings» viser nøklene; minst {_SHORTEST_KEY} tegn.")
    return records(connection, _HISTORY, keys)


def as_text(events: list[dict[str, Any]]) -> str:
    """A line each: the moment, the state, who, until when, and why; the message where nobody said why."""
    return "\n".join(_line(event) for event in events)


def _line(event: dict[str, Any]) -> str:
    by = f" av {event['explained_by']}" if event["explained_by"] else ""
    until = f" til {event['valid_until']}" if event["valid_until"] else ""
    words = event["explanation"] or event["message"]
    return f"{event['event_at']} {event['state'] or _DECIDED[event['decision']]}{by}{until}: {words}"
