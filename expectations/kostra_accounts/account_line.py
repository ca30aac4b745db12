"""One line of an accounts file as the rules see it, and the file as a whole: its lines and what was announced."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from expectations.kostra_accounts.code_lists import Form, form_codes, form_of


class AccountLine(NamedTuple):
    """One line. Amounts in thousand NOK, expense positive; in balances the function field is the chapter.

    A year that cannot be read is kept as the text it is, an amount is NaN.
    """

    line_number: int
    form_code: str
    accounting_year: int | str
    quarter: str | None
    region_code: str
    org_number: str | None
    company_number: str | None
    account_class: str
    function_code: str
    species_code: str
    amount_thousand_nok: float


class Violation(NamedTuple):
    """A rule that does not hold: the text, the lines, what was found and what was expected."""

    message: str
    line_numbers: tuple[int, ...] = ()
    found: str | None = None
    expected: str | None = None


@dataclass(frozen=True)
class Accounts:
    """The lines of one file, and the form, year, quarter (None: annual) and six-digit region it was announced as."""

    lines: tuple[AccountLine, ...]
    form_code: str
    year: int
    quarter: str | None
    region_code: str
    known_org_numbers: frozenset[str | None] | None = None
    """The organisation numbers of the whole file, where `lines` are but some of it."""

    @property
    def form(self) -> Form:
        return form_of(self.form_code)

    @property
    def is_oslo(self) -> bool:
        return self.region_code.startswith("0301")

    @property
    def is_oslo_district(self) -> bool:
        """A district keeps part of Oslo's accounts, which then need not balance by itself."""
        return self.is_oslo and not self.region_code.endswith("00")

    @property
    def is_loan_fund(self) -> bool:
        """The loan funds SSB names, and the consolidated accounts that hold one: they may post instalments in operation."""
        numbers = self.known_org_numbers
        if numbers is None:
            numbers = frozenset(line.org_number for line in self.lines)
        return (self.region_code in form_codes("loan_fund_region", self.form_code)
                or bool(numbers) and numbers <= form_codes("loan_fund_org_number", self.form_code))

    @cached_property
    def of_its_kind(self) -> "Accounts":
        """The accounts without lines of a form of another kind: R003 says those, and no other rule can judge them."""
        return replace(self, lines=tuple(line for line in self.lines if form_of(line.form_code).kind == self.form.kind))

    @cached_property
    def operation(self) -> tuple[AccountLine, ...]:
        return tuple(line for line in self.lines if line.account_class == form_of(line.form_code).operation_class)

    @cached_property
    def investment(self) -> tuple[AccountLine, ...]:
        return tuple(line for line in self.lines if line.account_class == form_of(line.form_code).investment_class)


def as_line(row: AccountLine | Mapping[str, Any]) -> AccountLine:
    """A line from a row of `raw.kostra_accounts_line`; other columns are passed over."""
    return row if isinstance(row, AccountLine) else AccountLine(*(row[name] for name in AccountLine._fields))


def total(lines: Iterable[AccountLine]) -> float:
    return sum(line.amount_thousand_nok for line in lines)


def numbers_of(lines: Iterable[AccountLine]) -> tuple[int, ...]:
    return tuple(line.line_number for line in lines)


def grouped(lines: Iterable[AccountLine], key: Callable[[AccountLine], Any]) -> dict[Any, list[AccountLine]]:
    """The lines by a key, in the order the keys first occur."""
    groups: dict[Any, list[AccountLine]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return groups
