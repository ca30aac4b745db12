"""From the lines of a delimited file to a Reading: raw rows, scope and cells. Shared by ledger, grants and rates."""

from collections.abc import Iterable, Sequence
from typing import Any

from assets.sources.delimited import FORM_VERSION, Lines
from assets.sources.numbers import plain
from assets.sources.reading import Cell, Reading, ScopeKey
from expectations.finding import Finding


def reading_of(stem: str, lines: Lines, *, scope: tuple[str | None, str], value: str, unit: str,
               findings: Iterable[Finding] = ()) -> Reading:
    """The reading of a file whose lines each carry one number.

    `scope` names the unit field (None for a national file) and the period field; `value` names the number's field.
    """
    from warehouse.arrow import arrow_table
    from warehouse.contracts import RAW_BY_STEM

    contract = RAW_BY_STEM[stem]
    keys = [name for name in contract.column_names if name not in ("delivery_id", "line_number", value)]
    unit_field, period_field = scope
    scope_keys = {ScopeKey(row[unit_field] if unit_field else "EAK", str(row[period_field])) for row in lines.rows}
    return Reading(
        stem=stem, form_version=FORM_VERSION, scope_keys=tuple(sorted(scope_keys)),
        rows=arrow_table(contract, lines.rows, without=("delivery_id",)),
        cells=tuple(_cell(row, keys, value, unit) for row in lines.rows),
        findings=(*lines.notes, *findings))


def _cell(row: dict[str, Any], keys: Sequence[str], value: str, unit: str) -> Cell:
    amount = plain(row[value])
    return Cell(keys={key: _shown(row[key]) for key in keys if row[key] is not None}, value=amount, unit=unit,
                status="ok" if amount is not None else "not_reported", line=row["line_number"])


def _shown(key: Any) -> str:
    if isinstance(key, bool):
        return "ja" if key else "nei"
    return str(key)
