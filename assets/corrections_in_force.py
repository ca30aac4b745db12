"""The corrections in force by the place they are of, as a trace tells them; what they do to core is SQL."""

from collections.abc import Iterable, Mapping
from typing import Any

from warehouse.database import Connection, records

_IN_FORCE = """
SELECT correction_id, correction_action AS action, column_name AS "column", delivered_text AS delivered, corrected,
    correction_reason_nb AS reason, told_to, strftime(told_on, '%Y-%m-%d') AS told_on, delivery_id, place_number
FROM core.correction WHERE correction_state = 'in_force' AND correction_action <> 'drop' ORDER BY correction_id
"""
_DROPPED = """
SELECT number.breakdown, correction.correction_id, correction.stem, correction.place_key,
    correction.delivered_text AS delivered, correction.correction_reason_nb AS reason, correction.told_to,
    strftime(correction.told_on, '%Y-%m-%d') AS told_on, correction.delivery_id, correction.place_number
FROM marts.corrected_number AS number
INNER JOIN core.correction ON correction.correction_id = number.correction_id
WHERE number.correction_action = 'drop' AND number.indicator_id = ? AND number.unit_code = ? AND number.period = ?
ORDER BY correction.correction_id
"""


def corrections_in_force(connection: Connection) -> dict[tuple[int, int], list[dict[str, Any]]]:
    """Those that change or mark a value, by delivery and place number."""
    found: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in records(connection, _IN_FORCE):
        found.setdefault((row.pop("delivery_id"), row.pop("place_number")), []).append(row)
    return found


def dropped_of(connection: Connection, indicator_id: str, unit_code: str, period: str) -> list[dict[str, Any]]:
    """The lines taken out of what the numbers of an indicator, unit and period are made from, each with its breakdown."""
    return records(connection, _DROPPED, [indicator_id, unit_code, period])


def used_value(delivered: float | None, column: str, corrections: Iterable[Mapping[str, Any]]) -> float | None:
    """The number that counts: the corrected one, where this column is corrected; None where that is a sign."""
    for one in corrections:
        if one["action"] == "override" and one["column"] == column:
            return 0.0 if one["corrected"] == "-" else _number(one["corrected"])
    return delivered


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
