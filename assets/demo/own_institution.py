"""The municipality's own institution: gross cost, split as the invoices are, the rate on 252 and the rest on 285."""

from decimal import Decimal

from assets.demo.apportioning import apportion
from assets.demo.municipalities import trial_project
from assets.demo.posting import OWN_INSTITUTION, Posting
from assets.demo.private_purchases import INSTITUTION, RATE_OF, rate
from assets.demo.targets import amount, target, weights

GROSS = "own_institution:gross"


def own_institution_postings(municipality_code: str, year: int) -> list[Posting]:
    """The institution's year; empty where the municipality has none."""
    gross = amount(GROSS, municipality_code, year)
    if not gross:
        return []
    months_of_stay = Decimal(target("own_institution:months", municipality_code, year).text)
    ordinary = int(months_of_stay * rate(RATE_OF[INSTITUTION], year))
    open_months = tuple(range(amount("own_institution:first_month", municipality_code, year), 13))
    shares = weights("share:own_institution:", municipality_code)
    common = {"text": "Egen institusjon, samlepost", "responsibility": OWN_INSTITUTION, "months": open_months}
    return [
        *(Posting("252", species, nok, **common) for species, nok in apportion(ordinary, shares).items()),
        *(Posting("285", species, nok, project=trial_project(municipality_code), purpose="252", **common)
          for species, nok in apportion(gross - ordinary, shares).items()),
    ]
