"""What of the traces may leave the house: for each number that is shown, the files it is worked out of.

No amount of a part is told, and not how many parts there are: the lines of a ledger or an invoice list are cases, and so
are the cells that hold counts. A part is told by its file, and in a workbook by its sheet. Lines are told of the accounts
only, which anybody can read at Statistics Norway, and only where the number tells of no count (SN0).

Which files are told must not depend on a hidden number either. A ledger is therefore told beside the accounts of its
municipality and year whether or not any of its lines count, and of interviews all projects in force are told.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from assets.public_findings import NEVER_PUBLIC
from assets.sql_files import indicator_union
from dashboards.labels import source_stems
from warehouse.database import Connection, records, rows
from warehouse.reference_data import reference_rows

NumberKey = tuple[str, str, str, str]
Place = tuple[int, str, int]
"""Delivery, sheet (empty outside workbooks) and line (0 where lines are not told)."""

_COLUMNS = ("indicator_id", "unit_code", "period", "breakdown")

_PLACES = f"""
WITH part AS ({indicator_union()}),
sheet AS (
    SELECT delivery_id, cell_number, sheet FROM raw.tertial_reports_cell
    UNION ALL
    SELECT delivery_id, cell_number, sheet FROM raw.data_requests_cell
)
SELECT DISTINCT part.indicator_id, part.unit_code, part.period, part.breakdown, part.delivery_id,
    coalesce(sheet.sheet, '') AS sheet,
    CASE WHEN delivery.stem = 'kostra_accounts' AND indicator.small_number_rule = 'SN0' THEN part.place_number ELSE 0
    END AS line
FROM part
INNER JOIN register.delivery ON delivery.delivery_id = part.delivery_id
INNER JOIN reference.indicator ON indicator.indicator_id = part.indicator_id
LEFT JOIN sheet ON sheet.delivery_id = part.delivery_id AND sheet.cell_number = part.place_number
WHERE part.role IN ('numerator', 'denominator')
"""

_CORRECTED = f"""
SELECT DISTINCT part.indicator_id, part.unit_code, part.period, part.breakdown
FROM ({indicator_union()}) AS part
INNER JOIN core.correction AS correction
    ON correction.delivery_id = part.delivery_id AND correction.place_number = part.place_number
WHERE correction.correction_state = 'in_use' AND correction.correction_action = 'override'
"""

_LEDGERS_BESIDE_ACCOUNTS = """
SELECT accounts.delivery_id, ledger.delivery_id
FROM core.delivery_in_force AS accounts
INNER JOIN core.delivery_in_force AS ledger
    ON ledger.source_unit_code = accounts.source_unit_code AND ledger.period = accounts.period
WHERE accounts.stem = 'kostra_accounts' AND ledger.stem = 'ledger'
"""

_DELIVERIES = """
SELECT delivery.delivery_id, delivery.stem, coalesce(delivery.sender_code, '') AS sender_code, delivery.file_name,
    max(force.version) AS version,
    strftime(delivery.received_at, '%Y-%m-%d') AS received_on
FROM core.delivery_in_force AS force
INNER JOIN register.delivery ON delivery.delivery_id = force.delivery_id
WHERE delivery.stem NOT IN (SELECT unnest(?))
GROUP BY delivery.delivery_id, delivery.stem, delivery.sender_code, delivery.file_name, delivery.received_at
"""


def public_traces(connection: Connection, values: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The traces of the published numbers that are shown, in the order of `values` (rows after disclosure control).

    Keys: indicator_id, unit_code, period, breakdown, is_corrected, and files: dicts of stem, sender_code
    (empty where nobody's own), file_name, version, received_on, sheets (names) and lines (numbers), both empty where they are not told.
    """
    shown = [_key(value) for value in values if value["status"] == "ok"]
    deliveries = {row["delivery_id"]: row for row in records(connection, _DELIVERIES, [list(NEVER_PUBLIC)])}
    places = _places(connection, deliveries)
    corrected = {tuple(row) for row in rows(connection, _CORRECTED)}
    return [{**dict(zip(_COLUMNS, key, strict=True)), "is_corrected": key in corrected,
             "files": _files(places.get(key, set()), deliveries)} for key in shown]


def _key(row: Mapping[str, Any]) -> NumberKey:
    return tuple(row[column] for column in _COLUMNS)


def _places(connection: Connection, deliveries: Mapping[int, Mapping[str, Any]]) -> dict[NumberKey, set[Place]]:
    """The places that are told of each number, before anybody has asked whether the number is shown."""
    sources = {row["indicator_id"]: source_stems(row["sources_nb"]) for row in reference_rows("indicator")}
    ledgers: dict[int, set[int]] = {}
    for accounts, ledger in rows(connection, _LEDGERS_BESIDE_ACCOUNTS):
        ledgers.setdefault(accounts, set()).add(ledger)
    interviews = {number for number, row in deliveries.items() if row["stem"] == "interview_codings"}
    found: dict[NumberKey, set[Place]] = {}
    for row in records(connection, _PLACES):
        beside = ledgers.get(row["delivery_id"], set()) if "ledger" in sources[row["indicator_id"]] else set()
        beside = beside | (interviews if row["delivery_id"] in interviews else set())
        found.setdefault(_key(row), set()).update(
            {(row["delivery_id"], row["sheet"], row["line"]), *((number, "", 0) for number in beside)})
    return found


def _files(places: set[Place], deliveries: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    files = []
    for number in {delivery_id for delivery_id, _, _ in places} & set(deliveries):
        delivery = deliveries[number]
        files.append({
            **{name: delivery[name] for name in (
                "stem", "sender_code", "file_name", "version", "received_on")},
            "sheets": tuple(sorted({sheet for one, sheet, _ in places if one == number and sheet})),
            "lines": tuple(sorted({line for one, _, line in places if one == number and line}))})
    return sorted(files, key=lambda file: tuple(file.values()))
