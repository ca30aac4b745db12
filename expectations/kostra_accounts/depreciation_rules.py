"""R145–R165: depreciation (species 590) on the services, and its counter-entry (species 990) on function 860."""

from collections.abc import Iterator

from expectations.kostra_accounts.account_line import Accounts, Violation, numbers_of, total
from expectations.kostra_accounts.account_rule import AccountRule, of_sums, of_whole_accounts
from expectations.kostra_accounts.line_picks import OPERATION, Picks, function_between, function_in, species_in
from expectations.kostra_accounts.sum_rules import UNIT, cancelling
from expectations.wording import amount_text, lines_text

DEPRECIATION = species_in("590") & OPERATION
COUNTER_ENTRY = species_in("990") & OPERATION
ON_SERVICES = DEPRECIATION & function_between("100", "799")
ON_860 = COUNTER_ENTRY & function_in("860")


def is_not_zero(part: Picks, name: str) -> AccountRule:
    """R145 and R150, asked where there are such lines."""
    def judge(accounts: Accounts) -> Iterator[Violation]:
        lines = part.of(accounts)
        if lines and total(lines) == 0:
            yield Violation(f"{name} summerer til 0. Før beløpet, eller ta bort linjene.", numbers_of(lines), "0",
                            "ulikt 0")
    return of_sums(judge, f"{part.any_sql} AND {part.total_sql} = 0", part)


def misplaced(part: Picks, name: str, advice: str) -> AccountRule:
    """R160 and R165: amounts on a function they do not belong to; what cancels is let pass."""
    def judge(accounts: Accounts) -> Iterator[Violation]:
        lines = part.of(accounts)
        if total(lines) != 0:
            yield Violation(
                f"{lines_text(numbers_of(lines))} har {name} på feil funksjon, til sammen {amount_text(total(lines))} "
                f"{UNIT}. {advice}", numbers_of(lines), amount_text(total(lines)), "0")
    return of_sums(judge, f"{part.total_sql} <> 0", part)


MISPLACED_DEPRECIATION = misplaced(DEPRECIATION & function_between("800", "899"), "avskrivninger (art 590)",
                                   "Før dem på funksjonen til tjenesten som bruker eiendelen.")
MISPLACED_COUNTER_ENTRY = misplaced(COUNTER_ENTRY & ~function_in("860"), "motpost avskrivninger (art 990)",
                                    "Før den på funksjon 860.")

RULES: dict[str, AccountRule] = {rule_id: of_whole_accounts(rule) for rule_id, rule in {
    "R145": is_not_zero(ON_860, "motpost avskrivninger (funksjon 860, art 990)"),
    "R150": is_not_zero(ON_SERVICES, "avskrivninger (art 590 på tjenestene)"),
    "R155": cancelling("avskrivninger (art 590) og motposten på funksjon 860 (art 990)", ON_SERVICES, ON_860),
    "R160": MISPLACED_DEPRECIATION,
    "R165": MISPLACED_COUNTER_ENTRY,
}.items()}
