"""Which rules apply to a form, a year and a quarter, how grave each is there, and the codes a rule holds that year.

The tables are `accounts_rule.csv` and `accounts_rule_code.csv`.
"""

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


@cache
def codes_in_force(rule_id: str, year: int, quarter: str | None) -> frozenset[str]:
    """The codes of a rule whose list follows the year, or is shorter in a quarterly file; empty before it had any."""
    column = "is_quarterly" if quarter else "is_annual"
    return frozenset(
        row["code"] for row in reference_rows("accounts_rule_code")
        if row["rule_id"] == rule_id and row[column] == "true"
        and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"]))
