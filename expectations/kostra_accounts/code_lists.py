"""The code lists of the accounts by form and year, from the reference tables. Lists only; rules live beside."""

from dataclasses import dataclass
from functools import cache

from warehouse.reference_data import reference_rows

RETIRED_FUNCTIONS = frozenset({"190", "254"})
"""Functions gone from the annual accounts that quarterly files may still hold for a while."""
PLACEHOLDERS = frozenset({"Z", "z", "~"})
"""What quarterly files write where an amount has no code yet."""


@dataclass(frozen=True)
class Form:
    """One accounts form; a class it does not have is None."""

    code: str
    name: str
    kind: str | None
    operation_class: str | None
    investment_class: str | None
    balance_class: str | None
    has_org_number: bool

    @property
    def account_classes(self) -> frozenset[str]:
        return frozenset(filter(None, (self.operation_class, self.investment_class, self.balance_class)))

    @property
    def is_balance(self) -> bool:
        return self.balance_class is not None


@cache
def form_of(code: str) -> Form:
    """The form with this code; a form nobody has described has no classes."""
    for row in reference_rows("account_form"):
        if row["form_code"] == code:
            return Form(code, row["name_nb"], row["kind"], row["operation_class"] or None, row["investment_class"] or None,
                        row["balance_class"] or None, row["has_org_number"] == "true")
    return Form(code, code, None, None, None, None, False)


@cache
def functions(form: str, year: int, oslo: bool) -> frozenset[str]:
    """The functions a form may hold in a year; Oslo's forms also hold county functions and its own."""
    return _codes("account_function", "function_code", form, year, oslo) | form_codes("function", form)


@cache
def species(form: str, year: int, oslo: bool) -> frozenset[str]:
    """The species a form may hold in a year; three belong to Oslo alone."""
    return _codes("account_species", "species_code", form, year, oslo) | form_codes("species", form)


@cache
def chapters(form: str, year: int) -> frozenset[str]:
    """The balance chapters a form may hold in a year."""
    return _balance_codes("chapter", form, year) | form_codes("chapter", form)


@cache
def sectors(form: str, year: int) -> frozenset[str]:
    """The balance sectors a form may hold in a year."""
    return _balance_codes("sector", form, year) | form_codes("sector", form)


@cache
def form_codes(kind: str, form: str) -> frozenset[str]:
    """The codes of a kind that one form alone has, the same in every year; a field that must be blank is the empty text."""
    return frozenset(code.replace("blank", "") for row in reference_rows("account_form_code")
                     if row["kind"] == kind and row["form_code"] == form for code in row["codes"].split())


@cache
def years_elsewhere(table: str, column: str, form: str, code: str) -> tuple[tuple[int, int], ...]:
    """The years in which a code is valid for a form, whatever the municipality."""
    return tuple(sorted({
        (int(row["valid_from_year"]), int(row["valid_to_year"])) for row in reference_rows(table)
        if row[column] == code and form in row["forms"].split()}))


def _in_force(row: dict[str, str], form: str, year: int) -> bool:
    return int(row["valid_from_year"]) <= year <= int(row["valid_to_year"]) and form in row["forms"].split()


def _codes(table: str, column: str, form: str, year: int, oslo: bool) -> frozenset[str]:
    return frozenset(row[column] for row in reference_rows(table)
                     if _in_force(row, form, year) and (oslo or row["oslo_only"] == "false"))


def _balance_codes(kind: str, form: str, year: int) -> frozenset[str]:
    return frozenset(row["code"] for row in reference_rows("account_balance_code")
                     if row["kind"] == kind and _in_force(row, form, year))
