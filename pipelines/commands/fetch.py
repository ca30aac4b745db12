"""`folgeeval fetch TABELL`: fetches a table from a statistics bank to a file. The only command that asks anybody."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pipelines.exit_codes import FINE, REFUSED
from warehouse.number_format import format_number

HELP = "Hent en tabell fra SSBs statistikkbank (PxWebApi) til innboksen eller en mappe. Ingen annen kommando henter noe."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", nargs="?", metavar="TABELL", help="tabellens nummer, for eksempel 07459")
    parser.add_argument("--select", action="append", default=[], metavar="VARIABEL=KODER",
                        help="kodene som hentes, skilt med komma; * er alle. Gjentas for hver variabel. Uten hentes det "
                        "plattformen bruker av tabellen")
    parser.add_argument("--to", type=Path, metavar="MAPPE", help="mappen filen legges i (ellers hjemmets innboks)")
    parser.add_argument("--base", metavar="ADRESSE", help="tjenestens adresse (ellers FOLGEEVAL_PXWEB, ellers SSBs)")
    parser.add_argument("--api", choices=("v0", "v2"), help="PxWebApi-versjonen (ellers etter adressen, ellers v2)")
    parser.add_argument("--list", action="store_true", help="vis tabellene plattformen kjenner, og hent ingenting")
    parser.add_argument("--quiet", action="store_true", help="ikke vis fremdrift")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste med filen som er hentet")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.failures import FetchFailed, WrongUsage
    from warehouse.reference_data import reference_rows

    if arguments.list:
        found = reference_rows("statistics_table")
        print(json.dumps(found, ensure_ascii=False) if arguments.json else known_tables_text(found))
        return FINE
    if not arguments.table:
        raise WrongUsage("skriv nummeret på tabellen, for eksempel «folgeeval fetch 07459», eller --list for å se dem")
    try:
        made = fetched(arguments)
    except FetchFailed as error:
        print(f"folgeeval: {error}", file=sys.stderr)
        return REFUSED
    print(json.dumps([made], ensure_ascii=False) if arguments.json else as_text(made))
    return FINE


def fetched(arguments: argparse.Namespace) -> dict[str, Any]:
    """The table fetched and written. Raises WrongUsage, FetchFailed; then nothing is written."""
    from pipelines import settings
    from pipelines.failures import FetchFailed
    from pipelines.progress import Progress
    from pipelines.pxweb.choosing import asked
    from pipelines.pxweb.destination import demand_place, inbox_reason, write_named
    from pipelines.pxweb.fetching import fetch_table
    from pipelines.pxweb.service import PUBLIC_ADDRESS, service_at
    from pipelines.pxweb.transport import Transport
    from warehouse.home import Home

    given = asked(arguments.select)
    folder = demand_place(arguments.table, arguments.to, Home(arguments.home))
    say = Progress(0, quiet=arguments.quiet or arguments.json).note
    address = arguments.base or settings.pxweb_address() or PUBLIC_ADDRESS
    service = service_at(address, arguments.api, Transport(say=say))
    table = fetch_table(service, arguments.table, given, say)
    reason = inbox_reason(table.content, table.table_id, settings.now()) if arguments.to is None else None
    if reason:
        raise FetchFailed(f"tabellen kom, men ville blitt avvist fra innboksen: {reason} Ingenting er lagret; oppgi en "
                          "mappe med --to for å ta vare på den likevel.")
    path, is_new = write_named(folder, table)
    return {"file": str(path), "table_id": table.table_id, "title": table.title,
            "updated": f"{table.updated:%Y-%m-%dT%H:%M:%SZ}", "cells": table.cell_count, "pages": table.page_count,
            "address": service.address, "selection": {code: list(codes) for code, codes in table.choice.items()},
            "is_new": is_new, "is_delivered": arguments.to is None}


def as_text(made: dict[str, Any]) -> str:
    """What was fetched, where it lies and what happens to it."""
    if not made["is_new"]:
        return f"{made['file']} finnes fra før med samme innhold."
    after = ("Det tas inn ved neste «folgeeval refresh»." if made["is_delivered"]
             else f"Se på det med «folgeeval read {made['file']}».")
    return (f"Hentet {format_number(made['cells'], 0)} celler, sist endret {made['updated'].replace('T', ' kl. ').replace('Z', ' UTC')}, til "
            f"{made['file']}.\n{after}")


def known_tables_text(found: tuple[dict[str, str], ...]) -> str:
    """One line a table: its number, what it is, and what the platform does with it."""
    return "\n".join(f"{row['table_id']}  {row['table_name_nb']:<70}  {_use(row)}".rstrip() for row in found)


def _use(row: dict[str, str]) -> str:
    if row["stem"]:
        return "tas inn"
    if not row["selection"]:
        return "vises"
    variables = {row["region_variable"], "ContentsCode", *row["other_variables"].split()}
    missing = variables - {piece.split("=")[0] for piece in row["selection"].split(";")}
    return f"vises; velg {', '.join(sorted(missing))}" if missing else "vises; ferdig utvalg"
