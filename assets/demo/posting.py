"""One year's posting on a child-welfare function, in whole kroner: what accounts and ledger are both made of."""

from typing import NamedTuple

ALL_YEAR = tuple(range(1, 13))
TRIAL_YEAR_2016 = tuple(range(4, 13))
YEAR_END = (12,)
CASEWORK, MEASURES, OWN_INSTITUTION = "3210", "3220", "3230"
OTHER_SERVICES = "3290"


class Posting(NamedTuple):
    """An amount on a function and a species. Income is negative. `months` are the months the ledger spreads it over.

    The accounts hold every posting; the ledger's extract only those with `in_ledger`.
    """

    function: str
    species: str
    amount_nok: int
    text: str = ""
    responsibility: str = MEASURES
    project: str = ""
    purpose: str = ""
    months: tuple[int, ...] = ALL_YEAR
    invoice: str = ""
    supplier: str = ""
    area: str = ""
    in_ledger: bool = True


def trial_months(year: int) -> tuple[int, ...]:
    """The months of the year the trial ran: from April in 2016."""
    return TRIAL_YEAR_2016 if year == 2016 else ALL_YEAR
