"""Where a number comes from: the delivered numbers that take part in it, each with its file and line or cell."""

from dataclasses import dataclass
from typing import Any

from assets.delivered_values import with_delivered
from assets.places import named_cells, placed
from assets.sql_files import sql_tables
from pipelines.failures import WrongUsage
from warehouse.database import Connection, records
from warehouse.reference_data import reference_rows


@dataclass(frozen=True)
class Trace:
    """One indicator value and its parts.

    `parts`: dicts with term, role, amount (in the indicator's unit, signed), status, delivery_id, stem, file_name,
    line or cell, the sheet of a workbook's cell, received_on, version, and how the amount comes of what stands there
    (`assets.delivered_values`): delivered, delivered_column, delivered_unit, offset, factor, corrections. value = sum over terms of (sum of numerators / sum of denominators,
    1 where a term has none). `dropped`: the corrections that have taken a line out of what the number is made from.
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
    dropped = records(
        connection, "SELECT number.breakdown, correction.correction_id, correction.stem, correction.place_key, "
        "correction.delivered_text AS delivered, correction.correction_reason_nb AS reason, correction.told_to, "
        "strftime(correction.told_on, '%Y-%m-%d') AS told_on, correction.delivery_id, correction.place_number "
        "FROM marts.corrected_number AS number "
        "INNER JOIN core.correction ON correction.correction_id = number.correction_id "
        "WHERE number.correction_action = 'drop' AND number.indicator_id = ? AND number.unit_code = ? "
        "AND number.period = ? ORDER BY correction.correction_id", [indicator_id, unit_code, period])
    return [Trace(indicator_id=indicator_id, unit_code=unit_code, period=period, formula_nb=formula,
                  parts=tuple(part for part in parts if part["breakdown"] == value["breakdown"]),
                  dropped=tuple(one for one in dropped if one["breakdown"] == value["breakdown"]), **value)
            for value in values]


def _parts(connection: Connection, indicator_id: str, unit_code: str, period: str) -> list[dict[str, Any]]:
    name = next(table.name for table in sql_tables("indicators") if table.indicator_id == indicator_id)
    found = records(
        connection,
        "SELECT part.breakdown, part.term, part.role, part.amount, part.status, part.delivery_id, delivery.stem, "
        "delivery.file_name, strftime(delivery.received_at, '%Y-%m-%d') AS received_on, part.place_number "
        f"FROM indicators.{name} AS part "
        "INNER JOIN register.delivery ON delivery.delivery_id = part.delivery_id "
        "WHERE part.unit_code = ? AND part.period = ? AND part.role IN ('numerator', 'denominator') "
        "ORDER BY part.breakdown, part.term, part.role DESC, delivery.file_name, part.delivery_id, part.place_number",
        [unit_code, period])
    named = {stem: named_cells(connection, stem, {part["delivery_id"] for part in found if part["stem"] == stem})
             for stem in {part["stem"] for part in found}}
    places = [(part, placed(part["stem"], part["delivery_id"], part["place_number"], named[part["stem"]])) for part in found]
    return with_delivered(connection, indicator_id, [{**part, **place} for part, place in places])
