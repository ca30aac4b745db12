"""`folgeeval findings`: the findings in force, worst first."""

import argparse
import json

from pipelines.exit_codes import FAULTS_FOUND, FINE
from warehouse.finding_levels import GRAVE_LEVELS, LEVEL_NAMES, LEVELS

HELP = "Vis funnene som gjelder nå, de alvorligste først."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", metavar="ENHET", help="bare funn for denne enheten, for eksempel 2012")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.lookup import demand_known
    from warehouse.database import reading, records
    from warehouse.home import Home

    demand_known("unit", "unit_code", arguments.unit, "enhet")
    with reading(Home(arguments.home)) as connection:
        found = records(
            connection, "SELECT rule_id, level, unit_code, period, file_name AS file, sheet, cell, line_numbers, found, "
            "expected, message, state FROM findings.finding WHERE ? IS NULL OR unit_code = ? "
            "ORDER BY file_name, rule_id, line_numbers", [arguments.unit, arguments.unit])
    found.sort(key=lambda finding: -LEVELS.index(finding["level"]))
    for finding in found:
        lines = finding["line_numbers"]
        finding["line_numbers"] = [int(line) for line in lines.split(",")] if lines else []
    print(json.dumps(found, ensure_ascii=False) if arguments.json else as_text(found))
    return FAULTS_FOUND if any(finding["level"] in GRAVE_LEVELS for finding in found) else FINE


def as_text(found: list[dict]) -> str:
    """One paragraph a finding: level, rule, text."""
    return "\n".join(f"{LEVEL_NAMES[finding['level']].upper()} {finding['rule_id']}: {finding['message']}"
                     for finding in found) or "Ingen funn."
