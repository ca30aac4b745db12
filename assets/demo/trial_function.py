"""Function 285: the trial by purpose, its funds, and the few lines that have nothing to do with the trial."""

from assets.demo.municipalities import guest_of, host_of, trial_project, unit_of
from assets.demo.ordinary_functions import responsibility_of
from assets.demo.own_institution import own_institution_postings
from assets.demo.posting import OTHER_SERVICES, YEAR_END, Posting, trial_months
from assets.demo.private_postings import private_postings
from assets.demo.species_shares import by_species
from assets.demo.targets import amount, amounts

TRIAL_FUNCTION = "285"
PURPOSE_OF_PURCHASES = "252"
NOT_SPLIT = "unsplit"
OTHER_PROJECT = "28590"


def trial_function_postings(municipality_code: str, year: int) -> list[Posting]:
    """Everything on 285, in whole kroner."""
    return [*_trial(municipality_code, year), *_other(municipality_code, year)]


def _trial(municipality_code: str, year: int) -> list[Posting]:
    known = [*_hosting(municipality_code, year), *_fixed(municipality_code, year),
             *(posting for posting in (*private_postings(municipality_code, year),
                                       *own_institution_postings(municipality_code, year))
               if posting.function == TRIAL_FUNCTION)]
    if host_of(municipality_code, year) is not None:
        return known
    postings = list(known)
    for purpose, thousand in amounts("trial:", unit_of(municipality_code), year).items():
        rest = 1000 * thousand
        if purpose == PURPOSE_OF_PURCHASES:
            rest -= sum(posting.amount_nok for posting in known) + _guest_net_nok(municipality_code, year)
        postings += _by_weights(municipality_code, year, purpose, rest)
    return postings


def _guest_net_nok(municipality_code: str, year: int) -> int:
    guest = guest_of(municipality_code, year)
    return 1000 * amount(f"hosted:{TRIAL_FUNCTION}", guest, year) if guest else 0


def _posting(municipality_code: str, year: int, species: str, nok: int, purpose: str, text: str = "",
             months: tuple[int, ...] | None = None) -> Posting:
    named = "" if purpose == NOT_SPLIT else purpose
    return Posting(TRIAL_FUNCTION, species, nok, text, responsibility_of(named), trial_project(municipality_code),
                   named, months or trial_months(year))


def _hosting(municipality_code: str, year: int) -> list[Posting]:
    guest = guest_of(municipality_code, year)
    paid = 1000 * amount(f"hosted:{TRIAL_FUNCTION}", guest or municipality_code, year)
    if not paid:
        return []
    species, sign = ("750", -1) if guest else ("350", 1)
    return [_posting(municipality_code, year, species, sign * paid, PURPOSE_OF_PURCHASES,
                     "Oppgjør i vertskommunesamarbeidet", YEAR_END)]


def _fixed(municipality_code: str, year: int) -> list[Posting]:
    return [_posting(municipality_code, year, species, 1000 * thousand, PURPOSE_OF_PURCHASES,
                     "Plasseringstiltak, samlepost")
            for species, thousand in amounts(f"species:{TRIAL_FUNCTION}:", municipality_code, year).items()]


def _by_weights(municipality_code: str, year: int, purpose: str, rest_nok: int) -> list[Posting]:
    parts = by_species(rest_nok, f"share:{TRIAL_FUNCTION}:{purpose}:", municipality_code, TRIAL_FUNCTION)
    return [_posting(municipality_code, year, species, nok, purpose) for species, nok in parts.items()]


def _other(municipality_code: str, year: int) -> list[Posting]:
    """Lines on 285 under another project: 285 is a general function."""
    return [Posting(TRIAL_FUNCTION, species, 1000 * thousand, responsibility=OTHER_SERVICES, project=OTHER_PROJECT)
            for species, thousand in amounts("other_285:", municipality_code, year).items()]
