"""The number that stands in a delivered line or cell, and how much of it a part of an indicator is.

amount = offset + factor × delivered. Both are told with every part, so that anybody may check it on the file alone.
"""

from collections.abc import Iterable, Mapping

from warehouse.contracts import RAW_BY_STEM
from warehouse.contracts.raw_numbers import RAW_NUMBERS
from warehouse.database import Connection, rows
from warehouse.reference_data import reference_rows

Delivered = Mapping[tuple[int, int], tuple[float | None, str]]
"""Number (None where a sign stands for it) and unit, by delivery and line or cell number."""

# An invoice line holds several numbers; these indicators take its months of stay, and all others its amount.
_MONTHS_OF_STAY = frozenset({("E3-05", "numerator"), ("E3-06", "denominator"), ("E3-09", "denominator")})
# The share that is not what was delivered: 1 − it.
_OFFSETS = {"D2-01": 1.0}
_CODING = "koding"


def delivered_numbers(connection: Connection, stem: str, indicator_id: str, role: str, delivery_ids: Iterable[int]) -> Delivered:
    """The numbers of whole deliveries of one source, as a part with this role in the indicator takes them."""
    contract = RAW_BY_STEM[stem]
    place = "cell_number" if "cell_number" in contract.key else "line_number"
    number, unit = _columns(stem, indicator_id, role)
    if "status_sign" in contract.column_names:
        number = f"CASE WHEN status_sign = '-' THEN 0 WHEN status_sign IS NULL THEN {number} END"
    units = _units(stem)
    return {(delivery_id, place_number): (amount, units.get(code, code)) for delivery_id, place_number, amount, code in rows(
        connection, f"SELECT delivery_id, {place}, CAST({number} AS DOUBLE), {unit} FROM {contract.full_name} "
        "WHERE delivery_id IN (SELECT unnest(?))", [sorted(delivery_ids)])}


def _columns(stem: str, indicator_id: str, role: str) -> tuple[str, str]:
    """The number and the unit (or the code that has a unit) as SQL."""
    if stem not in RAW_NUMBERS:
        return "1", f"'{_CODING}'"
    if stem == "supplier_invoices" and (indicator_id, role) in _MONTHS_OF_STAY:
        return "months_count", "'måneder'"
    coded = {"kostra_statistics": "key_figure_code", "tertial_reports": "field_id", "data_requests": "field_id",
             "bufetat": "unit"}
    return RAW_NUMBERS[stem].column, coded.get(stem, f"'{RAW_NUMBERS[stem].unit}'")


def delivered_column(stem: str, indicator_id: str, role: str) -> str:
    """The raw column that a part with this role in the indicator is made of."""
    return _columns(stem, indicator_id, role)[0]


def _units(stem: str) -> dict[str, str]:
    """The unit of each key figure or form field; empty where the row itself says it."""
    if stem == "kostra_statistics":
        return {row["key_figure_code"]: row["unit"] for row in reference_rows("key_figure")}
    return {row["field_id"]: row["unit"] for row in reference_rows("form_field") if row["stem"] == stem}


def share_of_delivered(indicator_id: str, amount: float | None, delivered: float | None) -> dict[str, float | None]:
    """`factor` and `offset`. A number that is missing has no factor; neither has a zero, which adds nothing."""
    offset = _OFFSETS.get(indicator_id, 0.0)
    if amount is None or not delivered:
        return {"factor": None, "offset": offset}
    # Twelve digits are what the binary numbers on both sides are good for.
    return {"factor": float(f"{(amount - offset) / delivered:.12g}"), "offset": offset}
