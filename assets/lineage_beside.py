"""Files that are told beside those of a number's parts, so that which files are told depends on no line that counts.

The ledger holds what must be taken out of the accounts (unaccompanied minors) or added to them (the trial). If it were
told only where it has such a line, its absence would say that there is none: that no child of the kind lives in a named
municipality that year, or that nothing was bought for anybody. It is therefore told beside the accounts of the same
municipality and year, in the same role, for every indicator that draws on ledgers. Of interviews all that are in force
are told, for one that is left out would say that nobody there had anything to say.
"""

from collections.abc import Iterable
from typing import Any

from dashboards.labels import source_stems
from warehouse.database import Connection, records
from warehouse.reference_data import reference_rows

_LEDGERS = """
SELECT accounts.delivery_id AS known_id, municipality_code.unit_code, accounts.period, ledger.delivery_id,
    delivery.file_name, strftime(delivery.received_at, '%Y-%m-%d') AS received_on, max(ledger.version) AS version
FROM core.delivery_in_force AS accounts
INNER JOIN core.delivery_in_force AS ledger
    ON ledger.source_unit_code = accounts.source_unit_code AND ledger.period = accounts.period AND ledger.stem = 'ledger'
INNER JOIN register.delivery ON delivery.delivery_id = ledger.delivery_id
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = accounts.source_unit_code
    AND CAST(substring(accounts.period, 1, 4) AS INTEGER)
        BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
WHERE accounts.stem = 'kostra_accounts'
GROUP BY ALL
"""
_INTERVIEWS = """
SELECT CAST(coding.interview_year AS VARCHAR) AS period, force.delivery_id, delivery.file_name,
    strftime(delivery.received_at, '%Y-%m-%d') AS received_on, max(force.version) AS version
FROM core.delivery_in_force AS force
INNER JOIN register.delivery ON delivery.delivery_id = force.delivery_id
INNER JOIN raw.interview_codings_coding AS coding
    ON coding.delivery_id = force.delivery_id AND coding.record_kind = 'document'
WHERE force.stem = 'interview_codings'
GROUP BY ALL
"""

Row = dict[str, Any]


def with_files_beside(connection: Connection, rows: Iterable[Row]) -> list[Row]:
    """The rows (one for each number, term, role and delivery) and those of the files beside them, each file once.

    A row that is added has no `numbers` and no `amount`.
    """
    found = {_key(row): row for row in rows}
    ledgers, interviews = records(connection, _LEDGERS), records(connection, _INTERVIEWS)
    drawing = {row["indicator_id"] for row in reference_rows("indicator") if "ledger" in source_stems(row["sources_nb"])}
    added: dict[tuple, Row] = {}
    for row in found.values():
        beside = []
        if row["stem"] == "kostra_accounts" and row["indicator_id"] in drawing:
            beside = [{**one, "stem": "ledger"} for one in ledgers if one["known_id"] == row["delivery_id"]
                      and one["unit_code"] == row["unit_code"] and one["period"] in row["periods"]]
        elif row["stem"] == "interview_codings":
            beside = [{**one, "stem": "interview_codings"} for one in interviews if one["period"] in row["periods"]]
        for one in beside:
            _add(added, row, one)
    return [*({**row, **added.pop(key)} if key in added else row for key, row in found.items()), *added.values()]


def _add(added: dict[tuple, Row], row: Row, beside: Row) -> None:
    """Puts the file beside the row among those added; a file of several years is told once, with all of them."""
    own = {**row, **{name: beside[name] for name in ("stem", "delivery_id", "file_name", "received_on", "version")},
           "periods": [beside["period"]], "numbers": [], "amount": None}
    there = added.setdefault(_key(own), own)
    there["periods"] = sorted({*there["periods"], beside["period"]})
    there["version"] = max(there["version"], beside["version"])


def _key(row: Row) -> tuple:
    return tuple(row[name] for name in (
        "indicator_id", "unit_code", "period", "breakdown", "term", "role", "delivery_id"))
