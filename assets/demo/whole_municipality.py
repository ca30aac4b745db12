"""A whole municipality's appropriation accounts in thousand kroner: child welfare, all else, operation in balance.

What tax, grants and finance leave after child welfare goes to the other services, so operation sums to zero;
depreciation has its contra item on 860, and value added tax its compensation on the same function.
"""

from collections import defaultdict

from assets.demo.apportioning import apportion, in_thousands
from assets.demo.child_welfare import child_welfare_postings
from assets.demo.municipalities import last_years_codes
from assets.demo.species_shares import by_species
from assets.demo.targets import amount, amounts, weights

Cell = tuple[str, str]
"""Function and species."""

DEPRECIATION, DEPRECIATION_CONTRA = "590", ("860", "990")
BLOCK_GRANT, OTHER_GENERAL_GRANT = ("840", "800"), ("840", "810")
SURPLUS = "line:1:899:580"
SURPLUS_OF_LAST_YEAR, TO_FUND = ("880", "930"), ("880", "540")


def operation(municipality_code: str, year: int) -> dict[Cell, int]:
    """Account class 1 by function and species, in thousand kroner; expense positive, the sum is zero."""
    cells: dict[Cell, int] = defaultdict(int)
    for part in (_child_welfare(municipality_code, year), given_lines(municipality_code, year, "1"),
                 _grants(municipality_code, year), _last_years_surplus(municipality_code, year),
                 _depreciation(municipality_code, year)):
        for cell, thousand in part.items():
            cells[cell] += thousand
    cells[DEPRECIATION_CONTRA] = -sum(thousand for cell, thousand in cells.items() if cell[1] == DEPRECIATION)
    for cell, thousand in _other_services(municipality_code, -sum(cells.values())).items():
        cells[cell] += thousand
    return {cell: thousand for cell, thousand in cells.items() if thousand}


def given_lines(municipality_code: str, year: int, account_class: str) -> dict[Cell, int]:
    """The lines the table gives as they are, for an account class."""
    lines = amounts(f"line:{account_class}:", municipality_code, year)
    return {tuple(key.split(":")): thousand for key, thousand in lines.items()}


def _child_welfare(municipality_code: str, year: int) -> dict[Cell, int]:
    """Kroner summed per function and species, then rounded within each function so that its sum stands."""
    by_function: dict[str, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
    for posting in child_welfare_postings(municipality_code, year):
        by_function[posting.function][posting.function, posting.species] += posting.amount_nok
    return {cell: thousand for cells in by_function.values() for cell, thousand in in_thousands(cells).items()}


def _grants(municipality_code: str, year: int) -> dict[Cell, int]:
    """The compensation comes on top of the ordinary block grant; the one-off grant is another general grant."""
    return {BLOCK_GRANT: -amount("compensation", municipality_code, year),
            OTHER_GENERAL_GRANT: -amount("one_off_grant", municipality_code, year)}


def _last_years_surplus(municipality_code: str, year: int) -> dict[Cell, int]:
    """Last year's surplus is used and set aside; the merged municipality takes over its predecessors'."""
    surplus = sum(amount(SURPLUS, code, year - 1) for code in last_years_codes(municipality_code, year))
    return {SURPLUS_OF_LAST_YEAR: -surplus, TO_FUND: surplus}


def _depreciation(municipality_code: str, year: int) -> dict[Cell, int]:
    shares = apportion(amount("depreciation", municipality_code, year), weights("share:depreciation:", ""))
    return {(function, DEPRECIATION): thousand for function, thousand in shares.items()}


def _other_services(municipality_code: str, total: int) -> dict[Cell, int]:
    """Spread over functions, and over species as services of their kind spend; the weights' keys are kind:function."""
    cells: dict[Cell, int] = {}
    for key, thousand in apportion(total, weights("share:function:", "")).items():
        profile, function = key.split(":")
        parts = by_species(thousand, f"share:species:{profile}:", municipality_code, profile)
        cells |= {(function, species): part for species, part in parts.items()}
    return cells
