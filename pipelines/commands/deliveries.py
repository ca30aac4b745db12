"""`folgeeval deliveries`: the register of deliveries, with what became of each and which are in force."""

import argparse
import json

from pipelines.exit_codes import FINE

HELP = "Vis registeret over leveranser: hva som kom, når, og hva som gjelder."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from warehouse.database import reading, records
    from warehouse.home import Home

    with reading(Home(arguments.home)) as connection:
        found = records(
            connection, "SELECT delivery_id, stem AS source, file_name AS file, sender_code, "
            "strftime(received_at, '%Y-%m-%dT%H:%M:%S') AS received_at, "
            "strftime(source_updated, '%Y-%m-%dT%H:%M:%SZ') AS source_updated, delivery_state AS state, row_count, reason, "
            "EXISTS (SELECT 1 FROM core.delivery_in_force AS f WHERE f.delivery_id = d.delivery_id) AS in_force "
            "FROM register.delivery AS d ORDER BY delivery_id")
    print(json.dumps(found, ensure_ascii=False) if arguments.json else as_text(found))
    return FINE


_STATE_NAMES = {"accepted": "godtatt", "refused": "avvist", "duplicate": "kopi"}


def as_text(found: list[dict]) -> str:
    """One line a delivery."""
    return "\n".join(
        f"{d['delivery_id']:>4}  {d['received_at'][:10]}  {_STATE_NAMES[d['state']]:<8} "
        f"{'gjelder' if d['in_force'] else '':<8} {d['source'] or '':<18} {d['file']}"
        + (f"  ({d['reason'].splitlines()[0]})" if d["reason"] else "")
        + (f"  (kilden oppdatert {d['source_updated'][:10]})" if d["source_updated"] else "")
        for d in found) or "Ingen leveranser."
