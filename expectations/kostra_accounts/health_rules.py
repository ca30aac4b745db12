"""R500–R540: the result (0X) and the balance (0Y) of a health trust. The species field of a balance holds the account."""

from collections.abc import Iterator

from expectations.kostra_accounts.account_line import Accounts, Violation, numbers_of, total
from expectations.kostra_accounts.code_lists import form_codes
from expectations.kostra_accounts.combination_rules import violations
from expectations.kostra_accounts.sum_rules import UNIT
from expectations.wording import amount_text, lines_text

RESULT_TOLERANCE = 100
BALANCE_TOLERANCE = 50
POSITIVE_ACCOUNTS = ("190", "192", "194", "195")


def function_400_is_of_the_few(accounts: Accounts) -> Iterator[Violation]:
    """R500: regional trusts and those owned together; others have no function 400."""
    owners = form_codes("function_400_org_number", accounts.form_code)
    yield from violations(
        accounts.lines, lambda line: line.function_code == "400" and line.org_number not in owners,
        "Funksjon 400 brukes bare av regionale helseforetak og felleseide foretak.", "Rett funksjonen.")


def activity_funding_on_its_functions(accounts: Accounts) -> Iterator[Violation]:
    """R510."""
    functions = form_codes("species_320_function", accounts.form_code)
    yield from violations(
        accounts.lines, lambda line: line.species_code == "320" and line.function_code not in functions,
        "Art 320 brukes bare på somatikk, psykisk helsevern og rus.", "Rett funksjonen.")


def accounts_are_positive(accounts: Accounts) -> Iterator[Violation]:
    """R520: zero is not positive."""
    wrong = [line for line in accounts.lines
             if line.species_code in POSITIVE_ACCOUNTS and line.amount_thousand_nok <= 0]
    if wrong:
        yield Violation(f"{lines_text(numbers_of(wrong))} har konto 190–195 uten positivt beløp. Rett fortegnet eller "
                        "kontoen.", numbers_of(wrong), amount_text(total(wrong)), "over 0")


def result_cancels(accounts: Accounts) -> Iterator[Violation]:
    """R530: incomes, expenses and the result itself."""
    if abs(total(accounts.lines)) > RESULT_TOLERANCE:
        yield _unbalanced("inntekter og kostnader", total(accounts.lines), RESULT_TOLERANCE)


def assets_equal_equity_and_debt(accounts: Accounts) -> Iterator[Violation]:
    """R540: accounts 100–195 against 200–299."""
    found = total(line for line in accounts.lines
                  if "100" <= line.species_code <= "195" or "200" <= line.species_code <= "299")
    if abs(found) > BALANCE_TOLERANCE:
        yield _unbalanced("eiendeler, egenkapital og gjeld", found, BALANCE_TOLERANCE)


def _unbalanced(name: str, found: float, tolerance: int) -> Violation:
    return Violation(f"{name} skal gå i null, men summen er {amount_text(found)} {UNIT}. Finn det som mangler.",
                     found=amount_text(found), expected=f"høyst {tolerance} fra 0")


RULES = {
    "R500": function_400_is_of_the_few, "R510": activity_funding_on_its_functions, "R520": accounts_are_positive,
    "R530": result_cancels, "R540": assets_equal_equity_and_debt,
}
