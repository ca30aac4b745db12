"""Where a number comes from: the delivered numbers that take part in it, each with its file and line or cell."""

from dataclasses import dataclass
from typing import Any

from assets.sources.cube import place_of
from assets.sql_files import sql_tables
from pipelines.delivered_cells import (
    Corrections, Delivered, corrections_in_use, delivered_numbers, number_used, share_of_delivered,
)
from pipelines.failures import WrongUsage
from warehouse.contracts import RAW_BY_STEM
from warehouse.database import Connection, records, rows
from warehouse.reference_data import reference_rows


@dataclass(frozen=True)
class Trace:
    """One indicator value and its parts.

    `parts`: dicts with term, role, amount (in the indicator's unit, signed), status, delivery_id, stem, file_name,
    version and received_on of the delivery, line or cell, the sheet of a workbook's cell, and the number that stands
    there: amount = offset + factor × delivered (in `delivered_unit`); where `correction` (None without one) overrides
    it, the number of the correction stands in for what was delivered. value = sum over terms of (sum of numerators / sum
    of denominators, 1 where a term has none).
    """

    indicator_id: str
    unit_code: str
    period: str
    breakdown: str
    value: float | None
    unit: str
    status: str
    basis: str
    formula_nb: str
    parts: tuple[dict[str, Any], ...]

    @property
    def from_parts(self) -> float | None:
        """The value recomputed from the parts alone; None when a part is missing."""
        total = 0.0
        for term in sorted({part["term"] for part in self.parts}):
            numerator = self._sum(term, "numerator")
            denominator = self._sum(term, "denominator") if self._has(term, "denominator") else 1.0
            if numerator is None or not denominator:
                return None
            total += numerator / denominator
        return total

    def _has(self, term: int, role: str) -> bool:
        return any(part["term"] == term and part["role"] == role for part in self.parts)

    def _sum(self, term: int, role: str) -> float | None:
        amounts = [part["amount"] for part in self.parts if part["term"] == term and part["role"] == role]
        return None if any(amount is None for amount in amounts) else sum(amounts)


def trace(connection: Connection, indicator_id: str, unit_code: str, period: str) -> list[Trace]:
    """The traces of every breakdown of an indicator for a unit and period, ordered by breakdown.

    Raises WrongUsage where there is no such value.
    """
    values = records(
        connection, "SELECT breakdown, value, unit, status, basis FROM marts.indicator_value "
        "WHERE indicator_id = ? AND unit_code = ? AND period = ? ORDER BY breakdown", [indicator_id, unit_code, period])
    if not values:
        raise WrongUsage(f"{indicator_id} har ingen verdi for {unit_code} i {period}. "
                         "Se hva som finnes med «folgeeval indicators».")
    parts = _parts(connection, indicator_id, unit_code, period)
    formula = next(row["formula_nb"] for row in reference_rows("indicator") if row["indicator_id"] == indicator_id)
    return [Trace(indicator_id=indicator_id, unit_code=unit_code, period=period, formula_nb=formula,
                  parts=tuple(part for part in parts if part["breakdown"] == value["breakdown"]), **value)
            for value in values]


def _parts(connection: Connection, indicator_id: str, unit_code: str, period: str) -> list[dict[str, Any]]:
    name = next(table.name for table in sql_tables("indicators") if table.indicator_id == indicator_id)
    found = records(
        connection,
        "SELECT part.breakdown, part.term, part.role, part.amount, part.status, part.delivery_id, delivery.stem, "
        "delivery.file_name, force.version, strftime(delivery.received_at, '%Y-%m-%d') AS received_on, "
        f"part.place_number FROM indicators.{name} AS part "
        "INNER JOIN register.delivery ON delivery.delivery_id = part.delivery_id "
        "INNER JOIN (SELECT delivery_id, max(version) AS version FROM core.delivery_in_force GROUP BY delivery_id) "
        "AS force ON force.delivery_id = part.delivery_id "
        "WHERE part.unit_code = ? AND part.period = ? AND part.role IN ('numerator', 'denominator') "
        "ORDER BY part.breakdown, part.term, part.role DESC, delivery.file_name, part.delivery_id, part.place_number",
        [unit_code, period])
    kinds = {(part["stem"], part["role"]): set() for part in found}
    for part in found:
        kinds[part["stem"], part["role"]].add(part["delivery_id"])
    numbers = {kind: delivered_numbers(connection, kind[0], indicator_id, kind[1], ids) for kind, ids in kinds.items()}
    corrections = corrections_in_use(connection)
    named = {stem: _named_cells(connection, stem, {part["delivery_id"] for part in found if part["stem"] == stem})
             for stem in {part["stem"] for part in found}}
    return [_placed(_with_delivered(part, indicator_id, numbers[part["stem"], part["role"]], corrections),
                    named[part["stem"]]) for part in found]


def _with_delivered(
    part: dict[str, Any], indicator_id: str, numbers: Delivered, corrections: Corrections,
) -> dict[str, Any]:
    """The part with the number that stands at its place, its correction, and how much of it the part is."""
    place = part["delivery_id"], part["place_number"]
    delivered, unit = numbers[place]
    correction = corrections.get(place)
    used = number_used(delivered, correction)
    return {**part, "delivered": delivered, "delivered_unit": unit, "correction": correction,
            **share_of_delivered(indicator_id, part["amount"], used)}


NamedCells = dict[tuple[int, int], tuple[str | None, str]]
"""Sheet (None outside workbooks) and name of the cells that have a name of their own, by delivery and cell number."""


def _named_cells(connection: Connection, stem: str, delivery_ids: set[int]) -> NamedCells:
    contract = RAW_BY_STEM[stem]
    if "cell" not in contract.column_names:
        return {}
    sheet = "sheet" if "sheet" in contract.column_names else "NULL"
    return {(delivery_id, number): (in_sheet, cell) for delivery_id, number, in_sheet, cell in rows(
        connection, f"SELECT delivery_id, cell_number, {sheet}, cell FROM {contract.full_name} "
        "WHERE delivery_id IN (SELECT unnest(?))", [sorted(delivery_ids)])}


def _placed(part: dict[str, Any], named: NamedCells) -> dict[str, Any]:
    """The part with its place as a reader finds it: a line, a cell of a sheet or data set, or a coding's name."""
    number = part.pop("place_number")
    if "cell_number" not in RAW_BY_STEM[part["stem"]].key:
        return {**part, "line": number, "sheet": None, "cell": None}
    sheet, cell = named.get((part["delivery_id"], number), (None, place_of(number)))
    return {**part, "line": None, "sheet": sheet, "cell": cell}
