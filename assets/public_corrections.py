"""What of the corrections may leave the house: which numbers rest on one, and that it is there; never what was delivered.

A reason is written for evaluators and may hold the delivered number. It is told only for sources that are printed for all
to read.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from assets.disclosure import Key
from warehouse.database import Connection, records

SOURCES_WITH_REASONS_TOLD = frozenset({"kostra_accounts", "grants", "rates", "population"})

_CORRECTED = """
SELECT indicator_id, breakdown, unit_code, period, correction_id FROM marts.corrected_number
WHERE correction_action <> 'flag' ORDER BY ALL
"""
_CORRECTIONS = """
SELECT correction_id, stem, coalesce(municipality_code.unit_code, correction.source_unit_code) AS unit_code, period,
    correction_action AS action, strftime(recorded_on, '%Y-%m-%d') AS recorded_on, correction_reason_nb AS reason, told_to,
    strftime(told_on, '%Y-%m-%d') AS told_on
FROM core.correction
LEFT JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = correction.source_unit_code
    AND CAST(substring(correction.period, 1, 4) AS INTEGER)
        BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
ORDER BY correction_id
"""


def corrections_of_numbers(connection: Connection) -> dict[Key, str]:
    """The keys of the corrections each number rests on, with spaces between; marks alone are findings and not here."""
    found: dict[Key, list[str]] = {}
    for row in records(connection, _CORRECTED):
        key = (row["indicator_id"], row["breakdown"], row["unit_code"], row["period"])
        found.setdefault(key, []).append(row["correction_id"])
    return {key: " ".join(ids) for key, ids in found.items()}


def public_corrections(connection: Connection, values: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The corrections that numbers shown in the release rest on. Keys: correction_id, stem, unit_code, period, action,
    recorded_on, reason (empty where it must not be told), told_to, told_on."""
    shown = {one for value in values for one in value["correction_ids"].split()}
    return [{**row, "reason": row["reason"] if row["stem"] in SOURCES_WITH_REASONS_TOLD else ""}
            for row in records(connection, _CORRECTIONS) if row["correction_id"] in shown]
