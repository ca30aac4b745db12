"""`folgeeval accounts`: net, gross, own production and purchases by function, for any municipality's accounts."""

import argparse
import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from expectations.finding import DeliveryRefused
from pipelines.accounts import (
    KASSE_FORMS,
    KONSERN_FORMS,
    ConceptAmount,
    accounts_lines,
    as_json,
    concept_names,
    kasse_amounts,
    lines_added_together,
)
from pipelines.accounts_konsern import konsern_amounts, konsern_names
from pipelines.exit_codes import FINE, REFUSED, WRONG_USAGE
from pipelines.given_file import contents
from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows

HELP = "Regn ut netto, brutto, egenproduksjon og kjøp per funksjon i en kommunes regnskap: kasse (0A, 0C) eller konsern."
NEEDS_HOME = False

COLUMN_WIDTH = 11

Files = list[tuple[str, list[dict[str, Any]]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FIL", type=Path, help="SSBs filuttrekk, skjema 0A eller 0C")
    parser.add_argument("--konsern", action="store_true",
                        help="legg sammen kassens og særbedriftenes filer (0A og 0I, 0C og 0K), eller les den "
                             "konsoliderte (0M, 0P), med konsernets formler")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    opened = contents(arguments.files)
    exit_code = FINE if len(opened) == len(arguments.files) else WRONG_USAGE
    read: Files = []
    for path, content in opened:
        try:
            read.append((path.name, accounts_lines(
                content, path.name, KONSERN_FORMS if arguments.konsern else KASSE_FORMS)))
        except DeliveryRefused as refused:
            print(refused, file=sys.stderr)
            exit_code = REFUSED
    for note in (note for file_name, rows in read for note in lines_added_together(rows, file_name)):
        print(note, file=sys.stderr)
    if arguments.konsern:
        exit_code, amounts = _konsern(read, exit_code)
    else:
        amounts = [amount for file_name, rows in read for amount in kasse_amounts(rows, file_name)]
    if arguments.json:
        print(json.dumps(as_json(amounts), ensure_ascii=False))
    elif amounts:
        print(as_text(amounts, konsern=arguments.konsern), end="")
    return exit_code


def _konsern(read: Files, exit_code: int) -> tuple[int, list[ConceptAmount]]:
    """The groups' amounts, none where a file is missing: a group without one of its parts would be a wrong number."""
    if exit_code != FINE:
        print("Konsernet er ikke regnet ut, siden en av filene mangler.", file=sys.stderr)
        return exit_code, []
    konsern = konsern_amounts(read)
    for text in (*konsern.notes, *(refusal.message for refusal in konsern.refusals)):
        print(text, file=sys.stderr)
    return REFUSED if konsern.refusals else FINE, konsern.amounts


def as_text(amounts: list[ConceptAmount], *, konsern: bool = False) -> str:
    """One table for each file (konsern: the files together), municipality, year and quarter."""
    accounts = groupby(amounts, lambda amount: (amount.file, amount.municipality_code, amount.year, amount.quarter))
    return "\n".join(_table(list(group), konsern) for _, group in accounts)


def _table(amounts: list[ConceptAmount], konsern: bool) -> str:
    first = amounts[0]
    quarter = f", {first.quarter}. kvartal" if first.quarter else ""
    names = konsern_names(first.year) if konsern else concept_names(first.year)
    defined = [code for code, name in names.items() if name]
    undefined = [code for code, name in names.items() if not name]
    lines = [
        f"{first.file}: kommune {first.municipality_code}, {first.year}{quarter}. "
        f"{'Konsern' if konsern else 'Kasse'}, drift, 1000 kroner.",
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
        return "Barnevern (244, 251 og 252, uten 285)"
    return next((row["name_nb"] for row in reference_rows("account_function") if row["function_code"] == code), "")
