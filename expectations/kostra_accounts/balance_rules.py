"""R016 and R115–R125, R190: the balance sheet. The function field holds the chapter; debit is positive."""

from collections.abc import Iterator

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of, total
from expectations.kostra_accounts.sum_rules import UNIT
from expectations.wording import amount_text, lines_text

TOLERANCE = 10
ASSETS = (10, 29)
DEBT_AND_EQUITY = (31, 5999)
NOT_NEGATIVE = ("5900", "5970")


def chapter(line: AccountLine) -> int:
    """The chapter as a number; -1 where it is none, which R011 says."""
    return int(line.function_code) if line.function_code.isdecimal() else -1


def lines_in(accounts: Accounts, first: int, last: int) -> list[AccountLine]:
    return [line for line in accounts.lines if first <= chapter(line) <= last]


def deficits_are_not_negative(accounts: Accounts) -> Iterator[Violation]:
    """R016."""
    wrong = [line for line in accounts.lines if line.function_code in NOT_NEGATIVE and line.amount_thousand_nok < 0]
    for code, lines in grouped(wrong, lambda line: line.function_code).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har kapittel {code} med {amount_text(total(lines))} {UNIT}. Kapitlet kan ikke "
            "være negativt: rett fortegnet eller kapitlet.", numbers_of(lines), amount_text(total(lines)), "0 eller mer")


def assets_are_positive(accounts: Accounts) -> Iterator[Violation]:
    """R115, asked only where there are such lines."""
    lines = lines_in(accounts, *ASSETS)
    if lines and (found := total(lines)) <= 0:
        yield Violation(f"eiendelene (kapittel 10–29) summerer til {amount_text(found)} {UNIT}. Ta dem med, uten minus.",
                        found=amount_text(found), expected="over 0")


def debt_and_equity_are_negative(accounts: Accounts) -> Iterator[Violation]:
    """R120, asked only where there are such lines."""
    lines = lines_in(accounts, *DEBT_AND_EQUITY)
    if lines and (found := total(lines)) >= 0:
        yield Violation(f"gjeld og egenkapital (kapittel 31–5999) summerer til {amount_text(found)} {UNIT}. Ta dem med, "
                        "med minus foran.", found=amount_text(found), expected="under 0")


def balance_sheet_balances(accounts: Accounts) -> Iterator[Violation]:
    """R125: also broken when assets or debt and equity are missing or have the wrong sign."""
    assets, debt = total(lines_in(accounts, *ASSETS)), total(lines_in(accounts, *DEBT_AND_EQUITY))
    if accounts.lines and abs(assets + debt) <= TOLERANCE and (assets <= 0 or debt >= 0):
        yield Violation(
            f"balansen har ikke begge sider: eiendeler {amount_text(assets)} og gjeld og egenkapital {amount_text(debt)} "
            f"{UNIT}. Ta med begge, eiendeler uten minus og gjeld og egenkapital med.",
            found=f"{amount_text(assets)} og {amount_text(debt)}", expected="over 0 og under 0")
    elif abs(assets + debt) > TOLERANCE:
        yield Violation(
            f"balansen går ikke i null: eiendeler {amount_text(assets)} og gjeld og egenkapital {amount_text(debt)} gir "
            f"differansen {amount_text(assets + debt)} {UNIT}. Finn det som mangler, og ta uttrekket på nytt.",
            found=amount_text(assets + debt), expected=f"høyst {TOLERANCE} fra 0")


def memorandum_accounts_cancel(accounts: Accounts) -> Iterator[Violation]:
    """R190."""
    lines = lines_in(accounts, 9100, 9999)
    if abs(total(lines)) > TOLERANCE:
        yield Violation(
            f"memoriakontiene (kapittel 9100–9998) og motkontoen 9999 gir {amount_text(total(lines))} {UNIT} til sammen. "
            "Rett motkontoen.", numbers_of(lines), amount_text(total(lines)), f"høyst {TOLERANCE} fra 0")


RULES = {
    "R016": deficits_are_not_negative, "R115": assets_are_positive, "R120": debt_and_equity_are_negative,
    "R125": balance_sheet_balances, "R190": memorandum_accounts_cancel,
}
