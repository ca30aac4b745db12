"""L07–L24: the rules of the annual 0A up to 2019. The newer rules give false findings on these years.

The limits are strict here: a difference of 30 is already too much.
"""

from collections.abc import Callable, Iterator

from expectations.kostra_accounts import code_lists
from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of, posted
from expectations.kostra_accounts.combination_rules import (
    TO_INVESTMENT,
    TO_OPERATION,
    Picks,
    belong_together,
    function_in,
    species_in,
    violations,
)
from expectations.kostra_accounts.depreciation_rules import misplaced_counter_entry, misplaced_depreciation
from expectations.kostra_accounts.sum_rules import balances, cancels, of_whole_accounts, on
from expectations.wording import lines_text, some

LIMIT = 30
INTERNAL_TRADE_LIMIT = 50
INVESTMENT_SPECIES = frozenset("529 548 670 910 911 929 948 958 970".split())
OPERATION_SPECIES = frozenset("240 509 540 570 590 800 870 874 875 877 909 990".split())
BUILDING_SPECIES = ("070", "075", "230", "250", "260")
BUILDING_FUNCTIONS = frozenset("130 221 222 261 381 386".split())

Rule = Callable[[Accounts], Iterator[Violation]]


def species_is_valid(accounts: Accounts) -> Iterator[Violation]:
    """L07: an unknown species with an amount, which stopped the file at SSB in these years."""
    valid = code_lists.species(accounts.form_code, accounts.year, accounts.is_oslo)
    wrong = (line for line in posted(accounts.lines) if line.species_code not in valid)
    for code, lines in grouped(wrong, lambda line: line.species_code).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har beløp på art «{code}», som ikke er gyldig i {accounts.year}. Slike "
            "filer ble ikke tatt imot: før beløpet på en gyldig art.", numbers_of(lines), code, "gyldig art")


def operation_and_investment_balance(accounts: Accounts) -> Iterator[Violation]:
    """L12: one finding, also when both are out of balance."""
    broken = [*balances(accounts.operation, "driftsregnskapet", under=LIMIT),
              *balances(accounts.investment, "investeringsregnskapet", under=LIMIT)]
    if broken:
        yield Violation(" ".join(each.message for each in broken),
                        found=" og ".join(each.found for each in broken), expected=broken[0].expected)


def internal_trade_cancels(accounts: Accounts) -> Iterator[Violation]:
    """L14."""
    yield from cancels(on(accounts.lines, species="290") + on(accounts.lines, species="790"),
                       "internkjøp (art 290) og internsalg (art 790)", under=INTERNAL_TRADE_LIMIT)


def transfer_is_received(accounts: Accounts) -> Iterator[Violation]:
    """L15."""
    yield from cancels(on(accounts.operation, species="570") + on(accounts.investment, species="970"),
                       "overføring fra drift (art 570) og mottatt overføring i investering (art 970)", under=LIMIT)


def depreciation_is_in_place(accounts: Accounts) -> Iterator[Violation]:
    """L16: equal to its counter-entry, each on the right function."""
    lines = accounts.operation
    yield from cancels(on(lines, species="590") + on(lines, function="860", species="990"),
                       "avskrivninger (art 590) og motposten på funksjon 860 (art 990)", under=LIMIT)
    yield from misplaced_depreciation(lines)
    yield from misplaced_counter_entry(lines)


def function_cancels(function: str, advice: str) -> Rule:
    """L17 and L18, in operation and in investment."""
    def rule(accounts: Accounts) -> Iterator[Violation]:
        for lines, account in ((accounts.operation, "drift"), (accounts.investment, "investering")):
            yield from cancels(on(lines, function=function), f"funksjon {function} i {account} {advice} og", under=LIMIT)
    return rule


def reserved_grants_cancel(accounts: Accounts) -> Iterator[Violation]:
    """L19: to the last krone, species 490 is for the budget only."""
    yield from cancels(on(accounts.lines, species="490"), "reserverte bevilgninger (art 490)", under=1)


def amount_is_not_zero(accounts: Accounts) -> Iterator[Violation]:
    """L20, worth knowing only: one finding for them all."""
    zeros = numbers_of(line for line in accounts.lines if line.amount_thousand_nok == 0)
    if zeros:
        yield Violation(f"{lines_text(zeros)} har beløp 0. Ta gjerne bort linjene.", zeros, "0", "ulikt 0")


def building_species_on_building_functions(accounts: Accounts) -> Iterator[Violation]:
    """L22, a reminder only: one finding per species."""
    wrong = (line for line in accounts.lines
             if line.species_code in BUILDING_SPECIES and line.function_code not in BUILDING_FUNCTIONS)
    for species, lines in grouped(wrong, lambda line: line.species_code).items():
        functions = some(sorted({line.function_code for line in lines}))
        yield Violation(
            f"{lines_text(numbers_of(lines))} har byggart {species} på funksjon {functions}. Der tjenesten har egen "
            "byggfunksjon (130, 221, 222, 261, 381, 386), før beløpet der.", numbers_of(lines),
            f"funksjon {functions}", "byggfunksjon")


def forbidden(account: str, picks: Picks, claim: str, advice: str) -> Rule:
    """A combination that may not stand in `operation`, `investment` or any of the `lines`, whatever the amount."""
    def rule(accounts: Accounts) -> Iterator[Violation]:
        lines: tuple[AccountLine, ...] = getattr(accounts, account)
        yield from violations(lines, picks, claim, advice)
    return rule


RULES: dict[str, Rule] = {
    "L07": species_is_valid,
    "L08": forbidden("investment", function_in("800", "860"), "Funksjonen hører til driftsregnskapet.", TO_OPERATION),
    "L09": forbidden("operation", species_in(*INVESTMENT_SPECIES), "Arten hører til investeringsregnskapet.",
                     TO_INVESTMENT),
    "L10": forbidden("investment", species_in(*OPERATION_SPECIES), "Arten hører til driftsregnskapet.", TO_OPERATION),
    "L12": of_whole_accounts(operation_and_investment_balance),
    "L14": of_whole_accounts(internal_trade_cancels),
    "L15": of_whole_accounts(transfer_is_received),
    "L16": of_whole_accounts(depreciation_is_in_place),
    "L17": of_whole_accounts(function_cancels("190", "fordeles på brukerne")),
    "L18": of_whole_accounts(function_cancels("290", "fordeles på deltakerne")),
    "L19": of_whole_accounts(reserved_grants_cancel),
    "L20": amount_is_not_zero,
    "L22": building_species_on_building_functions,
    "L23a": forbidden("operation", function_in("841"), "Funksjon 841 hører til investeringsregnskapet.",
                      "Flytt beløpet til investeringsregnskapet."),
    "L24": forbidden("lines", belong_together(("580", "980"), "899"),
                     "Art 580 og 980 og funksjon 899 brukes bare sammen.", "Rett funksjonen eller arten."),
}
