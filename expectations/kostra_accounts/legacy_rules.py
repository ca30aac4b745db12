"""L07–L24: the rules of the annual 0A up to 2019. The newer rules give false findings on these years.

The limits are strict here: a difference of 30 is already too much.
"""

from collections.abc import Iterator

from expectations.kostra_accounts import code_lists
from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of
from expectations.kostra_accounts.account_rule import AccountRule, of_lines, of_sums, of_whole_accounts
from expectations.kostra_accounts.combination_rules import TO_INVESTMENT, TO_OPERATION, belong_together, forbidden
from expectations.kostra_accounts.depreciation_rules import (
    DEPRECIATION,
    MISPLACED_COUNTER_ENTRY,
    MISPLACED_DEPRECIATION,
    ON_860,
)
from expectations.kostra_accounts.line_picks import INVESTMENT, OPERATION, POSTED, Picks, function_in, species_in
from expectations.kostra_accounts.sum_rules import balances, cancelling, does_not_balance
from expectations.wording import lines_text, some

LIMIT = 30
INTERNAL_TRADE_LIMIT = 50
INVESTMENT_SPECIES = frozenset("529 548 670 910 911 929 948 958 970".split())
OPERATION_SPECIES = frozenset("240 509 540 570 590 800 870 874 875 877 909 990".split())
BUILDING_SPECIES = ("070", "075", "230", "250", "260")
BUILDING_FUNCTIONS = frozenset("130 221 222 261 381 386".split())


def species_is_invalid(accounts: Accounts) -> Picks:
    """L07: an unknown species with an amount, which stopped the file at SSB in these years."""
    return POSTED & ~species_in(*code_lists.species(accounts.form_code, accounts.year, accounts.is_oslo))


def tell_species(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
    for code, lines in grouped(wrong, lambda line: line.species_code).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har beløp på art «{code}», som ikke er gyldig i {accounts.year}. Slike "
            "filer ble ikke tatt imot: før beløpet på en gyldig art.", numbers_of(lines), code, "gyldig art")


def operation_and_investment_balance(accounts: Accounts) -> Iterator[Violation]:
    """L12: one finding, also when both are out of balance."""
    broken = [*balances(OPERATION.of(accounts), "driftsregnskapet", under=LIMIT),
              *balances(INVESTMENT.of(accounts), "investeringsregnskapet", under=LIMIT)]
    if broken:
        yield Violation(" ".join(each.message for each in broken),
                        found=" og ".join(each.found for each in broken), expected=broken[0].expected)


def all_of(*rules: AccountRule) -> AccountRule:
    """Several rules of sums told under one number, one after the other."""
    def judge(accounts: Accounts) -> Iterator[Violation]:
        for rule in rules:
            yield from rule(accounts)

    def lines(accounts: Accounts) -> Picks:
        about = rules[0].lines(accounts)
        for rule in rules[1:]:
            about |= rule.lines(accounts)
        return about
    return AccountRule(judge, lines, lambda accounts: " OR ".join(rule.broken(accounts) for rule in rules))


def function_cancels(function: str, advice: str) -> AccountRule:
    """L17 and L18, in operation and in investment."""
    return all_of(*(
        cancelling(f"funksjon {function} i {name} {advice} og", function_in(function) & account, under=LIMIT)
        for account, name in ((OPERATION, "drift"), (INVESTMENT, "investering"))))


def tell_zeros(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
    """L20, worth knowing only: one finding for them all."""
    if zeros := numbers_of(wrong):
        yield Violation(f"{lines_text(zeros)} har beløp 0. Ta gjerne bort linjene.", zeros, "0", "ulikt 0")


def tell_building_species(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
    """L22, a reminder only: one finding per species."""
    for species, lines in grouped(wrong, lambda line: line.species_code).items():
        functions = some(sorted({line.function_code for line in lines}))
        yield Violation(
            f"{lines_text(numbers_of(lines))} har byggart {species} på funksjon {functions}. Der tjenesten har egen "
            "byggfunksjon (130, 221, 222, 261, 381, 386), før beløpet der.", numbers_of(lines),
            f"funksjon {functions}", "byggfunksjon")


# The combinations may not stand whatever the amount; L14, L15 and L16 have limits of their own.
RULES: dict[str, AccountRule] = {
    "L07": of_lines(species_is_invalid, tell_species),
    "L08": forbidden(function_in("800", "860") & INVESTMENT, "Funksjonen hører til driftsregnskapet.", TO_OPERATION),
    "L09": forbidden(species_in(*INVESTMENT_SPECIES) & OPERATION, "Arten hører til investeringsregnskapet.",
                     TO_INVESTMENT),
    "L10": forbidden(species_in(*OPERATION_SPECIES) & INVESTMENT, "Arten hører til driftsregnskapet.", TO_OPERATION),
    "L12": of_whole_accounts(of_sums(
        operation_and_investment_balance,
        f"{does_not_balance(OPERATION, under=LIMIT)} OR {does_not_balance(INVESTMENT, under=LIMIT)}",
        OPERATION, INVESTMENT)),
    "L14": of_whole_accounts(cancelling("internkjøp (art 290) og internsalg (art 790)", species_in("290"),
                                        species_in("790"), under=INTERNAL_TRADE_LIMIT)),
    "L15": of_whole_accounts(cancelling(
        "overføring fra drift (art 570) og mottatt overføring i investering (art 970)",
        species_in("570") & OPERATION, species_in("970") & INVESTMENT, under=LIMIT)),
    "L16": of_whole_accounts(all_of(
        cancelling("avskrivninger (art 590) og motposten på funksjon 860 (art 990)", DEPRECIATION, ON_860, under=LIMIT),
        MISPLACED_DEPRECIATION, MISPLACED_COUNTER_ENTRY)),
    "L17": of_whole_accounts(function_cancels("190", "fordeles på brukerne")),
    "L18": of_whole_accounts(function_cancels("290", "fordeles på deltakerne")),
    "L19": of_whole_accounts(cancelling("reserverte bevilgninger (art 490)", species_in("490"), under=1)),
    "L20": of_lines(~POSTED, tell_zeros),
    "L22": of_lines(species_in(*BUILDING_SPECIES) & ~function_in(*BUILDING_FUNCTIONS), tell_building_species),
    "L23a": forbidden(function_in("841") & OPERATION, "Funksjon 841 hører til investeringsregnskapet.",
                      "Flytt beløpet til investeringsregnskapet."),
    "L24": forbidden(belong_together(("580", "980"), "899"),
                     "Art 580 og 980 og funksjon 899 brukes bare sammen.", "Rett funksjonen eller arten."),
}
