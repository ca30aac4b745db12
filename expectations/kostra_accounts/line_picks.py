"""Which lines a rule is about: one condition that Python asks of a line and the database of a row.

The two are made together, from the same codes, so that they cannot mean different things. Amounts are compared with
zero only: the database may then ask once for all lines that look alike.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from expectations.kostra_accounts.account_line import AccountLine, Accounts
from expectations.kostra_accounts.code_lists import form_of

TABLE = "raw.kostra_accounts_line"
ASKED_FOR = "delivery_id IN (SELECT unnest($1))"
"""SQL: the line is of one of the deliveries asked for, the only parameter there is."""
LONGEST_LIST = 16
"""Codes beyond this many are looked up by the database rather than tried in turn."""


@dataclass(frozen=True)
class Picks:
    """A condition on a line. `sql` speaks of the columns of `raw.kostra_accounts_line` in a file of one form, and of
    `is_operation` and `is_investment`, which follow from its form."""

    holds: Callable[[AccountLine], bool]
    sql: str

    def __call__(self, line: AccountLine) -> bool:
        return self.holds(line)

    def __and__(self, other: "Picks") -> "Picks":
        return Picks(lambda line: self.holds(line) and other.holds(line), f"({self.sql} AND {other.sql})")

    def __or__(self, other: "Picks") -> "Picks":
        return Picks(lambda line: self.holds(line) or other.holds(line), f"({self.sql} OR {other.sql})")

    def __invert__(self) -> "Picks":
        return Picks(lambda line: not self.holds(line), f"(NOT {self.sql})")

    def of(self, accounts: Accounts) -> list[AccountLine]:
        """The lines of the file that are picked, in its order."""
        return list(filter(self.holds, accounts.lines))

    @property
    def total_sql(self) -> str:
        """The sum of a delivery's picked lines; 0 when there are none."""
        return f"coalesce(sum(amount_thousand_nok) FILTER (WHERE {self.sql}), 0)"

    @property
    def any_sql(self) -> str:
        """Whether a delivery has such a line."""
        return f"coalesce(bool_or({self.sql}), false)"


ANY = Picks(lambda line: True, "true")
OPERATION = Picks(lambda line: line.account_class == form_of(line.form_code).operation_class, "is_operation")
INVESTMENT = Picks(lambda line: line.account_class == form_of(line.form_code).investment_class, "is_investment")
POSTED = Picks(lambda line: line.amount_thousand_nok != 0, "(amount_thousand_nok <> 0)")
NEGATIVE = Picks(lambda line: line.amount_thousand_nok < 0, "(amount_thousand_nok < 0)")
NOT_POSITIVE = Picks(lambda line: line.amount_thousand_nok <= 0, "(amount_thousand_nok <= 0)")


def function_in(*codes: str) -> Picks:
    wanted = frozenset(codes)
    return Picks(lambda line: line.function_code in wanted, is_one_of("function_code", wanted))


def species_in(*codes: str) -> Picks:
    wanted = frozenset(codes)
    return Picks(lambda line: line.species_code in wanted, is_one_of("species_code", wanted))


def class_in(*codes: str) -> Picks:
    wanted = frozenset(codes)
    return Picks(lambda line: line.account_class in wanted, is_one_of("account_class", wanted))


def function_between(first: str, last: str) -> Picks:
    return Picks(lambda line: first <= line.function_code <= last, f"(function_code BETWEEN '{first}' AND '{last}')")


def species_between(first: str, last: str) -> Picks:
    return Picks(lambda line: first <= line.species_code <= last, f"(species_code BETWEEN '{first}' AND '{last}')")


def is_one_of(expression: str, codes: Iterable[str]) -> str:
    """SQL: the text is one of the codes; false when there are none."""
    texts = ", ".join("'" + code.replace("'", "''") + "'" for code in sorted(codes))
    if not texts:
        return "false"
    wanted = texts if texts.count(",") < LONGEST_LIST else f"SELECT unnest([{texts}])"
    return f"({expression} IN ({wanted}))"
