"""`folgeeval accounts`: net, gross, own production and purchases by function, for any accounts file.

What a reader of the sums must know (lines added together, species of another year) goes to standard error.
"""

import argparse
import json
import sys
from itertools import groupby
from pathlib import Path

from expectations.finding import DeliveryRefused
from pipelines.accounts import ConceptAmount, as_json, concepts_of_file
from pipelines.concept_formulas import concept_names
from pipelines.exit_codes import FINE, REFUSED, WRONG_USAGE
from pipelines.given_file import contents
from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows

HELP = "Regn ut netto, brutto, egenproduksjon og kjøp per funksjon i en regnskapsfil (kasse, særbedrift eller konsern)."
NEEDS_HOME = False

COLUMN_WIDTH = 11
KINDS = {"0A": "Kasse", "0C": "Fylkeskasse", "0F": "Kirkelig fellesråd", "0I": "Særbedrift eller lånefond",
         "0K": "Fylkeskommunal særbedrift eller lånefond", "0M": "Konsern", "0P": "Fylkeskommunalt konsern"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FIL", type=Path, help="SSBs filuttrekk, skjema 0A, 0C, 0F, 0I, 0K, 0M eller 0P")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    opened = contents(arguments.files)
    exit_code = FINE if len(opened) == len(arguments.files) else WRONG_USAGE
    amounts: list[ConceptAmount] = []
    for path, content in opened:
        try:
            found = concepts_of_file(content, path.name)
        except DeliveryRefused as refused:
            print(refused, file=sys.stderr)
            exit_code = REFUSED
            continue
        amounts += found.amounts
        for note in found.notes:
            print(f"{note.rule_id}: {note.message}", file=sys.stderr)
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
    names = concept_names(first.year, first.form_code)
    defined = [code for code, name in names.items() if name]
    undefined = [code for code, name in names.items() if not name]
    lines = [
        f"{first.file}: kommune {first.municipality_code}, {first.year}{quarter}. "
        f"{KINDS[first.form_code]}, drift, 1000 kroner.",
        *(["Kvartalstall er ikke et årsregnskap."] if first.quarter else []),
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
