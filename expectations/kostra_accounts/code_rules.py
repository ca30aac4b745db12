"""R010–R013 and R015: each code is in the year's list, and each combination stands once.

A line with amount zero may hold any code.
"""

from collections.abc import Callable, Iterator

from expectations.kostra_accounts import code_lists
from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of
from expectations.wording import amount_text, lines_text

NOT_OF_LOAN_FUNDS = frozenset({"850"})
ZEROS_MAY_STAND_TWICE_FROM = 2020
TRONDHEIM = "160100"
"""Kept county functions in its own accounts until its number changed in 2018."""


def function_exists(accounts: Accounts) -> Iterator[Violation]:
    """R010; in quarterly files the retired functions are left to R010u."""
    valid = code_lists.functions(accounts.form_code, accounts.year, accounts.is_oslo)
    if accounts.form_code == "0I" and accounts.is_loan_fund:
        valid -= NOT_OF_LOAN_FUNDS
    if accounts.region_code == TRONDHEIM and accounts.form_code == "0A":
        valid |= code_lists.functions("0C", accounts.year, accounts.is_oslo)
    if accounts.quarter:
        valid |= code_lists.RETIRED_FUNCTIONS | code_lists.PLACEHOLDERS
    for code, lines in _outside(accounts, _function, valid):
        yield _unknown(accounts, "funksjon", code, lines, "account_function", _left_justified(code, valid))


def retired_function_in_quarter(accounts: Accounts) -> Iterator[Violation]:
    """R010u."""
    retired = code_lists.RETIRED_FUNCTIONS - code_lists.functions(accounts.form_code, accounts.year, accounts.is_oslo)
    for code, lines in grouped((line for line in _posted(accounts) if line.function_code in retired), _function).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har funksjon {code}, som er utgått. Den godtas foreløpig i "
            "kvartalsregnskap; rett den før årsregnskapet.", numbers_of(lines), code)


def species_exists(accounts: Accounts) -> Iterator[Violation]:
    """R012."""
    valid = _in_quarter_too(accounts, code_lists.species(accounts.form_code, accounts.year, accounts.is_oslo))
    for code, lines in _outside(accounts, _species, valid):
        yield _unknown(accounts, "art", code, lines, "account_species", _leading_zero(code, valid))


def chapter_exists(accounts: Accounts) -> Iterator[Violation]:
    """R011."""
    valid = _in_quarter_too(accounts, code_lists.chapters(accounts.form_code, accounts.year), "")
    for code, lines in _outside(accounts, _function, valid):
        yield _unknown(accounts, "kapittel", code, lines, None, _left_justified(code, valid))


def sector_exists(accounts: Accounts) -> Iterator[Violation]:
    """R013."""
    valid = _in_quarter_too(accounts, code_lists.sectors(accounts.form_code, accounts.year))
    for code, lines in _outside(accounts, _species, valid):
        yield _unknown(accounts, "sektor", code, lines, None, _leading_zero(code, valid))


def combination_stands_once(accounts: Accounts) -> Iterator[Violation]:
    """R015: SSB adds equal lines together, which is right only when they were meant to be added."""
    first, second = ("kapittel", "sektor") if accounts.form.is_balance else ("funksjon", "art")
    seen = _posted(accounts) if accounts.year >= ZEROS_MAY_STAND_TWICE_FROM else accounts.lines
    for line, lines in grouped(seen, _combination).items():
        if len(lines) > 1:
            amounts = " + ".join(amount_text(each.amount_thousand_nok) for each in lines[:5])
            more = " + …" if len(lines) > 5 else ""
            yield Violation(
                f"{lines_text(numbers_of(lines))} har samme kontoklasse ({line.account_class}), {first} "
                f"({line.function_code}) og {second} ({line.species_code}). Beløpene legges sammen: {amounts}{more}. "
                "Slå linjene sammen, eller ta bort den som er med to ganger.", numbers_of(lines),
                f"{len(lines)} linjer", "1 linje")


def _posted(accounts: Accounts) -> list[AccountLine]:
    """The lines with an amount; one that cannot be read is no zero."""
    return [line for line in accounts.lines if line.amount_thousand_nok != 0]


def _function(line: AccountLine) -> str:
    return line.function_code


def _species(line: AccountLine) -> str:
    return line.species_code.rstrip()


def _in_quarter_too(accounts: Accounts, valid: frozenset[str], *blank: str) -> frozenset[str]:
    """A quarterly file may also hold the placeholders, and a chapter may be blank."""
    return valid | code_lists.PLACEHOLDERS | frozenset(blank) if accounts.quarter else valid


def _combination(line: AccountLine) -> AccountLine:
    return line._replace(line_number=0, amount_thousand_nok=0, function_code=line.function_code.strip())


def _outside(accounts: Accounts, key: Callable[[AccountLine], str],
             valid: frozenset[str]) -> Iterator[tuple[str, list[AccountLine]]]:
    yield from grouped((line for line in _posted(accounts) if key(line) not in valid), key).items()


def _unknown(accounts: Accounts, label: str, code: str, lines: list[AccountLine], table: str | None,
             hint: str) -> Violation:
    years = code_lists.years_elsewhere(table, f"{table.removeprefix('account_')}_code", accounts.form_code,
                                       code) if table else ()
    why = f" Koden gjelder bare {_years_text(years)}." if years else ""
    return Violation(
        f"{lines_text(numbers_of(lines))} har {label} «{code}», som ikke gjelder for skjema {accounts.form_code} i "
        f"{accounts.year}.{why}{hint} Rett {label} til en kode i årets kontoplan.", numbers_of(lines), code,
        f"{label} i kontoplanen for {accounts.year}")


def _years_text(years: tuple[tuple[int, int], ...]) -> str:
    first, last = years[0][0], years[-1][1]
    if first <= 2003:
        return f"til og med {last}" if last < 2999 else "i Oslo"
    return f"fra {first}" if last >= 2999 else f"{first}–{last}"


def _left_justified(code: str, valid: frozenset[str]) -> str:
    return f" Feltet er venstrestilt: skriv «{code.strip()} »." if code != code.strip() and code.strip() in valid else ""


def _leading_zero(code: str, valid: frozenset[str]) -> str:
    full = code.strip().zfill(3)
    return f" Mangler ledende null: skriv «{full}»." if full != code and full in valid else ""


RULES = {
    "R010": function_exists, "R010u": retired_function_in_quarter, "R011": chapter_exists, "R012": species_exists,
    "R013": sector_exists, "R015": combination_stands_once,
}
