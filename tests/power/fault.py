"""One fault in one delivery, and the rows faults are drawn from."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from tests.power.delivered import FORMS, Change, Row, place_number_of
from tests.power.world import World
from warehouse.columns import COLUMNS
from warehouse.contracts.raw_numbers import RAW_NUMBERS
from warehouse.reference_data import reference_rows

_WITH_MORE_NUMBERS = {"supplier_invoices": ("amount_nok", "months_count")}
_INSIDE_OTHER_PARTS = ("rates",)
"""A rate is no part by itself; it is inside the part it divides (C6-04)."""


@dataclass(frozen=True)
class Fault:
    """A fault of a kind: the rows of one delivery that are not as they should be. `what` says in words how it was made."""

    kind: str
    stem: str
    delivery_id: int
    changes: tuple[Change, ...]
    what: str = ""


class Delivered:
    """The deliveries in force as material for faults."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for key, delivery in world.deliveries.items():
            self._by_stem[delivery.stem].append(key)

    def deliveries(self, stem: str) -> list[int]:
        """The ids of a source's deliveries in force."""
        return self._by_stem[stem]

    def rows(self, delivery_id: int) -> list[Row]:
        """A delivery's rows in the order they stand."""
        return self.world.rows[delivery_id]

    def numbers(self, stem: str) -> list[Row]:
        """The rows of a source with a number that some indicator is made of; these are what single faults are drawn from."""
        return self._numbers[stem]

    @cached_property
    def _numbers(self) -> dict[str, list[Row]]:
        return {stem: [row for key in keys for row in self.rows(key) if self.is_number(stem, row)
                       and (stem in _INSIDE_OTHER_PARTS or (key, row[place_number_of(stem)]) in self.world.taking_part)]
                for stem, keys in self._by_stem.items() if stem in RAW_NUMBERS}

    def is_number(self, stem: str, row: Row) -> bool:
        """Whether the row carries a number, not a sign for one."""
        return row[number_of(stem)] is not None and row.get("status_sign") is None and (
            stem not in FORMS or row["field_id"] in figures(stem))


def number_of(stem: str) -> str:
    """The raw column that holds the number."""
    return RAW_NUMBERS[stem].column


def number_columns(stem: str) -> tuple[str, ...]:
    """The raw columns a single number may be wrong in."""
    return _WITH_MORE_NUMBERS.get(stem, (number_of(stem),))


def figures(stem: str) -> dict[str, dict[str, str]]:
    """The figure fields of a form, by id, in the order of the form."""
    return {row["field_id"]: row for row in reference_rows("form_field")
            if row["stem"] == stem and row["field_kind"] in ("count", "fte", "amount", "days", "months")}


def changed(row: Row, **columns: Any) -> Change:
    """The row with some columns changed; a number becomes of its column's type where the column can hold it."""
    return row, {**row, **{name: _fitting(name, value) for name, value in columns.items()}}


def _fitting(name: str, value: Any) -> Any:
    if COLUMNS[name].type == "DOUBLE" and value is not None:
        return float(value)
    if COLUMNS[name].type == "INTEGER" and value is not None and value == int(value):
        return int(value)
    return value


Maker = Callable[[Delivered, str, Random], Fault | None]
"""Draws one fault of a kind in a source, or None where the draw hit something the fault cannot be made of."""


@dataclass(frozen=True)
class Kind:
    """A kind of fault: its key, its name for people, the sources it is drawn from with equal chance, how it is made."""

    key: str
    name_nb: str
    stems: tuple[str, ...]
    make: Maker
