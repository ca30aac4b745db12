"""R113, R143 and R200–R220: the accounts of a church council (0F). The general sums of `sum_rules` hold for it too."""

from collections.abc import Iterator

from expectations.kostra_accounts.account_line import Accounts, Violation, numbers_of, total
from expectations.kostra_accounts.combination_rules import violations
from expectations.kostra_accounts.sum_rules import UNIT, Rule, cancels, on

SERVICES = frozenset("041 042 043 044 045".split())
FINANCE = "089"


def is_finance_species(code: str) -> bool:
    return "500" <= code <= "580" or "900" <= code <= "980" or code == "830"


def grant_is_posted(accounts: Accounts) -> Iterator[Violation]:
    """R113. Which sign the grant has is not judged: the council's incomes are negative, but SSB accepts both."""
    lines = on(accounts.operation, species="830")
    if accounts.operation and total(lines) == 0:
        yield Violation(f"filen mangler tilskudd fra kommunen: art 830 summerer til 0 {UNIT}. Ta det med.",
                        numbers_of(lines), "0", "ulikt 0")


def depreciation_equals_counter_entry(accounts: Accounts) -> Iterator[Violation]:
    """R143."""
    services = [line for line in accounts.operation if line.function_code in SERVICES]
    yield from cancels(on(services, species="590") + on(services, species="990"),
                       "avskrivninger (art 590) og motposten (art 990) på funksjon 041–045")


def only_finance_on_089(accounts: Accounts) -> Iterator[Violation]:
    """R200, whatever the amount."""
    yield from violations(
        accounts.lines, lambda line: line.function_code == FINANCE and not is_finance_species(line.species_code),
        "Funksjon 089 brukes bare med art 500–580, 830 og 900–980.", "Rett arten, eller før beløpet på tjenesten.")


def pair_cancels(expense: str, income: str, name: str) -> Rule:
    """What one part of the council hands over, another receives; operation and investment together."""
    def rule(accounts: Accounts) -> Iterator[Violation]:
        yield from cancels(on(accounts.lines, species=expense) + on(accounts.lines, species=income), name)
    return rule


RULES: dict[str, Rule] = {
    "R113": grant_is_posted, "R143": depreciation_equals_counter_entry, "R200": only_finance_on_089,
    "R210": pair_cancels("380", "780", "internkjøp (art 380) og internsalg (art 780)"),
    "R215": pair_cancels("390", "790", "kalkulatoriske utgifter (art 390) og inntekter (art 790)"),
    "R220": pair_cancels("465", "865", "overføring av midler (art 465) og innsamlede midler (art 865)"),
}
