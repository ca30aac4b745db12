"""R016 and R115–R125, R190: the balance sheet. The function field holds the chapter; debit is positive."""

from collections.abc import Iterator

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of, total
from expectations.kostra_accounts.account_rule import AccountRule, of_lines, of_sums
from expectations.kostra_accounts.line_picks import ANY, NEGATIVE, Picks, function_in
from expectations.kostra_accounts.sum_rules import UNIT
from expectations.wording import amount_text, lines_text

TOLERANCE = 10


def chapter(line: AccountLine) -> int:
    """The chapter as a number; -1 where it is none, which R011 says."""
    return int(line.function_code) if line.function_code.isdecimal() else -1


def chapter_between(first: int, last: int) -> Picks:
    return Picks(lambda line: first <= chapter(line) <= last,
                 "(regexp_full_match(function_code, '[0-9]+')"
                 f" AND TRY_CAST(function_code AS BIGINT) BETWEEN {first} AND {last})")


ASSETS = chapter_between(10, 29)
DEBT_AND_EQUITY = chapter_between(31, 5999)
MEMORANDUM = chapter_between(9100, 9999)


def tell_negative(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
    """R016."""
    for code, lines in grouped(wrong, lambda line: line.function_code).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har kapittel {code} med {amount_text(total(lines))} {UNIT}. Kapitlet kan ikke "
            "være negativt: rett fortegnet eller kapitlet.", numbers_of(lines), amount_text(total(lines)), "0 eller mer")


def assets_are_positive(accounts: Accounts) -> Iterator[Violation]:
    """R115, asked only where there are such lines."""
    lines = ASSETS.of(accounts)
    if lines and (found := total(lines)) <= 0:
        yield Violation(f"eiendelene (kapittel 10–29) summerer til {amount_text(found)} {UNIT}. Ta dem med, uten minus.",
                        found=amount_text(found), expected="over 0")


def debt_and_equity_are_negative(accounts: Accounts) -> Iterator[Violation]:
    """R120, asked only where there are such lines."""
    lines = DEBT_AND_EQUITY.of(accounts)
    if lines and (found := total(lines)) >= 0:
        yield Violation(f"gjeld og egenkapital (kapittel 31–5999) summerer til {amount_text(found)} {UNIT}. Ta dem med, "
                        "med minus foran.", found=amount_text(found), expected="under 0")


def balance_sheet_balances(accounts: Accounts) -> Iterator[Violation]:
    """R125: also broken when assets or debt and equity are missing or have the wrong sign."""
    assets, debt = total(ASSETS.of(accounts)), total(DEBT_AND_EQUITY.of(accounts))
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
    lines = MEMORANDUM.of(accounts)
    if abs(total(lines)) > TOLERANCE:
        yield Violation(
            f"memoriakontiene (kapittel 9100–9998) og motkontoen 9999 gir {amount_text(total(lines))} {UNIT} til sammen. "
            "Rett motkontoen.", numbers_of(lines), amount_text(total(lines)), f"høyst {TOLERANCE} fra 0")


RULES: dict[str, AccountRule] = {
    "R016": of_lines(function_in("5900", "5970") & NEGATIVE, tell_negative),
    "R115": of_sums(assets_are_positive, f"{ASSETS.any_sql} AND {ASSETS.total_sql} <= 0", ASSETS),
    "R120": of_sums(debt_and_equity_are_negative, f"{DEBT_AND_EQUITY.any_sql} AND {DEBT_AND_EQUITY.total_sql} >= 0",
                    DEBT_AND_EQUITY),
    "R125": of_sums(
        balance_sheet_balances,
        f"abs({ASSETS.total_sql} + {DEBT_AND_EQUITY.total_sql}) > {TOLERANCE} OR {ASSETS.total_sql} <= 0"
        f" OR {DEBT_AND_EQUITY.total_sql} >= 0", ANY),
    "R190": of_sums(memorandum_accounts_cancel, f"abs({MEMORANDUM.total_sql}) > {TOLERANCE}", MEMORANDUM),
}
