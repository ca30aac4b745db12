"""Where a delivered number is, as a reader finds it: a line of a file, a cell of a sheet or data set, a coding's name."""

from collections.abc import Iterable
from typing import Any

from assets.sources.cube import place_of
from warehouse.contracts import RAW_BY_STEM
from warehouse.database import Connection, rows

NamedCells = dict[tuple[int, int], tuple[str | None, str]]
"""Sheet (None outside workbooks) and name of the cells that have a name of their own, by delivery and cell number."""


def named_cells(connection: Connection, stem: str, delivery_ids: Iterable[int]) -> NamedCells:
    """The cells with names in some deliveries of one source; none for sources whose rows are lines."""
    contract = RAW_BY_STEM[stem]
    if "cell" not in contract.column_names:
        return {}
    sheet = "sheet" if "sheet" in contract.column_names else "NULL"
    return {(delivery_id, number): (in_sheet, cell) for delivery_id, number, in_sheet, cell in rows(
        connection, f"SELECT delivery_id, cell_number, {sheet}, cell FROM {contract.full_name} "
        "WHERE delivery_id IN (SELECT unnest(?))", [sorted(delivery_ids)])}


def placed(stem: str, delivery_id: int, number: int, named: NamedCells) -> dict[str, Any]:
    """The place as `line`, `sheet` and `cell`; those that do not apply are None."""
    if "cell_number" not in RAW_BY_STEM[stem].key:
        return {"line": number, "sheet": None, "cell": None}
    sheet, cell = named.get((delivery_id, number), (None, place_of(number)))
    return {"line": None, "sheet": sheet, "cell": cell}
