"""`folgeeval deliveries`: the register of deliveries, with what became of each and which are in force."""

import argparse
import json

from pipelines.exit_codes import FINE

HELP = "Vis registeret over leveranser: hva som kom, når, hvilken versjon det er, og hva som gjelder."
NEEDS_HOME = True
_STATE_NAMES = {"accepted": "godtatt", "refused": "avvist", "duplicate": "kopi"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", metavar="KILDE", help="bare denne kilden, for eksempel ledger")
    parser.add_argument("--unit", metavar="ENHET", help="bare leveranser som gjelder enheten, slik kilden skriver den")
    parser.add_argument("--period", metavar="PERIODE", help="bare leveranser som gjelder perioden, for eksempel 2018")
    parser.add_argument("--state", choices=tuple(_STATE_NAMES), help="bare godtatte, avviste eller kopier")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from warehouse.database import reading
    from warehouse.home import Home

    home = Home(arguments.home)
    with reading(home) as connection:
        found = [delivery for delivery in _deliveries(connection) if _is_asked_for(delivery, arguments)]
    for delivery in found:
        delivery["kept_in"] = _kept_in(home, delivery)
    print(json.dumps(found, ensure_ascii=False) if arguments.json else as_text(found))
    return FINE


def _deliveries(connection) -> list[dict]:
    """Every delivery with its scope, its highest version there, and how it differs from the version before it."""
    from warehouse.database import records

    found = records(
        connection, "SELECT delivery_id, stem AS source, file_name AS file, sender_code, "
        "strftime(received_at, '%Y-%m-%dT%H:%M:%S') AS received_at, "
        "strftime(source_updated, '%Y-%m-%dT%H:%M:%SZ') AS source_updated, delivery_state AS state, row_count, reason, "
        "EXISTS (SELECT 1 FROM core.delivery_in_force AS f WHERE f.delivery_id = d.delivery_id) AS in_force, sha256, "
        "(SELECT max(version) FROM register.delivery_scope AS s WHERE s.delivery_id = d.delivery_id) AS version "
        "FROM register.delivery AS d ORDER BY delivery_id")
    scopes: dict[int, list[dict]] = {}
    for row in records(connection, "SELECT delivery_id, source_unit_code AS unit_code, period, dataset_code, version "
                       "FROM register.delivery_scope ORDER BY ALL"):
        scopes.setdefault(row.pop("delivery_id"), []).append(row)
    for delivery in found:
        delivery["scope"] = scopes.get(delivery["delivery_id"], [])
        delivery["changes"] = _changes(connection, delivery)
    return found


def _changes(connection, delivery: dict) -> dict[str, int] | None:
    """Rows changed, added and removed since the version before; None for a first version."""
    from assets.delivery_diff import changes, counted, versions_before

    if not delivery["version"] or delivery["version"] == 1:
        return None
    return counted(change for old_id, scope in versions_before(connection, delivery["delivery_id"]).items()
                   for change in changes(connection, old_id, delivery["delivery_id"], scope))


def _is_asked_for(delivery: dict, arguments: argparse.Namespace) -> bool:
    return all((
        arguments.source in (None, delivery["source"]), arguments.state in (None, delivery["state"]),
        arguments.unit is None or any(key["unit_code"] == arguments.unit for key in delivery["scope"]),
        arguments.period is None or any(key["period"] == arguments.period for key in delivery["scope"])))


def _kept_in(home, delivery: dict) -> str | None:
    """The folder under the home where the file, its extract or the reason lies; None for a copy."""
    folder = {"accepted": home.deliveries, "refused": home.quarantine}.get(delivery["state"])
    sha256 = delivery.pop("sha256")
    return None if folder is None else f"{folder.name}/{sha256}"


def as_text(found: list[dict]) -> str:
    """One line a delivery."""
    return "\n".join(_line(delivery) for delivery in found) or "Ingen leveranser."


def _line(delivery: dict) -> str:
    version = f"v{delivery['version']}" if delivery["version"] else ""
    remarks = [_changes_told(delivery["changes"]),
               f"{delivery['reason'].splitlines()[0]}" if delivery["reason"] else "",
               f"ligger i {delivery['kept_in']}" if delivery["state"] == "refused" else "",
               f"kilden oppdatert {delivery['source_updated'][:10]}" if delivery["source_updated"] else ""]
    return (f"{delivery['delivery_id']:>4}  {delivery['received_at'][:10]}  {_STATE_NAMES[delivery['state']]:<8} "
            f"{'gjelder' if delivery['in_force'] else '':<8} {version:<4}{delivery['source'] or '':<18} {delivery['file']}"
            + "".join(f"  ({remark})" for remark in remarks if remark))


def _changes_told(changes: dict[str, int] | None) -> str:
    if changes is None:
        return ""
    words = {"changed": "endret", "added": "nye", "removed": "borte"}
    return ", ".join(f"{number} {words[kind]}" for kind, number in changes.items() if number) or "ingen rader endret"
