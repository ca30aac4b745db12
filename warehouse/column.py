"""What a column is: its type, unit, label, description and constraints. Which columns there are, in `columns.py`."""

from dataclasses import dataclass

from warehouse.constraints import Constraint


@dataclass(frozen=True)
class Column:
    """One column: DuckDB type, unit (a key of `warehouse.units.UNITS` or None), label and description in bokmål."""

    name: str
    type: str
    label: str
    description: str
    unit: str | None = None
    constraints: tuple[Constraint, ...] = ()
