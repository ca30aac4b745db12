"""The ordinary child-welfare functions 244, 251 and 252: known posts first, the rest of the net target by weights."""

from assets.demo.municipalities import guest_of, host_of, unit_of
from assets.demo.own_institution import own_institution_postings
from assets.demo.posting import CASEWORK, MEASURES, YEAR_END, Posting
from assets.demo.private_postings import private_postings
from assets.demo.species_shares import by_species
from assets.demo.targets import amount, amounts, target

FUNCTIONS = ("244", "251", "252")
IN_LEDGER_SPECIES = ("300", "350", "370", "750")


def responsibility_of(function: str) -> str:
    """The ledger's responsibility code for a function."""
    return CASEWORK if function == "244" else MEASURES


def ordinary_postings(municipality_code: str, year: int) -> list[Posting]:
    """Everything on 244, 251 and 252 except unaccompanied minors and funds."""
    invoiced = [posting for posting in (*private_postings(municipality_code, year),
                                        *own_institution_postings(municipality_code, year))
                if posting.function in FUNCTIONS]
    postings = list(invoiced)
    for function in FUNCTIONS:
        known = [*_fixed(municipality_code, year, function), *_hosting(municipality_code, year, function)]
        postings += known
        if host_of(municipality_code, year) is None:
            paid = sum(posting.amount_nok for posting in (*known, *invoiced) if posting.function == function)
            postings += _by_weights(municipality_code, function, _own_net_nok(municipality_code, year, function) - paid)
    return postings


def guest_net_nok(municipality_code: str, year: int, function: str) -> int:
    """Net of the municipality whose service this one hosts, in kroner; 0 for one that hosts nobody."""
    guest = guest_of(municipality_code, year)
    if guest is None:
        return 0
    own_posts = amounts(f"species:{function}:", guest, year)
    return 1000 * (amount(f"hosted:{function}", guest, year) + sum(own_posts.values()))


def _own_net_nok(municipality_code: str, year: int, function: str) -> int:
    unit_net = 1000 * target(f"net:{function}", unit_of(municipality_code), year).number
    return unit_net - guest_net_nok(municipality_code, year, function)


def _fixed(municipality_code: str, year: int, function: str) -> list[Posting]:
    return [Posting(function, species, 1000 * thousand, "Plasseringstiltak, samlepost" if function == "252" else "",
                    responsibility_of(function), in_ledger=species in IN_LEDGER_SPECIES)
            for species, thousand in amounts(f"species:{function}:", municipality_code, year).items()]


def _hosting(municipality_code: str, year: int, function: str) -> list[Posting]:
    """The guest pays its host on species 350, the host books the same on 750."""
    guest = guest_of(municipality_code, year)
    paid = amount(f"hosted:{function}", guest or municipality_code, year)
    if not paid:
        return []
    species, sign = ("750", -1) if guest else ("350", 1)
    return [Posting(function, species, sign * 1000 * paid, "Oppgjør i vertskommunesamarbeidet",
                    responsibility_of(function), months=YEAR_END)]


def _by_weights(municipality_code: str, function: str, rest_nok: int) -> list[Posting]:
    return [Posting(function, species, nok, responsibility=responsibility_of(function), in_ledger=False)
            for species, nok in by_species(rest_nok, f"share:{function}:", municipality_code, function).items()]
