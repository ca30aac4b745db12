"""`folgeeval findings`: the findings in force, worst first, or the history of one of them."""

import argparse
import json

from pipelines.exit_codes import FAULTS_FOUND, FINE
from pipelines.failures import WrongUsage
from warehouse.finding_levels import GRAVE_LEVELS, LEVEL_NAMES, LEVELS
from warehouse.rule_table import rule_of

HELP = "Vis funnene som gjelder nå, de alvorligste først, eller historikken til ett funn."
NEEDS_HOME = True
STATES = ("åpen", "forklart", "akseptert")

_FOUND = """
SELECT rule_id, level, unit_code, period, file_name AS file, sheet, cell, line_numbers, found, expected, message, state,
    finding_id, explanation_nb AS explanation, explained_by, indicator_ids
FROM findings.finding
WHERE ($1 IS NULL OR unit_code = $1) AND ($2 IS NULL OR level = $2) AND ($3 IS NULL OR rule_id = $3)
AND ($4 IS NULL OR period = $4) AND ($5 IS NULL OR state = $5)
ORDER BY file_name, rule_id, period, sheet, line_numbers, finding_id
"""

_HISTORY = """
SELECT CAST(event_at AS VARCHAR) AS event_at, state, rule_id, level, unit_code, period, message, finding_id
FROM findings.finding_event WHERE finding_id = ? ORDER BY event_number
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Avslutter med 10 når minst ett av funnene som vises, er av grad Feil eller "
        "Kritisk feil, også når det er forklart; «--state åpen» viser bare de funnene noen skal gjøre noe med.")
    parser.add_argument("--unit", metavar="ENHET", help="bare funn for denne enheten, for eksempel 2012")
    parser.add_argument("--level", choices=LEVELS, help="bare funn av denne graden")
    parser.add_argument("--rule", metavar="REGEL", help="bare funn av denne regelen, for eksempel VR05")
    parser.add_argument("--period", metavar="PERIODE", help="bare funn for denne perioden, for eksempel 2018 eller 2018-T3")
    parser.add_argument("--state", choices=STATES, help="bare funn i denne tilstanden")
    parser.add_argument("--history", metavar="FUNN", help="historikken til funnet med denne nøkkelen (finding_id)")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.lookup import demand_known
    from warehouse.database import reading, records
    from warehouse.home import Home

    demand_known("unit", "unit_code", arguments.unit, "enhet")
    _demand_rule(arguments.rule)
    with reading(Home(arguments.home)) as connection:
        if arguments.history:
            return _show_history(records(connection, _HISTORY, [arguments.history]), arguments)
        found = records(connection, _FOUND, [
            arguments.unit, arguments.level, arguments.rule, arguments.period, arguments.state])
    found = [as_json(finding) for finding in sorted(found, key=lambda row: -LEVELS.index(row["level"]))]
    print(json.dumps(found, ensure_ascii=False) if arguments.json else as_text(found))
    return FAULTS_FOUND if any(finding["level"] in GRAVE_LEVELS for finding in found) else FINE


def as_json(row: dict) -> dict:
    """One finding with the keys of the contract, then its own key, its explanation, what it touches and who acts."""
    lines, rule = row["line_numbers"], rule_of(row["rule_id"])
    kept = {name: value for name, value in row.items() if name != "indicator_ids"}
    return {**kept, "line_numbers": [int(line) for line in lines.split(",")] if lines else [],
            "indicators": (row["indicator_ids"] or "").split(), "rule_name": rule.name_nb, "actor": rule.actor}


def as_text(found: list[dict]) -> str:
    """One paragraph a finding: level, rule, text; and the explanation on a line of its own."""
    return "\n".join(_paragraph(finding) for finding in found) or "Ingen funn."


def _paragraph(finding: dict) -> str:
    text = f"{LEVEL_NAMES[finding['level']].upper()} {finding['rule_id']}: {finding['message']}"
    if finding["explanation"] is None:
        return text
    return f"{text}\n  {finding['state'].capitalize()} av {finding['explained_by']}: {finding['explanation']}"


def _demand_rule(rule_id: str | None) -> None:
    try:
        if rule_id is not None:
            rule_of(rule_id)
    except KeyError:
        raise WrongUsage(f"Regelen «{rule_id}» finnes ikke. Reglene har navn som VR05, FE285 og R015.") from None


def _show_history(events: list[dict], arguments: argparse.Namespace) -> int:
    if not events:
        raise WrongUsage(f"Fant ikke noe funn med nøkkelen {arguments.history}. «folgeeval findings --json» viser nøklene.")
    print(json.dumps(events, ensure_ascii=False) if arguments.json else "\n".join(
        f"{event['event_at']} {event['state']}: {event['message']}" for event in events))
    return FINE
