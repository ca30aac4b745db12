"""`folgeeval report`: the control report of deliveries, and the form back with a comment in each faulty cell."""

import argparse
import json
from pathlib import Path

from pipelines.exit_codes import FINE

HELP = "Skriv kontrollrapporten for leveranser, og skjemaet tilbake med en merknad i hver celle med et funn."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = ("Uten LEVERANSE skrives rapportene for det som gjelder nå, og for avviste filer. Rapportene har "
                     "kommunens egne tall, også små: send en rapport bare til den den gjelder.")
    parser.add_argument("deliveries", nargs="*", type=int, metavar="LEVERANSE",
                        help="nummeret i «folgeeval deliveries»")
    parser.add_argument("--unit", metavar="ENHET", help="bare leveranser som gjelder enheten, for eksempel 2012")
    parser.add_argument("--period", metavar="PERIODE",
                        help="bare leveranser for perioden, for eksempel 2018 eller 2018-T3")
    parser.add_argument("--language", choices=("nb", "nn"),
                        help="målformen: nb bokmål, nn nynorsk (ellers den kommunen har i alerts.toml)")
    parser.add_argument("--out", type=Path, metavar="MAPPE", help="mappen de skrives i (ellers reports/ i hjemmet)")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.delivered_reports import deliveries, write_reports
    from pipelines.failures import WrongUsage
    from pipelines.lookup import demand_known
    from warehouse.database import reading
    from warehouse.home import Home

    demand_known("unit", "unit_code", arguments.unit, "enhet")
    home = Home(arguments.home)
    with reading(home) as connection:
        asked = deliveries(connection, arguments.deliveries, arguments.unit, arguments.period)
        if missing := sorted(set(arguments.deliveries) - {delivery["delivery_id"] for delivery in asked}):
            raise WrongUsage(f"det skrives ingen rapport for leveranse {', '.join(map(str, missing))}: den finnes ikke, "
                             "er en kopi, eller er intervjukodinger. Se dem med «folgeeval deliveries».")
        written = list(write_reports(connection, home, asked, arguments.out or home.reports, arguments.language))
    print(json.dumps([as_json(one) for one in written], ensure_ascii=False) if arguments.json else as_text(written))
    return FINE


def as_json(one) -> dict:
    """One report as `--json` prints it."""
    return {"delivery_id": one.delivery_id, "report": str(one.report),
            "workbook": str(one.workbook) if one.workbook else None, "open": one.open_count,
            "findings": one.finding_count}


def as_text(written: list) -> str:
    """One line a report."""
    return "\n".join(f"{one.delivery_id:>4}  {one.report}  ({_told(one)})" for one in written) or "Ingen leveranser."


def _told(one) -> str:
    found = f"{one.finding_count} funn, {one.open_count} åpne" if one.finding_count else "ingen feil funnet"
    return f"{found}; med arbeidsbok" if one.workbook else found
