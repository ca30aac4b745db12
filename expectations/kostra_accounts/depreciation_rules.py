"""R145–R165: depreciation (species 590) on the services, and its counter-entry (species 990) on function 860."""

from collections.abc import Iterator, Sequence

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, numbers_of, total
from expectations.kostra_accounts.sum_rules import UNIT, cancels, of_whole_accounts, on
from expectations.wording import amount_text, lines_text


def on_services(lines: Sequence[AccountLine]) -> list[AccountLine]:
    return [line for line in on(lines, species="590") if "100" <= line.function_code <= "799"]


def counter_entry_is_not_zero(accounts: Accounts) -> Iterator[Violation]:
    """R145, asked where there are such lines."""
    yield from _not_zero(on(accounts.operation, function="860", species="990"),
                         "motpost avskrivninger (funksjon 860, art 990)")


def depreciation_is_not_zero(accounts: Accounts) -> Iterator[Violation]:
    """R150, asked where there are such lines."""
    yield from _not_zero(on_services(accounts.operation), "avskrivninger (art 590 på tjenestene)")


def depreciation_equals_counter_entry(accounts: Accounts) -> Iterator[Violation]:
    """R155."""
    yield from cancels(
        on_services(accounts.operation) + on(accounts.operation, function="860", species="990"),
        "avskrivninger (art 590) og motposten på funksjon 860 (art 990)")


def depreciation_not_on_finance(accounts: Accounts) -> Iterator[Violation]:
    """R160."""
    yield from misplaced_depreciation(accounts.operation)


def counter_entry_only_on_860(accounts: Accounts) -> Iterator[Violation]:
    """R165."""
    yield from misplaced_counter_entry(accounts.operation)


def misplaced_depreciation(lines: Sequence[AccountLine]) -> Iterator[Violation]:
    """Depreciation on functions 800–899."""
    wrong = [line for line in on(lines, species="590") if "800" <= line.function_code <= "899"]
    yield from _misplaced(wrong, "avskrivninger (art 590)", "Før dem på funksjonen til tjenesten som bruker eiendelen.")


def misplaced_counter_entry(lines: Sequence[AccountLine]) -> Iterator[Violation]:
    """Counter-entries on any function but 860."""
    wrong = [line for line in on(lines, species="990") if line.function_code != "860"]
    yield from _misplaced(wrong, "motpost avskrivninger (art 990)", "Før den på funksjon 860.")


def _not_zero(lines: Sequence[AccountLine], name: str) -> Iterator[Violation]:
    if lines and total(lines) == 0:
        yield Violation(f"{name} summerer til 0. Før beløpet, eller ta bort linjene.", numbers_of(lines), "0",
                        "ulikt 0")


def _misplaced(lines: Sequence[AccountLine], name: str, advice: str) -> Iterator[Violation]:
    if total(lines) != 0:
        yield Violation(
            f"{lines_text(numbers_of(lines))} har {name} på feil funksjon, til sammen {amount_text(total(lines))} {UNIT}. "
            f"{advice}", numbers_of(lines), amount_text(total(lines)), "0")


RULES = {rule_id: of_whole_accounts(rule) for rule_id, rule in {
    "R145": counter_entry_is_not_zero, "R150": depreciation_is_not_zero, "R155": depreciation_equals_counter_entry,
    "R160": depreciation_not_on_finance, "R165": counter_entry_only_on_860,
}.items()}
