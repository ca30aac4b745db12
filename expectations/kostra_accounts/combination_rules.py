"""R020–R081: which functions and species may stand together, in operation and in investment, from 2020.

Lines with amount zero break none of these rules.
"""

from collections.abc import Callable, Iterable, Iterator

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of
from expectations.kostra_accounts.account_rule import AccountRule, of_lines
from expectations.kostra_accounts.line_picks import INVESTMENT, OPERATION, POSTED, Picks, function_in, species_in
from expectations.wording import lines_text

INVESTMENT_SPECIES = frozenset("280 512 521 522 529 670 910 911 912 921 922 929 970".split())
INVESTMENT_SPECIES_IN_QUARTER = frozenset("529 670 910 911 929 970".split())
INVESTMENT_SPECIES_OF_CHURCH = frozenset("280 285 670 910 970".split())
INSTALMENTS_OF_LOAN_FUNDS = frozenset({"921"})
OPERATION_SPECIES = frozenset(
    "070 080 110 114 240 509 570 590 600 629 630 640 800 870 871 872 873 874 875 876 877 878 879 909 990".split())
OPERATION_SPECIES_IN_QUARTER = frozenset(
    "509 570 590 800 870 871 872 873 874 875 876 877 878 879 909 990".split())
OPERATION_SPECIES_OF_CHURCH = frozenset("570 590 990".split())
OPERATION_FUNCTIONS = ("800", "840", "850", "860")
OPERATION_FUNCTIONS_IN_QUARTER = ("800", "840", "860")
ODD_IN_INVESTMENT = frozenset("100 110 121 170 171 400 410 421 470 471".split())
LOAN_SPECIES = ("520", "920")
LAST_YEAR_LOANS_WERE_ONLY_ODD = 2024
CHURCH = "0F"
DEVIATION_SPECIES = frozenset("589 980 989".split())
TAX_SPECIES = frozenset("870 871 872 873 876 878 879".split())
LAST_YEAR_OF_TAX_SPECIES = {"874": 2022, "875": 2024}

Where = Picks | Callable[[Accounts], Picks]


def only_on_function(species: Iterable[str], *functions: str) -> Picks:
    """Picks lines with one of the species on any other function."""
    return species_in(*species) & ~function_in(*functions)


def belong_together(species: Iterable[str], function: str) -> Picks:
    """Picks lines that have one of the two but not the other."""
    has_species, has_function = species_in(*species), function_in(function)
    return has_species & ~has_function | has_function & ~has_species


def forbidden(where: Where, claim: str, advice: str) -> AccountRule:
    """A combination that may not stand: one violation for each function and species among the lines picked."""
    def say(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
        for (function, species), same in grouped(
                wrong, lambda line: (line.function_code, line.species_code)).items():
            yield Violation(f"{lines_text(numbers_of(same))} har funksjon {function} og art {species}. {claim} {advice}",
                            numbers_of(same), f"funksjon {function}, art {species}", claim)
    return of_lines(where, say)


def in_operation(picks: Picks, claim: str, advice: str) -> AccountRule:
    return forbidden(picks & OPERATION & POSTED, claim, advice)


def in_investment(picks: Picks, claim: str, advice: str) -> AccountRule:
    return forbidden(picks & INVESTMENT & POSTED, claim, advice)


def anywhere(picks: Picks, claim: str, advice: str) -> AccountRule:
    return forbidden(picks & POSTED, claim, advice)


def investment_species_in_operation(accounts: Accounts) -> Picks:
    """R025; a quarterly file is held to a shorter list, and a loan fund may receive instalments in operation."""
    codes = _species_of(accounts, INVESTMENT_SPECIES, INVESTMENT_SPECIES_IN_QUARTER, INVESTMENT_SPECIES_OF_CHURCH)
    if accounts.is_loan_fund:
        codes -= INSTALMENTS_OF_LOAN_FUNDS
    return species_in(*codes) & OPERATION & POSTED


def operation_functions_in_investment(accounts: Accounts) -> Picks:
    """R040; function 850 passes in a quarterly file."""
    codes = OPERATION_FUNCTIONS_IN_QUARTER if accounts.quarter else OPERATION_FUNCTIONS
    return function_in(*codes) & INVESTMENT & POSTED


def operation_species_in_investment(accounts: Accounts) -> Picks:
    """R050; a quarterly file is held to a shorter list."""
    codes = _species_of(accounts, OPERATION_SPECIES, OPERATION_SPECIES_IN_QUARTER, OPERATION_SPECIES_OF_CHURCH)
    return species_in(*codes) & INVESTMENT & POSTED


def taxes_elsewhere(accounts: Accounts) -> Picks:
    """R075; two species were taxes for some years only."""
    codes = TAX_SPECIES | {code for code, last in LAST_YEAR_OF_TAX_SPECIES.items() if accounts.year <= last}
    return only_on_function(codes, "800") & POSTED


def loans_in_operation() -> AccountRule:
    """R035: until 2024 worth a look on any function, later a warning outside three."""
    early = in_operation(species_in(*LOAN_SPECIES), "Utlån og avdrag er uvanlige i driftsregnskapet, "
                         "om de ikke er sosiale lån eller næringslån.", LOOK_AGAIN)
    later = in_operation(only_on_function(LOAN_SPECIES, "281", "325", "701"),
                         "Utlån og avdrag i drift hører til funksjon 281, 325 eller 701.",
                         "Rett funksjonen, eller flytt utlånet til investeringsregnskapet.")

    def of_the_year(accounts: Accounts) -> AccountRule:
        return early if accounts.year <= LAST_YEAR_LOANS_WERE_ONLY_ODD else later
    return AccountRule(lambda accounts: of_the_year(accounts)(accounts),
                       lambda accounts: of_the_year(accounts).lines(accounts))


def _species_of(accounts: Accounts, annual: frozenset[str], quarterly: frozenset[str],
                church: frozenset[str]) -> frozenset[str]:
    if accounts.form_code == CHURCH:
        return church
    return quarterly if accounts.quarter else annual


TO_INVESTMENT = "Flytt beløpet til investeringsregnskapet, eller velg en art som gjelder i drift."
TO_OPERATION = "Flytt beløpet til driftsregnskapet, eller velg en kode som gjelder i investering."
LOOK_AGAIN = "Kontroller at beløpet er ført på rett sted."

RULES: dict[str, AccountRule] = {
    "R020": in_operation(function_in("841"), "Funksjon 841 hører til investeringsregnskapet.",
                         "Flytt beløpet til investeringsregnskapet, eller før det på tjenestens funksjon."),
    "R025": forbidden(investment_species_in_operation, "Arten hører til investeringsregnskapet.", TO_INVESTMENT),
    "R030": in_operation(species_in("285", "660"), "Arten er uvanlig i driftsregnskapet.", LOOK_AGAIN),
    "R035": loans_in_operation(),
    "R040": forbidden(operation_functions_in_investment, "Funksjonen hører til driftsregnskapet.", TO_OPERATION),
    "R045": in_investment(function_in(*ODD_IN_INVESTMENT), "Funksjonen er uvanlig i investeringsregnskapet.",
                          LOOK_AGAIN),
    "R050": forbidden(operation_species_in_investment, "Arten hører til driftsregnskapet.", TO_OPERATION),
    "R055": in_investment(species_in("620", "650", "900"), "Arten er uvanlig i investeringsregnskapet.", LOOK_AGAIN),
    "R060": in_investment(only_on_function(("729",), "841"), "I investering hører art 729 til funksjon 841.",
                          "Før kompensasjonen på funksjon 841."),
    "R065": anywhere(belong_together(DEVIATION_SPECIES, "899"),
                     "Art 589, 980 og 989 og funksjon 899 brukes bare sammen.", "Rett funksjonen eller arten."),
    "R070": anywhere(only_on_function(("530",), "880"), "Art 530 hører til funksjon 880.",
                     "Før inndekningen på funksjon 880."),
    "R075": forbidden(taxes_elsewhere, "Skattearter hører til funksjon 800.", "Før skatten på funksjon 800."),
    "R080": anywhere(only_on_function(("800",), "840"), "Rammetilskudd (art 800) hører til funksjon 840.",
                     "Før tilskuddet på funksjon 840, eller velg arten for andre statlige overføringer (810)."),
    "R081": anywhere(function_in("850") & ~species_in("450", "810", "850"),
                     "Funksjon 850 brukes bare med art 450, 810 og 850.",
                     "Før utgiften eller inntekten på tjenestens egen funksjon."),
}
