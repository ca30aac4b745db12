"""Which rules apply to a form, a year and a quarter, and how grave each is there: `accounts_rule.csv`."""

from functools import cache

from warehouse.reference_data import reference_rows

READER_RULES = frozenset({"R001", "R002", "R014"})
"""Rules of readability: the reader refuses the file before anything here sees a line."""


@cache
def levels_in_force(form: str, year: int, quarter: str | None) -> dict[str, str]:
    """Level by rule id, in the order of the table; a rule switched off in this quarter is left out."""
    column = f"level_q{quarter}" if quarter else "level_annual"
    return {
        row["rule_id"]: row[column] for row in reference_rows("accounts_rule")
        if row[column] and row["rule_id"] not in READER_RULES
        and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"])
        and (row["forms"] == "*" or form in row["forms"].split())
    }
