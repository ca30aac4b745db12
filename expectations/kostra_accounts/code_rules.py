"""R010–R013 and R015: each code is in the year's list, and each combination stands once.

A line with amount zero may hold any code.
"""

from collections.abc import Callable, Iterator

from expectations.kostra_accounts import code_lists
from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of
from expectations.kostra_accounts.account_rule import AccountRule, of_lines
from expectations.kostra_accounts.line_picks import ANY, ASKED_FOR, POSTED, TABLE, Picks, function_in, is_one_of
from expectations.wording import amount_text, lines_text

NOT_OF_LOAN_FUNDS = frozenset({"850"})
ZEROS_MAY_STAND_TWICE_FROM = 2020
BLANKS = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0"
"""What Python takes for blank in ISO-8859-1; the database must take away no less before it compares."""
COMBINATION = f"hash(org_number, company_number, account_class, trim(function_code, '{BLANKS}'), species_code)"
TRONDHEIM = "160100"
"""Kept county functions in its own accounts until its number changed in 2018."""


def functions_of(accounts: Accounts) -> frozenset[str]:
    """R010; in quarterly files the retired functions are left to R010u."""
    valid = code_lists.functions(accounts.form_code, accounts.year, accounts.is_oslo)
    if accounts.form_code == "0I" and accounts.is_loan_fund:
        valid -= NOT_OF_LOAN_FUNDS
    if accounts.region_code == TRONDHEIM and accounts.form_code == "0A":
        valid |= code_lists.functions("0C", accounts.year, accounts.is_oslo)
    return valid | code_lists.RETIRED_FUNCTIONS | code_lists.PLACEHOLDERS if accounts.quarter else valid


def retired_of(accounts: Accounts) -> frozenset[str]:
    """R010u."""
    return code_lists.RETIRED_FUNCTIONS - code_lists.functions(accounts.form_code, accounts.year, accounts.is_oslo)


def tell_retired(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
    for code, lines in grouped(wrong, _function).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har funksjon {code}, som er utgått. Den godtas foreløpig i "
            "kvartalsregnskap; rett den før årsregnskapet.", numbers_of(lines), code)


def species_of(accounts: Accounts) -> frozenset[str]:
    """R012."""
    return _in_quarter_too(accounts, code_lists.species(accounts.form_code, accounts.year, accounts.is_oslo))


def chapters_of(accounts: Accounts) -> frozenset[str]:
    """R011."""
    return _in_quarter_too(accounts, code_lists.chapters(accounts.form_code, accounts.year), "")


def sectors_of(accounts: Accounts) -> frozenset[str]:
    """R013."""
    return _in_quarter_too(accounts, code_lists.sectors(accounts.form_code, accounts.year))


def species_trimmed_in(*codes: str) -> Picks:
    """Blanks after the code do not count; the database takes away fewer kinds of blank than Python."""
    wanted = frozenset(codes)
    return Picks(lambda line: _species(line) in wanted, is_one_of("rtrim(species_code)", wanted))


def in_the_list(valid_of: Callable[[Accounts], frozenset[str]], has_code: Callable[..., Picks],
                key: Callable[[AccountLine], str], label: str, table: str | None,
                hint: Callable[[str, frozenset[str]], str]) -> AccountRule:
    """A line with an amount has a code that is valid for the form and the year."""
    def say(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
        for code, lines in grouped(wrong, key).items():
            yield _unknown(accounts, label, code, lines, table, hint(code, valid_of(accounts)))
    return of_lines(lambda accounts: POSTED & ~has_code(*valid_of(accounts)), say)


def combination_stands_once(accounts: Accounts) -> Iterator[Violation]:
    """R015: SSB adds equal lines together, which is right only when they were meant to be added."""
    first, second = ("kapittel", "sektor") if accounts.form.is_balance else ("funksjon", "art")
    for line, lines in grouped(_that_stand_once(accounts).of(accounts), _combination).items():
        if len(lines) > 1:
            amounts = " + ".join(amount_text(each.amount_thousand_nok) for each in lines[:5])
            more = " + …" if len(lines) > 5 else ""
            yield Violation(
                f"{lines_text(numbers_of(lines))} har samme kontoklasse ({line.account_class}), {first} "
                f"({line.function_code}) og {second} ({line.species_code}). Beløpene legges sammen: {amounts}{more}. "
                "Slå linjene sammen, eller ta bort den som er med to ganger.", numbers_of(lines),
                f"{len(lines)} linjer", "1 linje")


def _that_stand_once(accounts: Accounts) -> Picks:
    """The lines with an amount; one that cannot be read is no zero."""
    return POSTED if accounts.year >= ZEROS_MAY_STAND_TWICE_FROM else ANY


def _stands_twice(accounts: Accounts) -> str:
    """SQL: there are fewer combinations than lines. Two combinations with one hash are looked at in vain."""
    seen = _that_stand_once(accounts).sql
    return f"count(*) FILTER (WHERE {seen}) <> count(DISTINCT {COMBINATION}) FILTER (WHERE {seen})"


def _that_stand_twice(accounts: Accounts) -> Picks:
    once = _that_stand_once(accounts)
    return once & Picks(once.holds, f"((delivery_id, {COMBINATION}) IN (SELECT (delivery_id, {COMBINATION}) FROM {TABLE}"
                        f" WHERE {ASKED_FOR} AND {once.sql} GROUP BY ALL HAVING count(*) > 1))")


def _function(line: AccountLine) -> str:
    return line.function_code


def _species(line: AccountLine) -> str:
    return line.species_code.rstrip()


def _in_quarter_too(accounts: Accounts, valid: frozenset[str], *blank: str) -> frozenset[str]:
    """A quarterly file may also hold the placeholders, and a chapter may be blank."""
    return valid | code_lists.PLACEHOLDERS | frozenset(blank) if accounts.quarter else valid


def _combination(line: AccountLine) -> AccountLine:
    return line._replace(line_number=0, amount_thousand_nok=0, function_code=line.function_code.strip())


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
    "R010": in_the_list(functions_of, function_in, _function, "funksjon", "account_function", _left_justified),
    "R010u": of_lines(lambda accounts: POSTED & function_in(*retired_of(accounts)), tell_retired),
    "R011": in_the_list(chapters_of, function_in, _function, "kapittel", None, _left_justified),
    "R012": in_the_list(species_of, species_trimmed_in, _species, "art", "account_species", _leading_zero),
    "R013": in_the_list(sectors_of, species_trimmed_in, _species, "sektor", None, _leading_zero),
    "R015": AccountRule(combination_stands_once, _that_stand_twice, _stands_twice),
}
