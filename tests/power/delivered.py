"""A delivered row and its place: which unit and period it is about, and how findings name where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from warehouse.contracts import RAW_BY_STEM

Row = dict[str, Any]
Change = tuple[Row | None, Row | None]
"""A row as delivered and as it is with the fault: None before for a row added, None after for a row left out."""

FORMS = ("tertial_reports", "data_requests")
CUBES = ("population", "kostra_statistics")


def place_number_of(stem: str) -> str:
    """The raw column that tells the rows of one delivery apart."""
    return RAW_BY_STEM[stem].key[1]


@dataclass(frozen=True)
class Place:
    """Where a row is. `unit_code` is None for what is about the whole country; `period` is a year or a tertial."""

    unit_code: str | None
    period: str
    sheet: str | None = None
    cell: str | None = None
    line_number: int | None = None

    @property
    def year(self) -> str:
        return self.period[:4]

    @staticmethod
    def of(stem: str, row: Row, unit_of: Callable[[str | None], str | None]) -> "Place":
        """The place of a raw row; `unit_of` gives the unit behind a municipality's code."""
        return Place(unit_of(_code(stem, row)), _period(stem, row), row.get("sheet"),
                     f"value[{row['cell_number']}]" if stem in CUBES else row.get("cell"), row.get("line_number"))


def _code(stem: str, row: Row) -> str | None:
    if stem == "bufetat":
        return row["municipality_code"] or row["bufetat_region_code"]
    if stem == "kostra_accounts":
        return row["region_code"][:4]
    return row.get("municipality_code") or row.get("region_code")


def _period(stem: str, row: Row) -> str:
    if stem in FORMS:
        return row["period"]
    if stem == "bufetat":
        return f"{row['year']}-T{row['tertial_number']}" if row["tertial_number"] else str(row["year"])
    if stem == "supplier_invoices":
        return str(row["service_from"].year)
    if stem == "supervision":
        return str(row["supervision_date"].year)
    return str(row.get("accounting_year") or row.get("year") or row.get("interview_year"))
