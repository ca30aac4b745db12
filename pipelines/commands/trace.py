"""`folgeeval trace`: one number, its formula in words, and every delivered number behind it."""

import argparse
import json

from pipelines.exit_codes import FINE

HELP = "Vis hvor et tall kommer fra: formelen i ord og hver leverte linje eller celle bak det."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("indicator_id", metavar="INDIKATOR", help="for eksempel G1-04")
    parser.add_argument("--unit", required=True, metavar="ENHET", help="for eksempel 2012")
    parser.add_argument("--period", required=True, metavar="PERIODE", help="for eksempel 2018")
    parser.add_argument("--breakdown", metavar="FORDELING", help="bare denne fordelingen, for eksempel trial_cost=included")
    parser.add_argument("--as-of", metavar="DATO", help="slik tallet var kjent denne dagen; hjemmet endres ikke")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.failures import WrongUsage
    from pipelines.lookup import as_known
    from pipelines.settings import parse_moment
    from pipelines.trace import trace
    from warehouse.home import Home

    as_of = parse_moment(arguments.as_of) if arguments.as_of else None
    with as_known(Home(arguments.home), as_of) as connection:
        traces = trace(connection, arguments.indicator_id, arguments.unit, arguments.period)
    if arguments.breakdown is not None:
        traces = [found for found in traces if found.breakdown == arguments.breakdown]
        if not traces:
            raise WrongUsage(f"fordelingen «{arguments.breakdown}» finnes ikke for {arguments.indicator_id}")
    if arguments.json:
        print(json.dumps([as_json(found) for found in traces], ensure_ascii=False))
    else:
        print("\n\n".join(as_text(found) for found in traces))
    return FINE


def as_json(found) -> dict:
    """The trace as `--json` prints it."""
    return {**{key: getattr(found, key) for key in (
        "indicator_id", "unit_code", "period", "breakdown", "value", "unit", "status", "basis")},
        "formula": found.formula_nb, "value_from_parts": found.from_parts, "parts": list(found.parts), "dropped": list(found.dropped)}


def as_text(found) -> str:
    """The trace as a person reads it; parts in the file's order, with their sign and place."""
    from assets.correction_findings import shown_text
    from assets.sources.refusals import in_sheet
    from warehouse.number_format import format_number
    from pipelines.told import shown_value

    value = shown_value({"value": found.value, "status": found.status, "indicator_id": found.indicator_id})
    name = {"numerator": "teller", "denominator": "nevner"}
    lines = [f"{found.indicator_id} {found.unit_code} {found.period} {found.breakdown}".rstrip()
             + f": {value} {found.unit} [{found.basis}]", f"Slik er tallet regnet ut: {found.formula_nb}"]
    for part in found.parts:
        place = f"linje {part['line']}" if part["line"] is not None else part["cell"]
        place = place if part["sheet"] is None else in_sheet(part["sheet"], place)
        amount = part["status"] if part["amount"] is None else format_number(part["amount"], 3)
        version = f", versjon {part['version']}" if part["version"] else ""
        lines.append(f"  ledd {part['term']} {name[part['role']]:<6} {amount:>16}  {part['file_name']}, {place} "
                     f"(leveranse {part['delivery_id']}{version}, mottatt {part['received_on']})"
                     + "".join(_correction_text(one) for one in part["corrections"]))
    lines += [f"  tatt bort: {one['stem']} {one['place_key']}, levert {shown_text(one['delivered'])}: {one['reason']} "
              f"(rettelse {one['correction_id']})" for one in found.dropped]
    return "\n".join(lines)


def _correction_text(one: dict) -> str:
    """The delivered value, what holds instead, and why: `levert 178, rettet til 234: grunn (rettelse 2019-001)`."""
    from assets.correction_findings import shown_text

    change = f"rettet til {shown_text(one['corrected'])}" if one["action"] == "override" else "merket"
    return f"\n      levert {shown_text(one['delivered'])}, {change}: {one['reason']} (rettelse {one['correction_id']})"
