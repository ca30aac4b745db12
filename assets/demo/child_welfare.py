"""All child-welfare postings of a municipality and year: ordinary functions, 285, unaccompanied minors and funds."""

from functools import cache

from assets.demo.municipalities import trial_project
from assets.demo.ordinary_functions import ordinary_postings, responsibility_of
from assets.demo.posting import YEAR_END, Posting
from assets.demo.targets import amounts
from assets.demo.trial_function import TRIAL_FUNCTION, trial_function_postings

UNACCOMPANIED_MINORS = "EM"


@cache
def child_welfare_postings(municipality_code: str, year: int) -> tuple[Posting, ...]:
    """The postings in whole kroner; both the accounts file and the ledger are made of them."""
    return (*ordinary_postings(municipality_code, year), *trial_function_postings(municipality_code, year),
            *_unaccompanied_minors(municipality_code, year), *_funds(municipality_code, year))


def _unaccompanied_minors(municipality_code: str, year: int) -> list[Posting]:
    postings = []
    for key, thousand in amounts("em:", municipality_code, year).items():
        function, species = key.split(":")
        text = "Enslige mindreårige, refusjon" if thousand < 0 else "Enslige mindreårige, samlepost"
        postings.append(Posting(function, species, 1000 * thousand, text, responsibility_of(function),
                                area=UNACCOMPANIED_MINORS))
    return postings


def _funds(municipality_code: str, year: int) -> list[Posting]:
    postings = []
    for key, thousand in amounts("fund:", municipality_code, year).items():
        function, species = key.split(":")
        text = "Bruk av fond" if thousand < 0 else "Avsetning til bundet fond"
        project = trial_project(municipality_code) if function == TRIAL_FUNCTION else ""
        postings.append(Posting(function, species, 1000 * thousand, text, project=project, months=YEAR_END))
    return postings
