"""`folgeeval describe`: the data dictionary and the indicator catalogue, from the contracts; needs no home."""

import argparse
import difflib
import json
import sys
from typing import Any

from pipelines.exit_codes import FINE, WRONG_USAGE

HELP = "Vis hva tabellene, kolonnene og indikatorene betyr."
NEEDS_HOME = False


class UnknownTable(Exception):
    """Nobody has described a table of that name; the message names those that resemble it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", nargs="?", metavar="TABELL",
                        help="bare denne tabellen, for eksempel core.account_line (skjemaet kan utelates)")
    parser.add_argument("--indicators", action="store_true", help="vis indikatorkatalogen i stedet for tabellene")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    if arguments.indicators and arguments.table:
        print("Velg enten en tabell eller --indicators.", file=sys.stderr)
        return WRONG_USAGE
    try:
        entries = indicator_entries() if arguments.indicators else table_entries(arguments.table)
    except UnknownTable as unknown:
        print(unknown, file=sys.stderr)
        return WRONG_USAGE
    if arguments.json:
        print(json.dumps(entries, ensure_ascii=False))
    elif arguments.indicators:
        print(indicators_as_text(entries))
    else:
        print(tables_as_text(entries, one_table=bool(arguments.table)))
    return FINE


def table_entries(name: str | None = None) -> list[dict[str, Any]]:
    """The entries of all tables, or of those with this name. Raises UnknownTable."""
    from warehouse.dictionary import every_table, table_entry, tables_called

    chosen = every_table() if name is None else tables_called(name)
    if not chosen:
        raise UnknownTable(_unknown(name or "", [contract.full_name for contract in every_table()]))
    return [table_entry(contract) for contract in chosen]


def indicator_entries() -> list[dict[str, Any]]:
    """The entries of the indicator catalogue, in its order."""
    from warehouse.dictionary import indicator_entry
    from warehouse.reference_data import reference_rows

    return [indicator_entry(row) for row in reference_rows("indicator")]


def tables_as_text(entries: list[dict[str, Any]], *, one_table: bool = False) -> str:
    """The dictionary as Markdown. The indicator tables have one form and are shown once, unless one was asked for."""
    from warehouse.dictionary import table_text

    if one_table:
        return "\n\n".join(table_text(entry) for entry in entries)
    fixed = [entry for entry in entries if entry["schema"] != "indicators"]
    alike = [entry for entry in entries if entry["schema"] == "indicators"]
    sections = ["# Datakatalog", *(table_text(entry) for entry in fixed)]
    if alike:
        sections.append(table_text({**alike[0], "table": "indicators.<indikator>"}))
        sections.append("Tabeller av denne formen: " + ", ".join(entry["name"] for entry in alike) + ".")
    return "\n\n".join(sections)


def indicators_as_text(entries: list[dict[str, Any]]) -> str:
    """The catalogue as Markdown."""
    from warehouse.dictionary import indicator_text

    return "\n\n".join(["# Indikatorkatalog", *(indicator_text(entry) for entry in entries)])


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known + [full_name.split(".")[1] for full_name in known], n=3)
    advice = f"Mente du {' eller '.join(near)}?" if near else "Kjør «folgeeval describe» uten tabell for å se alle."
    return f"Ingen tabell heter {name}. {advice}"
