"""A municipality's investment accounts in thousand kroner; a loan covers what transfers and compensation leave."""

from collections import defaultdict

from assets.demo.apportioning import apportion
from assets.demo.targets import amount, weights
from assets.demo.whole_municipality import Cell, given_lines

VALUE_ADDED_TAX, COMPENSATION = "429", ("841", "729")
TRANSFER_IN_OPERATION, TRANSFER_FROM_OPERATION = "line:1:880:570", ("880", "970")
USE_OF_LOAN = ("870", "910")


def investment(municipality_code: str, year: int) -> dict[Cell, int]:
    """Account class 0 by function and species; the sum is zero."""
    cells: dict[Cell, int] = defaultdict(int)
    total = amount("investment", municipality_code, year)
    for key, thousand in apportion(total, weights("share:investment:", "")).items():
        function, species = key.split(":")
        cells[function, species] += thousand
    for cell, thousand in given_lines(municipality_code, year, "0").items():
        cells[cell] += thousand
    cells[COMPENSATION] = -sum(thousand for cell, thousand in cells.items() if cell[1] == VALUE_ADDED_TAX)
    cells[TRANSFER_FROM_OPERATION] = -amount(TRANSFER_IN_OPERATION, municipality_code, year)
    cells[USE_OF_LOAN] = -sum(cells.values())
    return {cell: thousand for cell, thousand in cells.items() if thousand}
