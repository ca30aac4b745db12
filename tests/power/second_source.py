"""Which delivered numbers some other delivered number must agree with, and which stand alone.

For forms the sums and equalities of `field_part.csv` and the pairs of `form_field.csv` say so; for the other sources
`second_source.csv` beside this module, one line a group of rows, with the rules that hold the two together.
"""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests.power.delivered import FORMS, Row, place_number_of
from warehouse.contracts import RAW_BY_STEM
from warehouse.database import Connection, rows
from warehouse.reference_data import reference_rows

LISTED = Path(__file__).with_name("second_source.csv")
_KEEPS_TWO_TOGETHER = ("sum", "same")
_FIELD = {"kostra_accounts": "function_code", "ledger": "function_code", "kostra_statistics": "key_figure_code",
          "tertial_reports": "field_id", "data_requests": "field_id", "bufetat": "bufetat_figure_code",
          "supplier_invoices": "measure_type_code", "rates": "measure_code", "population": "age_code",
          "surveys": "question_id", "supervision": "matter_code", "grants": "grant_name"}


@cache
def listed() -> tuple[dict[str, str], ...]:
    """The lines of the list: stem, rows (an SQL condition on the raw table), other_source_nb, rule_ids."""
    with LISTED.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def form_fields_with_another() -> frozenset[tuple[str, str]]:
    """(stem, field_id) of the fields that a sum, an equality or the other form holds to account."""
    found = set()
    for row in reference_rows("field_part"):
        if row["relation"] in _KEEPS_TWO_TOGETHER:
            found |= {(row["stem"], row["total_field_id"]), (row["stem"], row["part_field_id"])}
    for row in reference_rows("form_field"):
        if row["field_id_compared"]:
            found |= {("tertial_reports", row["field_id"]), ("data_requests", row["field_id_compared"])}
    return frozenset(found)


class SecondSources:
    """The rows of a warehouse that have a second source."""

    def __init__(self, connection: Connection) -> None:
        self._places: set[tuple[str, int, int]] = set()
        for line in listed():
            stem, number = line["stem"], place_number_of(line["stem"])
            self._places |= {(stem, *place) for place in rows(
                connection, f"SELECT delivery_id, {number} FROM {RAW_BY_STEM[stem].full_name} WHERE {line['rows']}")}

    def has(self, stem: str, touched: Sequence[Row]) -> bool:
        """Whether any of the rows has a second source."""
        if stem in FORMS:
            return any((stem, row["field_id"]) in form_fields_with_another() for row in touched)
        number = place_number_of(stem)
        return any((stem, row["delivery_id"], row[number]) in self._places for row in touched)

    @staticmethod
    def field_of(stem: str, row: Row) -> str:
        """What the row is about, in one word of the source."""
        return str(row[_FIELD[stem]])
