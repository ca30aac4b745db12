"""What stands at the place of each part of a number, and how the part's amount comes of it.

amount = offset + factor × the delivered value, or the corrected one where a correction in force has changed it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from warehouse.columns import COLUMNS
from warehouse.database import Connection, records
from warehouse.raw_places import PLACES, RawPlace

# The column a part's amount comes of, where it is another than the source's own number.
_COLUMNS = {("E3-05", "numerator"): "months_count", ("E3-06", "denominator"): "months_count",
            ("E3-09", "denominator"): "months_count"}
_COLUMN_OF_CODINGS = "direction"
# 1 − the delivered share.
_TURNED = frozenset({"D2-01"})
_PRECISION = 12

_CORRECTIONS = """
SELECT correction_id, correction_action AS action, column_name AS "column", delivered_text AS delivered, corrected,
    correction_reason_nb AS reason, told_to, strftime(told_on, '%Y-%m-%d') AS told_on, delivery_id, place_number
FROM core.correction WHERE correction_state = 'in_force' ORDER BY correction_id
"""


def with_delivered(connection: Connection, indicator_id: str, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts with version, delivered, delivered_column, delivered_unit, offset, factor and corrections.

    `delivered` is the number as it stands in the file, in `delivered_unit`, None where the file has none; `factor` turns
    it into the amount. `place_number` is left out. A coding has no number: it counts one, or nothing.
    """
    raw = _raw_rows(connection, parts)
    corrections: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in records(connection, _CORRECTIONS):
        corrections.setdefault((row.pop("delivery_id"), row.pop("place_number")), []).append(row)
    found = [_with_value(indicator_id, part, raw[part["delivery_id"], part["place_number"]],
                         corrections.get((part["delivery_id"], part["place_number"]), [])) for part in parts]
    return [_without_number(part, found) for part in found]


def _raw_rows(connection: Connection, parts: list[dict[str, Any]]) -> dict[tuple[int, int], dict[str, Any]]:
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for stem in {part["stem"] for part in parts}:
        places = {(part["delivery_id"], part["place_number"]) for part in parts if part["stem"] == stem}
        for row in records(connection, _select(PLACES[stem]), [
                sorted({delivery_id for delivery_id, _ in places}), sorted({number for _, number in places})]):
            found[row["delivery_id"], row["number"]] = row
    return found


def _select(place: RawPlace) -> str:
    columns = [*place.values, *(["status_sign"] if place.has_signs else [])] or [_COLUMN_OF_CODINGS]
    return (f"SELECT line.delivery_id, line.{place.number} AS number, {', '.join(columns)}, {_unit(place)} AS unit, scope.version "
            f"FROM {place.contract.full_name} AS line LEFT JOIN register.delivery_scope AS scope "
            f"ON scope.delivery_id = line.delivery_id AND scope.source_unit_code = {place.unit} "
            f"AND scope.period = {place.period} AND scope.dataset_code = {place.dataset} "
            f"WHERE line.delivery_id IN (SELECT unnest(?)) AND line.{place.number} IN (SELECT unnest(?))")


def _unit(place: RawPlace) -> str:
    """SQL for the unit of the row's number, where it is not the same for the whole source."""
    if "unit" in place.contract.column_names:
        return "line.unit"
    if place.stem == "kostra_statistics":
        return "(SELECT unit FROM reference.key_figure AS known WHERE known.key_figure_code = line.key_figure_code)"
    if "field_id" in place.names:
        return ("(SELECT unit FROM reference.form_field AS known "
                f"WHERE known.stem = '{place.stem}' AND known.field_id = line.field_id)")
    return "'innbyggere'" if place.stem == "population" else "NULL"


def _with_value(indicator_id: str, part: Mapping[str, Any], raw: Mapping[str, Any],
                corrections: list[dict[str, Any]]) -> dict[str, Any]:
    place = PLACES[part["stem"]]
    column = _COLUMNS.get((indicator_id, part["role"])) if part["stem"] == "supplier_invoices" else None
    column = column or (place.values[0] if place.values else _COLUMN_OF_CODINGS)
    delivered = None if raw[column] is None else float(raw[column])
    if delivered is None and raw.get("status_sign") == "-":
        delivered = 0.0
    used = _used(delivered, column, corrections)
    offset, factor = _how(indicator_id, part, used, is_coding=not place.values)
    return {**part, "version": raw["version"], "delivered": delivered, "delivered_column": column,
            "delivered_unit": raw["unit"] or COLUMNS[column].unit, "offset": offset, "factor": factor,
            "corrections": corrections}


def _used(delivered: float | None, column: str, corrections: Iterable[Mapping[str, Any]]) -> float | None:
    """The number that counts: the corrected one, where this column is corrected."""
    for one in corrections:
        if one["action"] == "override" and one["column"] == column:
            return 0.0 if one["corrected"] == "-" else _number(one["corrected"])
    return delivered


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _how(indicator_id: str, part: Mapping[str, Any], used: float | None, *, is_coding: bool) -> tuple[float, float | None]:
    """Offset and factor; a factor that nobody can tell from a zero is None here and taken from its neighbours after."""
    if part["amount"] is None:
        return 0.0, None
    if is_coding:
        return part["amount"], 0.0
    if indicator_id in _TURNED:
        return 1.0, -1.0
    return 0.0, None if not used else float(f"{part['amount'] / used:.{_PRECISION}g}")


def _without_number(part: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The part as it is told: a zero is scaled as the other parts of its file and role are."""
    told = {key: value for key, value in part.items() if key != "place_number"}
    if told["factor"] is None and told["amount"] == 0:
        alike = ("term", "role", "delivery_id", "breakdown")
        told["factor"] = next((other["factor"] for other in parts if other["factor"] is not None
                               and all(other[name] == part[name] for name in alike)), 1.0)
    return told
