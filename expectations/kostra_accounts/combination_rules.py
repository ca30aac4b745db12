"""R020–R081: which functions and species may stand together, in operation and in investment, from 2020.

Lines with amount zero break none of these rules.
"""

from collections.abc import Callable, Iterable, Iterator

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of, posted
from expectations.kostra_accounts.rule_table import codes_in_force
from expectations.wording import lines_text, some

ODD_IN_INVESTMENT = frozenset("100 110 121 170 171 400 410 421 470 471".split())
DEVIATION_SPECIES = frozenset("589 980 989".split())
LOAN_FUND_SPECIES = frozenset({"921"})
"""Instalments on loans passed on, which a loan fund keeps in operation."""

Picks = Callable[[AccountLine], bool]
Rule = Callable[[Accounts], Iterator[Violation]]


def species_in(*codes: str) -> Picks:
    return lambda line: line.species_code in codes


def function_in(*codes: str) -> Picks:
    return lambda line: line.function_code in codes


def only_on_function(species: Iterable[str], *functions: str) -> Picks:
    """Picks lines with one of the species on any other function."""
    wanted = frozenset(species)
    return lambda line: line.species_code in wanted and line.function_code not in functions


def belong_together(species: Iterable[str], function: str) -> Picks:
    """Picks lines that have one of the two but not the other."""
    wanted = frozenset(species)
    return lambda line: (line.species_code in wanted) != (line.function_code == function)


def violations(lines: Iterable[AccountLine], picks: Picks, claim: str, advice: str) -> Iterator[Violation]:
    """One violation for each function and species among the lines picked."""
    for (function, species), same in grouped(
            filter(picks, lines), lambda line: (line.function_code, line.species_code)).items():
        yield Violation(f"{lines_text(numbers_of(same))} har funksjon {function} og art {species}. {claim} {advice}",
                        numbers_of(same), f"funksjon {function}, art {species}", claim)


def in_operation(picks: Picks, claim: str, advice: str) -> Rule:
    return lambda accounts: violations(posted(accounts.operation), picks, claim, advice)


def in_investment(picks: Picks, claim: str, advice: str) -> Rule:
    return lambda accounts: violations(posted(accounts.investment), picks, claim, advice)


def anywhere(picks: Picks, claim: str, advice: str) -> Rule:
    return lambda accounts: violations(posted(accounts.lines), picks, claim, advice)


def in_force(rule_id: str, accounts: Accounts) -> frozenset[str]:
    """The rule's codes in the accounts' year, fewer in a quarterly file."""
    return codes_in_force(rule_id, accounts.year, accounts.quarter)


def investment_species_not_in_operation(accounts: Accounts) -> Iterator[Violation]:
    """R025; a loan fund passes its instalments on in operation."""
    codes = in_force("R025", accounts) - (LOAN_FUND_SPECIES if accounts.holds_loan_fund else frozenset())
    yield from in_operation(species_in(*codes), "Arten hører til investeringsregnskapet.", TO_INVESTMENT)(accounts)


def loans_in_operation(accounts: Accounts) -> Iterator[Violation]:
    """R035; before 2026 odd on any function, from then wrong on all but a few."""
    functions = sorted(in_force("R035", accounts))
    claim = (f"Utlån og avdrag i drift hører til funksjon {some(functions)}." if functions
             else "Utlån og avdrag er uvanlig i drift, om det ikke gjelder sosiale lån eller næringslån.")
    yield from in_operation(only_on_function(("520", "920"), *functions), claim,
                            "Rett funksjonen, eller flytt utlånet til investeringsregnskapet.")(accounts)


def operation_functions_not_in_investment(accounts: Accounts) -> Iterator[Violation]:
    """R040."""
    yield from in_investment(function_in(*in_force("R040", accounts)), "Funksjonen hører til driftsregnskapet.",
                             TO_OPERATION)(accounts)


def operation_species_not_in_investment(accounts: Accounts) -> Iterator[Violation]:
    """R050."""
    yield from in_investment(species_in(*in_force("R050", accounts)), "Arten hører til driftsregnskapet.",
                             TO_OPERATION)(accounts)


def taxes_only_on_their_function(accounts: Accounts) -> Iterator[Violation]:
    """R075."""
    yield from anywhere(only_on_function(in_force("R075", accounts), "800"), "Skattearter hører til funksjon 800.",
                        "Før skatten på funksjon 800.")(accounts)


TO_INVESTMENT = "Flytt beløpet til investeringsregnskapet, eller velg en art som gjelder i drift."
TO_OPERATION = "Flytt beløpet til driftsregnskapet, eller velg en kode som gjelder i investering."
LOOK_AGAIN = "Kontroller at beløpet er ført på rett sted."

RULES: dict[str, Rule] = {
    "R020": in_operation(function_in("841"), "Funksjon 841 hører til investeringsregnskapet.",
                         "Flytt beløpet til investeringsregnskapet, eller før det på tjenestens funksjon."),
    "R025": investment_species_not_in_operation,
    "R030": in_operation(species_in("285", "660"), "Arten er uvanlig i driftsregnskapet.", LOOK_AGAIN),
    "R035": loans_in_operation,
    "R040": operation_functions_not_in_investment,
    "R045": in_investment(function_in(*ODD_IN_INVESTMENT), "Funksjonen er uvanlig i investeringsregnskapet.",
                          LOOK_AGAIN),
    "R050": operation_species_not_in_investment,
    "R055": in_investment(species_in("620", "650", "900"), "Arten er uvanlig i investeringsregnskapet.", LOOK_AGAIN),
    "R060": in_investment(only_on_function(("729",), "841"), "I investering hører art 729 til funksjon 841.",
                          "Før kompensasjonen på funksjon 841."),
    "R065": anywhere(belong_together(DEVIATION_SPECIES, "899"),
                     "Art 589, 980 og 989 og funksjon 899 brukes bare sammen.", "Rett funksjonen eller arten."),
    "R070": anywhere(only_on_function(("530",), "880"), "Art 530 hører til funksjon 880.",
                     "Før inndekningen på funksjon 880."),
    "R075": taxes_only_on_their_function,
    "R080": anywhere(only_on_function(("800",), "840"), "Rammetilskudd (art 800) hører til funksjon 840.",
                     "Før tilskuddet på funksjon 840, eller velg arten for andre statlige overføringer (810)."),
    "R081": anywhere(lambda line: line.function_code == "850" and line.species_code not in ("450", "810", "850"),
                     "Funksjon 850 brukes bare med art 450, 810 og 850.",
                     "Før utgiften eller inntekten på tjenestens egen funksjon."),
}
