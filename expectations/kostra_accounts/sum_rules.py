"""R085–R110, R126–R140 and R170–R185: what the sums of whole annual accounts must show, from 2020.

An Oslo district holds part of an account only; sums are not asked of it.
"""

from collections.abc import Callable, Iterator, Sequence

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, numbers_of, total
from expectations.wording import amount_text

TOLERANCE = 30
"""Thousand NOK: each of the many lines is rounded."""
OSLO_TOLERANCE = 10
LONGYEARBYEN = "211100"
WITHOUT_BLOCK_GRANT = frozenset({LONGYEARBYEN, "501400"})
UNIT = "(1000 kr)"

Rule = Callable[[Accounts], Iterator[Violation]]


def expenses(lines: Sequence[AccountLine]) -> list[AccountLine]:
    return [line for line in lines if "010" <= line.species_code <= "599"]


def incomes(lines: Sequence[AccountLine]) -> list[AccountLine]:
    return [line for line in lines if "600" <= line.species_code <= "999"]


def on(lines: Sequence[AccountLine], *, function: str | None = None, species: str | None = None) -> list[AccountLine]:
    """The lines with this function and this species; None is any."""
    return [line for line in lines
            if function in (None, line.function_code) and species in (None, line.species_code)]


def investment_has_expenses(accounts: Accounts) -> Iterator[Violation]:
    """R085, asked only of a file that has investment lines."""
    if accounts.investment and (found := total(expenses(accounts.investment))) <= 0:
        yield _sum("investeringsregnskapet har ingen sum av utgifter", found, "over 0",
                   "Ta med utgiftene i investeringsregnskapet, eller rett fortegnene.")


def investment_has_incomes(accounts: Accounts) -> Iterator[Violation]:
    """R090, asked only of a file that has investment lines."""
    if accounts.investment and (found := total(incomes(accounts.investment))) >= 0:
        yield _sum("investeringsregnskapet har ingen sum av inntekter", found, "under 0",
                   "Ta med finansieringen av investeringene, eller rett fortegnene: inntekter er negative.")


def investment_balances(accounts: Accounts) -> Iterator[Violation]:
    """R095."""
    yield from balances(accounts.investment, "investeringsregnskapet")


def operation_has_expenses(accounts: Accounts) -> Iterator[Violation]:
    """R100."""
    if accounts.operation and (found := total(expenses(accounts.operation))) <= 0:
        yield _sum("driftsregnskapet har ingen sum av utgifter", found, "over 0",
                   "Ta med utgiftene i driftsregnskapet, eller rett fortegnene.")


def operation_has_incomes(accounts: Accounts) -> Iterator[Violation]:
    """R105."""
    if accounts.operation and (found := total(incomes(accounts.operation))) >= 0:
        yield _sum("driftsregnskapet har ingen sum av inntekter", found, "under 0",
                   "Ta med inntektene i driftsregnskapet, eller rett fortegnene: inntekter er negative.")


def operation_balances(accounts: Accounts) -> Iterator[Violation]:
    """R110: also broken when expenses or incomes are missing altogether."""
    yield from balances(accounts.operation, "driftsregnskapet")
    one_sided = (total(expenses(accounts.operation)) <= 0) or (total(incomes(accounts.operation)) >= 0)
    if accounts.operation and one_sided and abs(total(accounts.operation)) <= TOLERANCE:
        yield Violation("driftsregnskapet mangler utgifter eller inntekter, så det kan ikke gå i null. "
                        "Ta med begge deler.", found="én side", expected="utgifter og inntekter")


def balances(lines: Sequence[AccountLine], name: str, *, under: float = TOLERANCE + 1) -> Iterator[Violation]:
    """All lines cancel; `under` is the first whole difference that does not pass.

    A species that is neither expense nor income counts as income, as SSB counts it.
    """
    expense = total(expenses(lines))
    income = total(lines) - expense
    if abs(total(lines)) >= under:
        yield Violation(
            f"{name} går ikke i null: utgifter {amount_text(expense)} og inntekter {amount_text(income)} gir differansen "
            f"{amount_text(expense + income)} {UNIT}. Finn det som mangler eller er ført to ganger, og ta uttrekket på "
            "nytt.", found=amount_text(expense + income), expected=f"høyst {under - 1:.0f} fra 0")


def taxes_are_posted(accounts: Accounts) -> Iterator[Violation]:
    """R130, not for Longyearbyen."""
    if accounts.region_code != LONGYEARBYEN:
        yield from _is_posted(accounts, "800", "870", "skatteinntekter")


def block_grant_is_posted(accounts: Accounts) -> Iterator[Violation]:
    """R135, not for Longyearbyen and the one municipality without a block grant."""
    if accounts.region_code not in WITHOUT_BLOCK_GRANT:
        yield from _is_posted(accounts, "840", "800", "rammetilskudd")


def transfer_is_received(accounts: Accounts) -> Iterator[Violation]:
    """R140."""
    yield from cancels(on(accounts.operation, species="570") + on(accounts.investment, species="970"),
                       "overføring fra drift (art 570) og mottatt overføring i investering (art 970)")


def cancels(lines: Sequence[AccountLine], name: str, *, under: float = TOLERANCE + 1) -> Iterator[Violation]:
    """The lines sum to zero; `under` is the first whole sum that does not pass."""
    if abs(total(lines)) >= under:
        yield Violation(
            f"{name} skal gå i null, men summen er {amount_text(total(lines))} {UNIT}. Rett linjene slik at de svarer til "
            "hverandre.", numbers_of(lines), amount_text(total(lines)), f"høyst {under - 1:.0f} fra 0")


def oslo_internal_cancels(account: str) -> Rule:
    """R126 and R127: what the districts buy from each other they also sell."""
    def rule(accounts: Accounts) -> Iterator[Violation]:
        if accounts.is_oslo:
            lines = getattr(accounts, account)
            yield from cancels(on(lines, species="298") + on(lines, species="798"),
                               "kjøp (art 298) og salg (art 798) mellom bydeler", under=OSLO_TOLERANCE + 1)
    return rule


def function_cancels(function: str, account: str, name: str) -> Rule:
    """R170–R185: a function for co-operation is distributed to its members."""
    def rule(accounts: Accounts) -> Iterator[Violation]:
        yield from cancels(on(getattr(accounts, account), function=function),
                           f"funksjon {function} i {name} fordeles på deltakerne og")
    return rule


def _is_posted(accounts: Accounts, function: str, species: str, name: str) -> Iterator[Violation]:
    lines = on(accounts.operation, function=function, species=species)
    if accounts.operation and total(lines) >= 0:
        yield Violation(
            f"filen mangler {name}: funksjon {function}, art {species} summerer til {amount_text(total(lines))} {UNIT}. "
            "Ta dem med, med minus foran.", numbers_of(lines), amount_text(total(lines)), "under 0")


def _sum(claim: str, found: float, expected: str, advice: str) -> Violation:
    return Violation(f"{claim}: summen er {amount_text(found)} {UNIT}. {advice}", found=amount_text(found),
                     expected=expected)


def of_whole_accounts(rule: Rule) -> Rule:
    """The rule, silent for an Oslo district."""
    return lambda accounts: iter(()) if accounts.is_oslo_district else rule(accounts)


RULES: dict[str, Rule] = {
    **{rule_id: of_whole_accounts(rule) for rule_id, rule in {
        "R085": investment_has_expenses, "R090": investment_has_incomes, "R095": investment_balances,
        "R100": operation_has_expenses, "R105": operation_has_incomes, "R110": operation_balances,
        "R130": taxes_are_posted, "R135": block_grant_is_posted, "R140": transfer_is_received,
        "R170": function_cancels("290", "investment", "investering"),
        "R175": function_cancels("290", "operation", "drift"),
        "R180": function_cancels("465", "investment", "investering"),
        "R185": function_cancels("465", "operation", "drift"),
    }.items()},
    "R126": oslo_internal_cancels("operation"),
    "R127": oslo_internal_cancels("investment"),
}
