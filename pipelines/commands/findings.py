"""`folgeeval findings`: the findings in force, worst first, the history of one of them, or a decision about one."""

import argparse
import json

from pipelines.exit_codes import FAULTS_FOUND, FINE
from pipelines.failures import WrongUsage
from pipelines.finding_decisions import add_decisions, run_decision
from warehouse.finding_levels import GRAVE_LEVELS, LEVEL_NAMES, LEVELS
from warehouse.rule_table import rule_of

HELP = "Vis funnene som gjelder nå, de alvorligste først, eller historikken til ett funn; forklar, aksepter eller åpne et."
NEEDS_HOME = True
STATES = ("åpen", "forklart", "akseptert")

_FOUND = """
SELECT rule_id, level, unit_code, period, file_name AS file, sheet, cell, line_numbers, found, expected, message, state,
    finding_id, explanation_nb AS explanation, explained_by, indicator_ids,
    (SELECT CAST(max_by(valid_until, event_number) AS VARCHAR) FROM findings.finding_event AS event
     WHERE event.finding_id = finding.finding_id AND event.state = finding.state AND finding.state = 'akseptert')
    AS valid_until
FROM findings.finding
WHERE ($1 IS NULL OR unit_code = $1) AND ($2 IS NULL OR level = $2) AND ($3 IS NULL OR rule_id = $3)
AND ($4 IS NULL OR period = $4) AND ($5 IS NULL OR state = $5)
ORDER BY file_name, rule_id, period, sheet, line_numbers, finding_id
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
    parser.add_argument("--history", metavar="FUNN", help="historikken til funnet med denne nøkkelen: tilstand, når, hvem og hvorfor")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")
    add_decisions(parser)


def run(arguments: argparse.Namespace) -> int:
    if arguments.decision:
        return run_decision(arguments)
    return _list(arguments)


def _list(arguments: argparse.Namespace) -> int:
    from pipelines import finding_history
    from pipelines.lookup import demand_known
    from warehouse.database import reading, records
    from warehouse.home import Home

    demand_known("unit", "unit_code", arguments.unit, "enhet")
    _demand_rule(arguments.rule)
    with reading(Home(arguments.home)) as connection:
        if arguments.history:
            events = finding_history.history_of(connection, arguments.history)
            print(json.dumps(events, ensure_ascii=False) if arguments.json else finding_history.as_text(events))
            return FINE
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
    text = f"{LEVEL_NAMES[finding['level']].upper()} {finding['rule_id']}: {finding['message']} [{finding['finding_id']}]"
    if finding["explanation"] is None:
        return text
    if finding["state"] == "åpen":
        return f"{text}\n  Forklart av {finding['explained_by']}, ikke gjennomgått: {finding['explanation']}"
    until = f" til {finding['valid_until']}" if finding["valid_until"] else ""
    return f"{text}\n  {finding['state'].capitalize()} av {finding['explained_by']}{until}: {finding['explanation']}"


def _demand_rule(rule_id: str | None) -> None:
    try:
        if rule_id is not None:
            rule_of(rule_id)
    except KeyError:
        raise WrongUsage(f"Regelen «{rule_id}» finnes ikke. Reglene har navn som VR05, FE285 og R015.") from None
