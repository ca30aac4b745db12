"""What is delivered and in force in a home: its raw rows, where each is, and which of them indicators are made of."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assets.raw_loading import Stored, stored_deliveries
from assets.sql_files import sql_tables
from warehouse.contracts import RAW_BY_STEM
from warehouse.contracts.raw_numbers import RAW_NUMBERS
from warehouse.database import Connection, records, rows
from warehouse.home import Home
from warehouse.reference_data import reference_rows

Row = dict[str, Any]
Change = tuple[Row | None, Row | None]
"""A row as delivered and as it is with the fault: None before for a row added, None after for a row left out."""

FORMS = ("tertial_reports", "data_requests")
CUBES = ("population", "kostra_statistics")
BOOKS = ("kostra_accounts", "ledger")
PARTS = ("numerator", "denominator")
_FIGURES = ("count", "fte", "amount", "days", "months")
_INSIDE_OTHER_PARTS = ("rates",)
"""A rate is no part by itself; it is inside the part it divides (C6-04)."""


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


class Delivered:
    """The deliveries in force, as material for faults."""

    def __init__(self, connection: Connection, home: Home) -> None:
        ids = [row[0] for row in rows(connection, "SELECT DISTINCT delivery_id FROM core.delivery_in_force ORDER BY 1")]
        self.stored: dict[int, Stored] = {
            delivery.delivery_id: delivery for delivery in stored_deliveries(connection, home, ids)}
        self._rows = {key: _rows_of(connection, delivery) for key, delivery in self.stored.items()}
        self._units: dict[str, str] = dict(rows(
            connection, "SELECT DISTINCT source_municipality_code, unit_code FROM reference.municipality_code"))
        union = " UNION ".join(f"SELECT delivery_id, place_number FROM indicators.{table.name} WHERE role IN {PARTS}"
                               for table in sql_tables("indicators"))
        self._taking_part = frozenset(rows(connection, union))
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for key, delivery in self.stored.items():
            self._by_stem[delivery.stem].append(key)

    def deliveries(self, stem: str) -> list[int]:
        """The ids of a source's deliveries in force."""
        return self._by_stem[stem]

    def rows(self, delivery_id: int) -> list[Row]:
        """A delivery's rows in the order they stand."""
        return self._rows[delivery_id]

    def numbers(self, stem: str) -> list[Row]:
        """The rows of a source with a number that some indicator is made of; these are what single faults are drawn from."""
        return self._numbers[stem]

    @cached_property
    def _numbers(self) -> dict[str, list[Row]]:
        return {stem: [row for key in keys for row in self.rows(key) if is_number(stem, row)
                       and (stem in _INSIDE_OTHER_PARTS or (key, row[place_number_of(stem)]) in self._taking_part)]
                for stem, keys in self._by_stem.items() if stem in RAW_NUMBERS}

    def unit_of(self, code: str | None) -> str | None:
        """The unit behind a code as a source writes it; regions, groups and the country stand for themselves."""
        return self._units.get(code, code)

    def place_of(self, stem: str, row: Row) -> Place:
        """Where a raw row is, as findings name places."""
        return Place(self.unit_of(_code(stem, row)), _period(stem, row), row.get("sheet"),
                     f"value[{row['cell_number']}]" if stem in CUBES else row.get("cell"), row.get("line_number"))


def place_number_of(stem: str) -> str:
    """The raw column that tells the rows of one delivery apart."""
    return RAW_BY_STEM[stem].key[1]


def number_of(stem: str) -> str:
    """The raw column that holds the number."""
    return RAW_NUMBERS[stem].column


def figures(stem: str) -> dict[str, dict[str, str]]:
    """The figure fields of a form, by id, in the order of the form."""
    return {row["field_id"]: row for row in reference_rows("form_field")
            if row["stem"] == stem and row["field_kind"] in _FIGURES}


def is_number(stem: str, row: Row) -> bool:
    """Whether the row carries a number, not a sign for one."""
    return row[number_of(stem)] is not None and row.get("status_sign") is None and (
        stem not in FORMS or row["field_id"] in figures(stem))


def _rows_of(connection: Connection, delivery: Stored) -> list[Row]:
    contract = RAW_BY_STEM[delivery.stem]
    return records(connection, f"SELECT * FROM {contract.full_name} WHERE delivery_id = ? "
                   f"ORDER BY {place_number_of(delivery.stem)}", [delivery.delivery_id])


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
