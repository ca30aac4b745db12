"""SSB's concepts by function for any accounts file, in a database that lives in memory only.

The SELECT is the warehouse's own (`assets/core/account_concept.sql`), so that a file read by hand gives the numbers
the warehouse gives.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from assets.sources import kostra_accounts, unknown_form
from expectations.finding import DeliveryRefused, Finding
from expectations.kostra_accounts import check_accounts
from pipelines.concept_formulas import concept_names, formulas_of, is_of_counties, operation_class_of

Number = int | float

NOTED = ("R012", "R015")
"""What a reader of the sums must know: species no formula was made for, and lines that were added together."""


@dataclass(frozen=True)
class ConceptAmount:
    """One concept of one function, thousand NOK. `quarter` is None for annual accounts."""

    file: str
    municipality_code: str
    year: int
    quarter: str | None
    function_code: str
    concept_code: str
    amount_thousand_nok: Number
    form_code: str = "0A"


@dataclass(frozen=True)
class ConceptsOfFile:
    """The concepts of a file, and findings about the lines they are made of."""

    amounts: list[ConceptAmount]
    notes: list[Finding]


def concept_amounts(content: bytes, file_name: str) -> list[ConceptAmount]:
    """Every concept the formulas have for the file's year, for each of its functions and for FGK13.

    Raises DeliveryRefused as `concepts_of_file` does.
    """
    return concepts_of_file(content, file_name).amounts


def concepts_of_file(content: bytes, file_name: str) -> ConceptsOfFile:
    """The concepts of operation in one form's file: the municipality's own accounts (0A), a company's or the group's.

    A file may hold several municipalities, years and quarters; each is taken by itself. Equal lines are added together
    and noted. Raises DeliveryRefused for a file that holds no operating accounts, or several forms, or cannot be read.
    """
    if not kostra_accounts.recognises(content, file_name):
        raise DeliveryRefused([unknown_form(content, file_name)])
    reading = kostra_accounts.read(content, file_name)
    form = str(reading.form_version)
    if operation_class_of(form) is None:
        kostra_accounts.refuse_other_forms(reading, file_name)
    found = ConceptsOfFile([], [])
    with _formulas(form) as connection:
        for account, lines in _by_account(reading.rows.to_pylist()).items():
            found.amounts.extend(ConceptAmount(file_name, *account, *concept, form)
                                 for concept in _concepts(connection, lines, form))
            found.notes.extend(_notes(lines, file_name, form))
    return found


def as_json(amounts: Iterable[ConceptAmount]) -> list[dict[str, Any]]:
    """The amounts as `folgeeval accounts --json` prints them; `quarter` is empty for annual accounts."""
    rows = [{**asdict(amount), "quarter": amount.quarter or ""} for amount in amounts]
    return [{key: value for key, value in row.items() if key != "form_code"} for row in rows]


def _by_account(rows: list[dict[str, Any]]) -> dict[tuple[str, int, str | None], list[dict[str, Any]]]:
    accounts: dict[tuple[str, int, str | None], list[dict[str, Any]]] = {}
    for row in rows:
        accounts.setdefault((row["region_code"][:4], row["accounting_year"], row["quarter"]), []).append(row)
    return accounts


def _notes(lines: list[dict[str, Any]], file_name: str, form: str) -> list[Finding]:
    operation = [line for line in lines if line["account_class"] == operation_class_of(form)]
    return [finding for finding in check_accounts(operation, file=file_name) if finding.rule_id in NOTED]


@contextmanager
def _formulas(form: str) -> Iterator[Any]:
    """A database in memory that holds the form's formulas."""
    from warehouse.arrow import arrow_table
    from warehouse.contracts import contract_of
    from warehouse.database import append, in_memory

    formula = contract_of("reference", "concept_formula")
    with in_memory() as connection:
        append(connection, formula, arrow_table(formula, formulas_of(form)))
        yield connection


def _concepts(connection: Any, lines: list[dict[str, Any]], form: str) -> list[tuple[str, str, Number]]:
    from assets.build import build_sql_table
    from assets.sql_files import sql_tables
    from warehouse.arrow import arrow_table
    from warehouse.contracts import contract_of
    from warehouse.database import append, rows
    from warehouse.tables import create_table_sql

    account_line = contract_of("core", "account_line")
    connection.execute(create_table_sql(account_line))
    append(connection, account_line, arrow_table(account_line, [_account_line(line, form) for line in lines]))
    build_sql_table(connection, next(table for table in sql_tables("core") if table.name == "account_concept"))
    found = rows(connection, "SELECT function_code, concept_code, amount_thousand_nok FROM core.account_concept")
    order = list(concept_names(lines[0]["accounting_year"], form))
    return [(function, concept, int(amount) if amount.is_integer() else amount)
            for function, concept, amount in sorted(found, key=lambda row: (row[0], order.index(row[1])))
            if not (function == "FGK13" and is_of_counties(form))]


def _account_line(line: dict[str, Any], form: str) -> dict[str, Any]:
    # The warehouse holds 0A alone, so its SELECT knows operation as class 1.
    is_operation = line["account_class"] == operation_class_of(form)
    municipality = line["region_code"][:4]
    return {**line, "account_class": "1" if is_operation else "-", "unit_code": municipality,
            "source_municipality_code": municipality, "is_internal": False, "delivery_id": 1}
