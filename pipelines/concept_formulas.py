"""Which of SSB's formulas a form's accounts are read by: the municipality's own (kasse), or the group's (konsern).

The formulas are data: `concept_formula.csv`, and for konsern `concept_formula_group.csv`, where purchases and transfers
between a municipality and its own companies are eliminated. What SSB describes for kasse only has no formula there.
"""

from typing import Any

from warehouse.reference_data import reference_rows

GROUP_FORMS = frozenset({"0I", "0K", "0M", "0P"})
COUNTY_FORMS = frozenset({"0C", "0K", "0P"})
_NUMBERS = ("valid_from_year", "valid_to_year", "sign")


def operation_class_of(form: str) -> str | None:
    """The account class of operation in a form; None for a balance, and for anything but one form."""
    for row in reference_rows("account_form"):
        if row["form_code"] == form:
            return row["operation_class"] or None
    return None


def is_of_counties(form: str) -> bool:
    """A county's form: child welfare is the municipality's, and not in it."""
    return form in COUNTY_FORMS


def is_of_group(form: str) -> bool:
    """Accounts of companies or of the whole group, where what one part buys from another is eliminated."""
    return form in GROUP_FORMS


def formulas_of(form: str) -> list[dict[str, Any]]:
    """The rows of `reference.concept_formula` for a form."""
    rows = reference_rows("concept_formula_group" if is_of_group(form) else "concept_formula")
    return [{**row, **{name: int(row[name]) for name in _NUMBERS}} for row in rows]


def concept_names(year: int, form: str = "0A") -> dict[str, str | None]:
    """The concepts of the formula table with their names, in its order; None where the year has no formula."""
    names: dict[str, str | None] = {row["concept_code"]: None for row in reference_rows("concept_formula")}
    for row in formulas_of(form):
        if row["valid_from_year"] <= year <= row["valid_to_year"]:
            names[row["concept_code"]] = row["concept_name"]
    return names
