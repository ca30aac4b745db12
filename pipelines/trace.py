"""Where a number comes from: the delivered numbers that take part in it, each with its file and line or cell."""

from dataclasses import dataclass
from typing import Any

from assets.corrections_in_force import corrections_in_force, dropped_of, used_value
from assets.places import NamedCells, named_cells, placed
from assets.sql_files import sql_tables
from pipelines.delivered_cells import Delivered, delivered_column, delivered_numbers, share_of_delivered
from pipelines.failures import WrongUsage
from warehouse.database import Connection, records
from warehouse.reference_data import reference_rows


@dataclass(frozen=True)
class Trace:
    """One indicator value and its parts.

    `parts`: dicts with term, role, amount (in the indicator's unit, signed), status, delivery_id, stem, file_name,
    version and received_on of the delivery, line or cell, the sheet of a workbook's cell, and the number that stands
    there: amount = offset + factor × delivered (in `delivered_unit`). value = sum over terms of (sum of numerators / sum
    of denominators, 1 where a term has none). Where a correction in force has changed the number, the corrected one takes
    the place of the delivered one; `corrections` tells it. `dropped`: the corrections that have taken a line out of what
    the number is made from.
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
    dropped: tuple[dict[str, Any], ...] = ()

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
    dropped = dropped_of(connection, indicator_id, unit_code, period)
    return [Trace(indicator_id=indicator_id, unit_code=unit_code, period=period, formula_nb=formula,
                  parts=tuple(part for part in parts if part["breakdown"] == value["breakdown"]),
                  dropped=tuple(one for one in dropped if one["breakdown"] == value["breakdown"]), **value)
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
    named = {stem: named_cells(connection, stem, {part["delivery_id"] for part in found if part["stem"] == stem})
             for stem in {part["stem"] for part in found}}
    corrections = corrections_in_force(connection)
    return [_placed({**part, **_delivered(part, indicator_id, numbers[part["stem"], part["role"]],
                                          corrections.get((part["delivery_id"], part["place_number"]), []))},
                    named[part["stem"]]) for part in found]


def _delivered(part: dict[str, Any], indicator_id: str, numbers: Delivered, corrections: list[dict]) -> dict[str, Any]:
    """The number that stands at the part's place, what has been corrected of it, and how much of it the part is."""
    delivered, unit = numbers[part["delivery_id"], part["place_number"]]
    used = used_value(delivered, delivered_column(part["stem"], indicator_id, part["role"]), corrections)
    return {"delivered": delivered, "delivered_unit": unit, "corrections": corrections,
            **share_of_delivered(indicator_id, part["amount"], used)}


def _placed(part: dict[str, Any], named: NamedCells) -> dict[str, Any]:
    number = part.pop("place_number")
    return {**part, **placed(part["stem"], part["delivery_id"], number, named)}
