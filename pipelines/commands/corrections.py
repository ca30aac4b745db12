"""`folgeeval corrections`: the corrections of delivered numbers, and whether each is in use."""

import argparse
import json

from pipelines.exit_codes import FINE

HELP = "Vis rettelsene av leverte tall: hva som rettes, hvorfor, hvem som vet om det, og om rettelsen er i bruk."
NEEDS_HOME = True

_STATES = {"in_use": "i bruk", "source_corrected": "kilden er rettet, ikke brukt", "not_found": "plassen finnes ikke",
           "ambiguous": "flere plasser, ikke brukt", "expired": "utløpt, ikke brukt"}
_DAYS = ("told_on", "recorded_on", "valid_until")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="DATO", help="slik rettelsene var kjent denne dagen; hjemmet endres ikke")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.lookup import as_known
    from pipelines.settings import parse_moment
    from warehouse.contracts import contract_of
    from warehouse.database import has_table, records
    from warehouse.home import Home

    as_of = parse_moment(arguments.as_of) if arguments.as_of else None
    with as_known(Home(arguments.home), as_of) as connection:
        # A warehouse from before there were corrections has none.
        found = records(
            connection, "SELECT correction.*, delivery.file_name FROM core.correction "
            "LEFT JOIN register.delivery ON delivery.delivery_id = correction.delivery_id ORDER BY correction_id"
        ) if has_table(connection, contract_of("core", "correction")) else []
    found = [{**one, **{name: str(one[name]) for name in _DAYS}} for one in found]
    print(json.dumps(found, ensure_ascii=False) if arguments.json else as_text(found))
    return FINE


def as_text(found: list[dict]) -> str:
    """Three lines a correction: what and whether it is in use, where, and why and who knows."""
    return "\n".join(
        f"{one['correction_id']}  [{_STATES[one['correction_state']]}]  {_what(one)}\n"
        f"  {one['stem']} {one['source_unit_code']} {one['period']}: {one['place_key']}"
        + (f"  ({one['file_name']}, leveranse {one['delivery_id']})" if one["file_name"] else "")
        + f"\n  {one['reason_nb']} Meldt til {one['told_to']} {one['told_on']}; gjelder {one['recorded_on']} til "
        f"{one['valid_until']}." for one in found) or "Ingen rettelser."


def _what(one: dict) -> str:
    if one["correction_action"] == "override":
        return f"{one['expected_value']} rettes til {one['corrected_value']}"
    return f"{one['expected_value']} {'brukes ikke' if one['correction_action'] == 'drop' else 'er merket'}"
