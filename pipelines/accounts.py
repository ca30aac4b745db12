"""SSB's concepts by function for any municipality's or county's file (0A, 0C), in a database that lives in memory only.

The SELECT is the warehouse's own (`assets/core/account_concept.sql`), so that a file read by hand gives the numbers
the warehouse gives.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assets.sources import kostra_accounts, unknown_form
from expectations.finding import DeliveryRefused, Finding
from expectations.kostra_accounts.code_lists import form_of
from expectations.wording import lines_text, some
from warehouse.reference_data import reference_rows

Number = int | float

KASSE_FORMS = ("0A", "0C")
"""The accounts of the treasury, account class 1."""
KONSERN_FORMS = ("0A", "0C", "0I", "0K", "0M", "0P")
"""The accounts a group is made of; church councils and health trusts have account plans of their own."""


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


def concept_amounts(content: bytes, file_name: str) -> list[ConceptAmount]:
    """Every concept the formulas have for the file's year, for each of its functions and for FGK13; the treasury's only.

    A file may hold several municipalities, years and quarters; each is taken by itself.
    Raises DeliveryRefused for a file of another form or one that cannot be read.
    """
    return kasse_amounts(accounts_lines(content, file_name, KASSE_FORMS), file_name)


def accounts_lines(content: bytes, file_name: str, forms: Sequence[str]) -> list[dict[str, Any]]:
    """The lines of an accounts file. Raises DeliveryRefused for lines of other forms and for what cannot be read."""
    if not kostra_accounts.recognises(content, file_name):
        raise DeliveryRefused([unknown_form(content, file_name)])
    rows = kostra_accounts.read(content, file_name).rows.to_pylist()
    strange = [row for row in rows if row["form_code"] not in forms]
    if strange:
        raise DeliveryRefused([_other_form(strange, file_name, forms)])
    return rows


def kasse_amounts(rows: list[dict[str, Any]], file_name: str) -> list[ConceptAmount]:
    """The concepts of the lines of one file, account class 1."""
    from assets.build import build_reference_table
    from warehouse.contracts import contract_of
    from warehouse.database import in_memory

    with in_memory() as connection:
        build_reference_table(connection, contract_of("reference", "concept_formula"))
        return [
            ConceptAmount(file_name, *account, *concept)
            for account, lines in by_account(rows).items()
            for concept in _concepts(connection, lines)
        ]


def lines_added_together(rows: list[dict[str, Any]], file_name: str) -> list[str]:
    """For each combination that stands on several lines, which lines: their amounts are summed, as SSB sums them."""
    combinations: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        key = tuple(value for name, value in row.items() if name not in ("line_number", "amount_thousand_nok"))
        combinations.setdefault(key, []).append(row["line_number"])
    return [f"{file_name}: {lines_text(numbers)} har samme kombinasjon; beløpene er lagt sammen (R015)."
            for numbers in combinations.values() if len(numbers) > 1]


def as_json(amounts: Iterable[ConceptAmount]) -> list[dict[str, Any]]:
    """The amounts as `folgeeval accounts --json` prints them; `quarter` is empty for annual accounts."""
    return [{**asdict(amount), "quarter": amount.quarter or ""} for amount in amounts]


def concept_names(year: int) -> dict[str, str | None]:
    """The concepts of the formula table with their names, in its order; None where the year has no formula."""
    names: dict[str, str | None] = {}
    for row in reference_rows("concept_formula"):
        in_force = int(row["valid_from_year"]) <= year <= int(row["valid_to_year"])
        names[row["concept_code"]] = row["concept_name"] if in_force else names.get(row["concept_code"])
    return names


def by_account(rows: list[dict[str, Any]]) -> dict[tuple[str, int, str | None], list[dict[str, Any]]]:
    """The lines by municipality code as the file writes it, year and quarter (None: annual)."""
    accounts: dict[tuple[str, int, str | None], list[dict[str, Any]]] = {}
    for row in rows:
        accounts.setdefault((row["region_code"][:4], row["accounting_year"], row["quarter"]), []).append(row)
    return accounts


def _other_form(strange: list[dict[str, Any]], file_name: str, forms: Sequence[str]) -> Finding:
    found = sorted({row["form_code"] for row in strange})
    if forms == KASSE_FORMS and set(found) <= set(KONSERN_FORMS):
        why = "hører til konsernet, ikke kassen. Bruk --konsern"
    elif any(form_of(form).is_balance for form in found):
        why = "er balanse og har ingen funksjoner. Gi bevilgningsregnskapet"
    else:
        why = f"har en annen kontoplan. Gi skjema {some(forms)}"
    numbers = tuple(row["line_number"] for row in strange)
    return Finding(
        "R003", "kritisk_feil", f"{file_name}: {lines_text(numbers)} er skjema {', '.join(found)}, som {why}.",
        source=kostra_accounts.STEM, file=file_name, line_numbers=numbers, found=", ".join(found),
        expected=", ".join(forms))


def _concepts(connection: Any, lines: list[dict[str, Any]]) -> list[tuple[str, str, Number]]:
    from assets.build import build_sql_table
    from assets.sql_files import sql_tables
    from warehouse.arrow import arrow_table
    from warehouse.contracts import contract_of
    from warehouse.database import append, rows
    from warehouse.tables import create_table_sql

    account_line = contract_of("core", "account_line")
    connection.execute(create_table_sql(account_line))
    append(connection, account_line, arrow_table(account_line, [_account_line(line) for line in lines]))
    build_sql_table(connection, next(table for table in sql_tables("core") if table.name == "account_concept"))
    order = list(concept_names(lines[0]["accounting_year"]))
    found = rows(connection, "SELECT function_code, concept_code, amount_thousand_nok FROM core.account_concept")
    return [(function, concept, int(amount) if amount.is_integer() else amount)
            for function, concept, amount in sorted(found, key=lambda row: (row[0], order.index(row[1])))]


def _account_line(line: dict[str, Any]) -> dict[str, Any]:
    municipality = line["region_code"][:4]
    return {**line, "unit_code": municipality, "source_municipality_code": municipality, "is_internal": False,
            "delivery_id": 1}
