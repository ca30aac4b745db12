"""R500–R540: the result (0X) and the balance (0Y) of a health trust. The species field of a balance holds the account."""

from collections.abc import Iterator

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, numbers_of, total
from expectations.kostra_accounts.account_rule import AccountRule, of_lines, of_sums
from expectations.kostra_accounts.code_lists import form_codes
from expectations.kostra_accounts.combination_rules import forbidden
from expectations.kostra_accounts.line_picks import (
    ANY,
    NOT_POSITIVE,
    Picks,
    function_in,
    is_one_of,
    species_between,
    species_in,
)
from expectations.kostra_accounts.sum_rules import UNIT
from expectations.wording import amount_text, lines_text

RESULT_TOLERANCE = 100
BALANCE_TOLERANCE = 50
BALANCE = species_between("100", "195") | species_between("200", "299")


def owned_by(*org_numbers: str) -> Picks:
    wanted = frozenset(org_numbers)
    return Picks(lambda line: line.org_number in wanted, is_one_of("coalesce(org_number, '')", wanted))


def function_400_of_others(accounts: Accounts) -> Picks:
    """R500: regional trusts and those owned together; others have no function 400."""
    return function_in("400") & ~owned_by(*form_codes("function_400_org_number", accounts.form_code))


def activity_funding_elsewhere(accounts: Accounts) -> Picks:
    """R510."""
    return species_in("320") & ~function_in(*form_codes("species_320_function", accounts.form_code))


def tell_not_positive(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
    """R520: zero is not positive."""
    if wrong:
        yield Violation(f"{lines_text(numbers_of(wrong))} har konto 190–195 uten positivt beløp. Rett fortegnet eller "
                        "kontoen.", numbers_of(wrong), amount_text(total(wrong)), "over 0")


def nearly_cancelling(part: Picks, name: str, tolerance: int) -> AccountRule:
    """R530: incomes, expenses and the result itself; R540: accounts 100–195 against 200–299."""
    def judge(accounts: Accounts) -> Iterator[Violation]:
        found = total(part.of(accounts))
        if abs(found) > tolerance:
            yield Violation(f"{name} skal gå i null, men summen er {amount_text(found)} {UNIT}. Finn det som mangler.",
                            found=amount_text(found), expected=f"høyst {tolerance} fra 0")
    return of_sums(judge, f"abs({part.total_sql}) > {tolerance}", part)


RULES: dict[str, AccountRule] = {
    "R500": forbidden(function_400_of_others,
                      "Funksjon 400 brukes bare av regionale helseforetak og felleseide foretak.", "Rett funksjonen."),
    "R510": forbidden(activity_funding_elsewhere,
                      "Art 320 brukes bare på somatikk, psykisk helsevern og rus.", "Rett funksjonen."),
    "R520": of_lines(species_in("190", "192", "194", "195") & NOT_POSITIVE, tell_not_positive),
    "R530": nearly_cancelling(ANY, "inntekter og kostnader", RESULT_TOLERANCE),
    "R540": nearly_cancelling(BALANCE, "eiendeler, egenkapital og gjeld", BALANCE_TOLERANCE),
}
