"""R085–R110, R126–R140 and R170–R185: what the sums of whole annual accounts must show, from 2020.

An Oslo district holds part of an account only; sums are not asked of it.
"""

from collections.abc import Iterator

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, numbers_of, total
from expectations.kostra_accounts.account_rule import (
    AccountRule,
    except_for,
    lines_of,
    of_sums,
    of_whole_accounts,
    total_of,
)
from expectations.kostra_accounts.line_picks import (
    INVESTMENT,
    OPERATION,
    Picks,
    function_in,
    species_between,
    species_in,
)
from expectations.wording import amount_text

TOLERANCE = 30
"""Thousand NOK: each of the many lines is rounded."""
OSLO_TOLERANCE = 10
LONGYEARBYEN = "211100"
WITHOUT_TAXES = frozenset({LONGYEARBYEN})
WITHOUT_BLOCK_GRANT = frozenset({LONGYEARBYEN, "501400"})
"""Longyearbyen, and the one municipality without a block grant."""
UNIT = "(1000 kr)"

EXPENSES = species_between("010", "599")
INCOMES = species_between("600", "999")


def _has_expenses(account: Picks, name: str) -> AccountRule:
    """R085 and R100, asked only of a file that has lines of the account."""
    def judge(accounts: Accounts) -> Iterator[Violation]:
        lines = account.of(accounts)
        if lines and (found := total(filter(EXPENSES, lines))) <= 0:
            yield _sum(f"{name} har ingen sum av utgifter", found, "over 0",
                       f"Ta med utgiftene i {name}, eller rett fortegnene.")
    return of_sums(judge, f"{account.any_sql} AND {(account & EXPENSES).total_sql} <= 0", account)


def _has_incomes(account: Picks, name: str, advice: str) -> AccountRule:
    """R090 and R105, asked only of a file that has lines of the account."""
    def judge(accounts: Accounts) -> Iterator[Violation]:
        lines = account.of(accounts)
        if lines and (found := total(filter(INCOMES, lines))) >= 0:
            yield _sum(f"{name} har ingen sum av inntekter", found, "under 0",
                       f"Ta med {advice}, eller rett fortegnene: inntekter er negative.")
    return of_sums(judge, f"{account.any_sql} AND {(account & INCOMES).total_sql} >= 0", account)


def operation_balances(accounts: Accounts) -> Iterator[Violation]:
    """R110: also broken when expenses or incomes are missing altogether."""
    lines = OPERATION.of(accounts)
    yield from balances(lines, "driftsregnskapet")
    one_sided = total(filter(EXPENSES, lines)) <= 0 or total(filter(INCOMES, lines)) >= 0
    if lines and one_sided and abs(total(lines)) <= TOLERANCE:
        yield Violation("driftsregnskapet mangler utgifter eller inntekter, så det kan ikke gå i null. "
                        "Ta med begge deler.", found="én side", expected="utgifter og inntekter")


def balances(lines: list[AccountLine], name: str, *, under: float = TOLERANCE + 1) -> Iterator[Violation]:
    """All lines cancel; `under` is the first whole difference that does not pass.

    A species that is neither expense nor income counts as income, as SSB counts it.
    """
    expense = total(filter(EXPENSES, lines))
    income = total(lines) - expense
    if abs(total(lines)) >= under:
        yield Violation(
            f"{name} går ikke i null: utgifter {amount_text(expense)} og inntekter {amount_text(income)} gir differansen "
            f"{amount_text(expense + income)} {UNIT}. Finn det som mangler eller er ført to ganger, og ta uttrekket på "
            "nytt.", found=amount_text(expense + income), expected=f"høyst {under - 1:.0f} fra 0")


def does_not_balance(account: Picks, *, under: float = TOLERANCE + 1) -> str:
    """SQL: what `balances` says of a delivery."""
    return f"abs({account.total_sql}) >= {under}"


def cancelling(name: str, *parts: Picks, under: float = TOLERANCE + 1) -> AccountRule:
    """The lines of these parts sum to zero; `under` is the first whole sum that does not pass."""
    return of_sums(lambda accounts: cancels(lines_of(accounts, parts), name, under=under),
                   f"abs({total_of(parts)}) >= {under}", *parts)


def cancels(lines: list[AccountLine], name: str, *, under: float = TOLERANCE + 1) -> Iterator[Violation]:
    if abs(total(lines)) >= under:
        yield Violation(
            f"{name} skal gå i null, men summen er {amount_text(total(lines))} {UNIT}. Rett linjene slik at de svarer til "
            "hverandre.", numbers_of(lines), amount_text(total(lines)), f"høyst {under - 1:.0f} fra 0")


def oslo_internal(account: Picks) -> AccountRule:
    """R126 and R127: what the districts buy from each other they also sell."""
    return except_for(lambda accounts: not accounts.is_oslo, cancelling(
        "kjøp (art 298) og salg (art 798) mellom bydeler", species_in("298") & account, species_in("798") & account,
        under=OSLO_TOLERANCE + 1))


def distributed(function: str, account: Picks, name: str) -> AccountRule:
    """R170–R185: a function for co-operation is distributed to its members."""
    return cancelling(f"funksjon {function} i {name} fordeles på deltakerne og", function_in(function) & account)


def posted_income(function: str, species: str, name: str, without: frozenset[str]) -> AccountRule:
    """R130 and R135: an income every municipality has, but for a few regions."""
    part = function_in(function) & species_in(species) & OPERATION

    def judge(accounts: Accounts) -> Iterator[Violation]:
        lines = part.of(accounts)
        if OPERATION.of(accounts) and total(lines) >= 0:
            yield Violation(
                f"filen mangler {name}: funksjon {function}, art {species} summerer til {amount_text(total(lines))} {UNIT}. "
                "Ta dem med, med minus foran.", numbers_of(lines), amount_text(total(lines)), "under 0")
    return except_for(lambda accounts: accounts.region_code in without,
                      of_sums(judge, f"{OPERATION.any_sql} AND {part.total_sql} >= 0", OPERATION))


def _sum(claim: str, found: float, expected: str, advice: str) -> Violation:
    return Violation(f"{claim}: summen er {amount_text(found)} {UNIT}. {advice}", found=amount_text(found),
                     expected=expected)


RULES: dict[str, AccountRule] = {
    **{rule_id: of_whole_accounts(rule) for rule_id, rule in {
        "R085": _has_expenses(INVESTMENT, "investeringsregnskapet"),
        "R090": _has_incomes(INVESTMENT, "investeringsregnskapet", "finansieringen av investeringene"),
        "R095": of_sums(lambda accounts: balances(INVESTMENT.of(accounts), "investeringsregnskapet"),
                        does_not_balance(INVESTMENT), INVESTMENT),
        "R100": _has_expenses(OPERATION, "driftsregnskapet"),
        "R105": _has_incomes(OPERATION, "driftsregnskapet", "inntektene i driftsregnskapet"),
        "R110": of_sums(
            operation_balances,
            f"{does_not_balance(OPERATION)} OR {OPERATION.any_sql} AND ({(OPERATION & EXPENSES).total_sql} <= 0"
            f" OR {(OPERATION & INCOMES).total_sql} >= 0)", OPERATION),
        "R130": posted_income("800", "870", "skatteinntekter", WITHOUT_TAXES),
        "R135": posted_income("840", "800", "rammetilskudd", WITHOUT_BLOCK_GRANT),
        "R140": cancelling("overføring fra drift (art 570) og mottatt overføring i investering (art 970)",
                           species_in("570") & OPERATION, species_in("970") & INVESTMENT),
        "R170": distributed("290", INVESTMENT, "investering"),
        "R175": distributed("290", OPERATION, "drift"),
        "R180": distributed("465", INVESTMENT, "investering"),
        "R185": distributed("465", OPERATION, "drift"),
    }.items()},
    "R126": oslo_internal(OPERATION),
    "R127": oslo_internal(INVESTMENT),
}
