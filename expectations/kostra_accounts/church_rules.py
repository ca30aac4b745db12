"""R113, R143 and R200–R220: the accounts of a church council (0F). The general sums of `sum_rules` hold for it too."""

from collections.abc import Iterator

from expectations.kostra_accounts.account_line import Accounts, Violation, numbers_of, total
from expectations.kostra_accounts.account_rule import AccountRule, of_sums
from expectations.kostra_accounts.combination_rules import forbidden
from expectations.kostra_accounts.line_picks import OPERATION, function_in, species_between, species_in
from expectations.kostra_accounts.sum_rules import UNIT, cancelling

ON_SERVICES = function_in("041", "042", "043", "044", "045") & OPERATION
FINANCE_SPECIES = species_between("500", "580") | species_between("900", "980") | species_in("830")
GRANT = species_in("830") & OPERATION


def grant_is_posted(accounts: Accounts) -> Iterator[Violation]:
    """R113. Which sign the grant has is not judged: the council's incomes are negative, but SSB accepts both."""
    lines = GRANT.of(accounts)
    if OPERATION.of(accounts) and total(lines) == 0:
        yield Violation(f"filen mangler tilskudd fra kommunen: art 830 summerer til 0 {UNIT}. Ta det med.",
                        numbers_of(lines), "0", "ulikt 0")


def pair_cancels(expense: str, income: str, name: str) -> AccountRule:
    """What one part of the council hands over, another receives; operation and investment together."""
    return cancelling(name, species_in(expense), species_in(income))


RULES: dict[str, AccountRule] = {
    "R113": of_sums(grant_is_posted, f"{OPERATION.any_sql} AND {GRANT.total_sql} = 0", OPERATION),
    "R143": cancelling("avskrivninger (art 590) og motposten (art 990) på funksjon 041–045",
                       species_in("590") & ON_SERVICES, species_in("990") & ON_SERVICES),
    "R200": forbidden(function_in("089") & ~FINANCE_SPECIES,  # whatever the amount
                      "Funksjon 089 brukes bare med art 500–580, 830 og 900–980.",
                      "Rett arten, eller før beløpet på tjenesten."),
    "R210": pair_cancels("380", "780", "internkjøp (art 380) og internsalg (art 780)"),
    "R215": pair_cancels("390", "790", "kalkulatoriske utgifter (art 390) og inntekter (art 790)"),
    "R220": pair_cancels("465", "865", "overføring av midler (art 465) og innsamlede midler (art 865)"),
}
