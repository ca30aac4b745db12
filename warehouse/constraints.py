"""Constraints that can speak: each one validates a value, becomes a DuckDB CHECK, an expectation and a sentence.

A constraint never fails on a missing value; whether a column may be missing is said by the table contract.
"""

import re
from dataclasses import dataclass
from typing import Any


def _literal(value: Any) -> str:
    """The value as an SQL literal."""
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


@dataclass(frozen=True)
class OneOf:
    """A short list of allowed values. Lists above 200 values belong in a reference table instead."""

    values: tuple[str | int, ...]

    def holds(self, value: Any) -> bool:
        return value is None or value in self.values

    def check_sql(self, column: str) -> str:
        return f"{column} IN ({', '.join(_literal(value) for value in self.values)})"

    def expectation(self, column: str) -> tuple[str, dict[str, Any]]:
        return "ExpectColumnValuesToBeInSet", {"column": column, "value_set": list(self.values)}

    def sentence(self) -> str:
        return "Én av " + ", ".join(str(value) for value in self.values) + "."


@dataclass(frozen=True)
class Between:
    """A closed interval; an open end is `None`."""

    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("et intervall uten grenser krever ingenting")

    def holds(self, value: Any) -> bool:
        if value is None:
            return True
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def check_sql(self, column: str) -> str:
        parts = []
        if self.low is not None:
            parts.append(f"{column} >= {self.low}")
        if self.high is not None:
            parts.append(f"{column} <= {self.high}")
        return " AND ".join(parts)

    def expectation(self, column: str) -> tuple[str, dict[str, Any]]:
        return "ExpectColumnValuesToBeBetween", {
            "column": column, "min_value": self.low, "max_value": self.high,
        }

    def sentence(self) -> str:
        if self.high is None:
            return f"Minst {self.low}."
        if self.low is None:
            return f"Høyst {self.high}."
        return f"Fra {self.low} til {self.high}."


@dataclass(frozen=True)
class Matches:
    r"""A whole-string pattern with a sentence that says what it means.

    `\d` is the ten ASCII digits, in Python as in DuckDB, and a trailing line break is not forgiven.
    """

    pattern: str
    meaning: str

    def holds(self, value: Any) -> bool:
        return value is None or re.fullmatch(self.pattern, value, re.ASCII) is not None

    def check_sql(self, column: str) -> str:
        return f"regexp_full_match({column}, {_literal(self.pattern)})"

    def expectation(self, column: str) -> tuple[str, dict[str, Any]]:
        ascii_digits = self.pattern.replace(r"\d", "[0-9]")
        return "ExpectColumnValuesToMatchRegex", {"column": column, "regex": rf"\A(?:{ascii_digits})\Z"}

    def sentence(self) -> str:
        return self.meaning


Constraint = OneOf | Between | Matches
