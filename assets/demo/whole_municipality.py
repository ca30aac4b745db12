"""A whole municipality's appropriation accounts in thousand kroner: child welfare, all else, operation in balance.

What tax, grants and finance leave after child welfare goes to the other services, so operation sums to zero;
depreciation has its contra item on 860, and value added tax its compensation on the same function.
"""

from collections import defaultdict

from assets.demo.apportioning import apportion, in_thousands
from assets.demo.child_welfare import child_welfare_postings
from assets.demo.targets import amount, amounts, weights

Cell = tuple[str, str]
"""Function and species."""

DEPRECIATION, DEPRECIATION_CONTRA = "590", ("860", "990")
BLOCK_GRANT, OTHER_GENERAL_GRANT = ("840", "800"), ("840", "810")
SURPLUS_OF_LAST_YEAR, TO_FUND = ("880", "930"), ("880", "540")
PREDECESSORS = {("0729", 2018): ("0722", "0723")}


def operation(municipality_code: str, year: int) -> dict[Cell, int]:
    """Account class 1 by function and species, in thousand kroner; expense positive, the sum is zero."""
    cells: dict[Cell, int] = defaultdict(int)
    for part in (_child_welfare(municipality_code, year), _given_lines(municipality_code, year, "1"),
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
    return _given_lines(municipality_code, year, account_class)


def _given_lines(municipality_code: str, year: int, account_class: str) -> dict[Cell, int]:
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
    earlier = PREDECESSORS.get((municipality_code, year), (municipality_code,))
    surplus = sum(amount("line:1:899:580", code, year - 1) for code in earlier)
    return {SURPLUS_OF_LAST_YEAR: -surplus, TO_FUND: surplus}


def _depreciation(municipality_code: str, year: int) -> dict[Cell, int]:
    shares = apportion(amount("depreciation", municipality_code, year), weights("share:depreciation:", ""))
    return {(function, DEPRECIATION): thousand for function, thousand in shares.items()}


def _other_services(municipality_code: str, total: int) -> dict[Cell, int]:
    profile_of = {function: profile for profile, function in
                  (key.split(":") for key in weights("share:function:", ""))}
    function_weights = {key.split(":")[1]: weight for key, weight in weights("share:function:", "").items()}
    cells: dict[Cell, int] = {}
    for function, thousand in apportion(total, function_weights).items():
        profile = profile_of[function]
        species = apportion(thousand, weights(f"share:species:{profile}:", municipality_code))
        value_added_tax = thousand * amount(f"share:vat:{profile}", "", None) // 1000
        species |= {"429": value_added_tax, "729": -value_added_tax}
        cells |= {(function, code): part for code, part in species.items()}
    return cells
