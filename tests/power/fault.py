"""One fault in one delivery, and a kind of fault: how such a one is drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.power.delivered import Change, Delivered, Row, number_of
from warehouse.columns import COLUMNS

_WITH_MORE_NUMBERS = {"supplier_invoices": ("amount_nok", "months_count")}


@dataclass(frozen=True)
class Fault:
    """A fault of a kind: the rows of one delivery that are not as they should be. `what` says in words how it was made."""

    kind: str
    stem: str
    delivery_id: int
    changes: tuple[Change, ...]
    what: str = ""


Maker = Callable[[Delivered, str, Random], Fault | None]
"""Draws one fault of a kind in a source, or None where the draw hit something the fault cannot be made of."""


@dataclass(frozen=True)
class Kind:
    """A kind of fault: its key, its name for people, the sources it is drawn from with equal chance, how it is made."""

    key: str
    name_nb: str
    stems: tuple[str, ...]
    make: Maker


def number_columns(stem: str) -> tuple[str, ...]:
    """The raw columns a single number may be wrong in."""
    return _WITH_MORE_NUMBERS.get(stem, (number_of(stem),))


def changed(row: Row, **columns: Any) -> Change:
    """The row with some columns changed; a number becomes of its column's type where the column can hold it."""
    return row, {**row, **{name: _fitting(name, value) for name, value in columns.items()}}


def _fitting(name: str, value: Any) -> Any:
    if COLUMNS[name].type == "DOUBLE" and value is not None:
        return float(value)
    if COLUMNS[name].type == "INTEGER" and value is not None and value == int(value):
        return int(value)
    return value
