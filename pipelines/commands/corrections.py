"""`folgeeval corrections`: the home's list of known faults in the sources, and what each correction does now."""

import argparse
import json

from pipelines.exit_codes import FINE

HELP = "Vis rettelsene i HJEM/corrections.csv: hvilke som er i kraft, og hvilke tall de gjelder. README viser formen."
NEEDS_HOME = True

STATE_NAMES = {
    "in_force": "i kraft", "source_changed": "kilden er rettet", "not_found": "finner ikke stedet",
    "ambiguous": "stedet er flere linjer", "conflict": "stedet er rettet flere ganger", "expired": "utløpt",
    "ended": "avsluttet", "waiting": "ikke i bruk ennå"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from warehouse.database import reading
    from warehouse.home import Home

    home = Home(arguments.home)
    with reading(home) as connection:
        found = listed(connection, home)
    print(json.dumps(found, ensure_ascii=False) if arguments.json else as_text(found))
    return FINE


def listed(connection, home) -> list[dict]:
    """The corrections of the home's list with state, delivered value and numbers touched, as the last refresh left them.

    A line that is new or changed since then, or whose first day has not come, is `waiting`. Raises CorrectionsRefused.
    """
    from assets.corrections import read_corrections
    from warehouse.database import records, rows

    known = {one["correction_id"]: one for one in records(connection, "SELECT * FROM core.correction")}
    touched: dict[str, set[str]] = {}
    for correction_id, indicator_id in rows(
            connection, "SELECT DISTINCT correction_id, indicator_id FROM marts.corrected_number"):
        touched.setdefault(correction_id, set()).add(indicator_id)
    found = []
    for line in read_corrections(home.corrections):
        used = known.get(line["correction_id"], {})
        is_used = all(used.get(name, "") == value for name, value in line.items())
        found.append({
            **{name: value if value is None or isinstance(value, str) else value.isoformat()
               for name, value in line.items()},
            "state": used["correction_state"] if is_used else "waiting",
            "delivered": used["delivered_text"] if is_used else None,
            "delivery_id": used["delivery_id"] if is_used else None,
            "indicator_ids": sorted(touched.get(line["correction_id"], ())) if is_used else []})
    return found


def as_text(found: list[dict]) -> str:
    """A few lines a correction: state, place, what was delivered and what holds, why, and what it touches."""
    return "\n".join(_lines(one) for one in found) or "Ingen rettelser."


def _lines(one: dict) -> str:
    from assets.correction_findings import shown_text

    change = {"override": f"levert {shown_text(one['expected'])}, rettet til {shown_text(one['corrected'])}",
              "drop": "linjen er tatt bort", "flag": f"levert {shown_text(one['expected'])}, merket"}
    told = f" Meldt {one['told_to']} {one['told_on']}." if one["told_on"] else " Ikke meldt ennå."
    until = f" til {one['valid_until']}" if one["valid_until"] else ""
    return "\n".join([
        f"{one['correction_id']}  {STATE_NAMES[one['state']]}  {one['stem']} {one['source_unit_code']} {one['period']}  "
        f"{one['place_key']}  {one['column_name']}: {change[one['correction_action']]}",
        f"    {one['correction_reason_nb']}{told} Gjelder fra {one['valid_from']}{until}.",
        f"    Angår {', '.join(one['indicator_ids']) or 'ingen tall'}."])
