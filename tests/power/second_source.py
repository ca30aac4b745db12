"""Which delivered numbers some other delivered number must agree with, and which stand alone.

Within a form the sums and equalities of `field_part.csv` say so. Between forms, files and sources `second_source.csv`
beside this module does: one line a group of rows, with the rules that hold the two together.
"""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests.power.delivered import FORMS, Change, Delivered, Row, place_number_of
from warehouse.contracts import RAW_BY_STEM
from warehouse.database import Connection, rows
from warehouse.reference_data import reference_rows

LISTED = Path(__file__).with_name("second_source.csv")
_KEEPS_TOGETHER = ("sum", "same")
_FIELD = {"kostra_accounts": "function_code", "ledger": "function_code", "kostra_statistics": "key_figure_code",
          "tertial_reports": "field_id", "data_requests": "field_id", "bufetat": "bufetat_figure_code",
          "supplier_invoices": "measure_type_code", "rates": "measure_code", "population": "age_code",
          "surveys": "question_id", "supervision": "matter_code", "grants": "grant_name"}


@cache
def listed() -> tuple[dict[str, str], ...]:
    """The lines of the list: stem, rows (an SQL condition on the raw table), columns, other_source_nb, rule_ids.

    Where columns are named the other source speaks of those only: that accounts balance says nothing of functions.
    """
    with LISTED.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def kept_together(stem: str) -> tuple[frozenset[str], ...]:
    """The groups of fields of a form that a sum or an equality ties to each other."""
    groups: dict[tuple[str, str], set[str]] = {}
    for row in reference_rows("field_part"):
        if row["stem"] == stem and row["relation"] in _KEEPS_TOGETHER:
            groups.setdefault((row["rule_id"], row["total_field_id"]), {row["total_field_id"]}).add(row["part_field_id"])
    return tuple(map(frozenset, groups.values()))


class SecondSources:
    """The delivered rows that have a second source."""

    def __init__(self, connection: Connection, delivered: Delivered) -> None:
        self._delivered = delivered
        self._held: dict[str, list[tuple[frozenset[str], frozenset[tuple]]]] = {}
        for line in listed():
            stem, number = line["stem"], place_number_of(line["stem"])
            places = frozenset(rows(
                connection, f"SELECT delivery_id, {number} FROM {RAW_BY_STEM[stem].full_name} AS line "
                f"WHERE {line['rows']}"))
            self._held.setdefault(stem, []).append((frozenset(line["columns"].split()), places))

    def has(self, stem: str, changes: Sequence[Change]) -> bool:
        """Whether any of the changed rows has a second source that is not wrong in the same way."""
        number = place_number_of(stem)
        for change in changes:
            row, wrong = change[0] or change[1], _wrong_columns(change)
            if any((row["delivery_id"], row[number]) in places and (not columns or columns & wrong)
                   for columns, places in self._held.get(stem, ())):
                return True
        return stem in FORMS and self._has_in_its_form(stem, [before or after for before, after in changes])

    def _has_in_its_form(self, stem: str, touched: Sequence[Row]) -> bool:
        """Whether some sum or equality ties a wrong field to a right one that carries a number."""
        wrong = {row["field_id"] for row in touched}
        told = {row["field_id"] for row in self._delivered.rows(touched[0]["delivery_id"]) if row["value"] is not None}
        return any(group & wrong and group & told - wrong for group in kept_together(stem))

    @staticmethod
    def field_of(stem: str, row: Row) -> str:
        """What the row is about, in one word of the source."""
        return str(row[_FIELD[stem]])


def _wrong_columns(change: Change) -> set[str]:
    """The columns that are not as delivered; of a row that is left out or added, all."""
    before, after = change
    if before is None or after is None:
        return set(before or after)
    return {name for name in before if before[name] != after[name]}
