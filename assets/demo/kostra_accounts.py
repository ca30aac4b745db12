"""The annual accounts file 0A as the municipality's accounting system extracts it for Statistics Norway."""

from assets.demo.delivery import CONSTRUCTED, DemoDelivery, delivery
from assets.demo.investment import investment
from assets.demo.targets import amounts, places_of, years_of
from assets.demo.whole_municipality import Cell, operation

BLANK_COMPANY_NUMBERS = " " * 18
ANNUAL = " "


def accounts_deliveries() -> list[DemoDelivery]:
    """One file per municipality and year."""
    return [_accounts_delivery(code, year) for code in places_of("line:1:800:870")
            for year in years_of("line:1:800:870", code)]


def _accounts_delivery(municipality_code: str, year: int) -> DemoDelivery:
    lines = [f"0A{year}{ANNUAL}{municipality_code}00{BLANK_COMPANY_NUMBERS}{account_class}{function:<4}{species}"
             f"{thousand:>9}\n"
             for account_class, cells in (("1", operation(municipality_code, year)),
                                          ("0", investment(municipality_code, year)))
             for (function, species), thousand in _as_filed(cells, municipality_code, year, account_class)]
    return delivery(f"{municipality_code}/kostra_0A_{year}.dat", "".join(lines).encode("iso-8859-1"),
                    [CONSTRUCTED] * len(lines), first_place=1)


def _as_filed(cells: dict[Cell, int], municipality_code: str, year: int,
              account_class: str) -> list[tuple[Cell, int]]:
    """Sorted lines; some combinations are filed on two lines, which is legal and summed."""
    second_lines = amounts("second_line:", municipality_code, year) if account_class == "1" else {}
    filed = []
    for cell, thousand in sorted(cells.items()):
        second = second_lines.get(":".join(cell), 0)
        filed.append((cell, thousand - second))
        if second:
            filed.append((cell, second))
    return filed
