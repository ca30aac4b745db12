"""`folgeeval accounts`: net, gross, own production and purchases by function, for any municipality's 0A file."""

import argparse
import json
import sys
from itertools import groupby
from pathlib import Path

from expectations.finding import DeliveryRefused
from pipelines.accounts import ConceptAmount, as_json, concept_amounts, concept_names
from pipelines.exit_codes import FINE, REFUSED, WRONG_USAGE
from pipelines.given_file import contents
from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows

HELP = "Regn ut netto, brutto, egenproduksjon og kjøp per funksjon i en kommunes regnskapsfil (0A)."
NEEDS_HOME = False

COLUMN_WIDTH = 11


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FIL", type=Path, help="SSBs filuttrekk, skjema 0A")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    opened = contents(arguments.files)
    exit_code = FINE if len(opened) == len(arguments.files) else WRONG_USAGE
    amounts: list[ConceptAmount] = []
    for path, content in opened:
        try:
            amounts += concept_amounts(content, path.name)
        except DeliveryRefused as refused:
            print(refused, file=sys.stderr)
            exit_code = REFUSED
    if arguments.json:
        print(json.dumps(as_json(amounts), ensure_ascii=False))
    elif amounts:
        print(as_text(amounts), end="")
    return exit_code


def as_text(amounts: list[ConceptAmount]) -> str:
    """One table for each file, municipality, year and quarter."""
    accounts = groupby(amounts, lambda amount: (amount.file, amount.municipality_code, amount.year, amount.quarter))
    return "\n".join(_table(list(group)) for _, group in accounts)


def _table(amounts: list[ConceptAmount]) -> str:
    first = amounts[0]
    quarter = f", {first.quarter}. kvartal" if first.quarter else ""
    names = concept_names(first.year)
    defined = [code for code, name in names.items() if name]
    undefined = [code for code, name in names.items() if not name]
    lines = [
        f"{first.file}: kommune {first.municipality_code}, {first.year}{quarter}. Kasse, drift, 1000 kroner.",
        "",
        "Funksjon" + "".join(f"{code:>{COLUMN_WIDTH}}" for code in defined),
        *(_row(function, list(row)) for function, row in groupby(amounts, lambda amount: amount.function_code)),
        "",
        *(f"{code:<6} {names[code]}" for code in defined),
    ]
    if undefined:
        lines.append(f"Ikke definert for {first.year}: {', '.join(undefined)}.")
    return "\n".join(lines) + "\n"


def _row(function: str, amounts: list[ConceptAmount]) -> str:
    cells = "".join(f"{format_number(amount.amount_thousand_nok, 0):>{COLUMN_WIDTH}}" for amount in amounts)
    return f"{function:<8}{cells}  {_function_name(function)}"


def _function_name(code: str) -> str:
    if code == "FGK13":
        return "Barnevern (244, 251 og 252)"
    return next((row["name_nb"] for row in reference_rows("account_function") if row["function_code"] == code), "")
