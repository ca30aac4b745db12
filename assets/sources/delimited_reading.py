"""From the lines of a delimited file to a Reading: raw rows, scope and cells. Shared by all readers of such files."""

from collections.abc import Iterable, Sequence
from typing import Any

from assets.sources.delimited import FORM_VERSION, Lines
from assets.sources.numbers import plain
from assets.sources.reading import Cell, Reading, ScopeKey
from assets.sources.refusals import SAME_TWICE, Faults
from assets.sources.signs import STATUS_OF_SIGN
from expectations.finding import Finding


def reading_of(stem: str, lines: Lines, *, scope: tuple[str | None, str], value: str, unit: str | None = None,
               dataset: str | None = None, findings: Iterable[Finding] = ()) -> Reading:
    """The reading of a file whose lines each carry one number.

    `scope` names the unit field (None for a national file) and the period field; `value` names the number's field,
    `dataset` the field that tells apart what the source delivers in several files. Without `unit` each line has its
    own, in the field `unit`. A sign in the field `status_sign` says why a number is missing.
    """
    from warehouse.arrow import arrow_table
    from warehouse.contracts import RAW_BY_STEM

    contract = RAW_BY_STEM[stem]
    keys = [name for name in contract.column_names if name not in ("delivery_id", "line_number", value)]
    unit_field, period_field = scope
    scope_keys = {ScopeKey(row[unit_field] if unit_field else "EAK", str(row[period_field]),
                           row[dataset] if dataset else "") for row in lines.rows}
    return Reading(
        stem=stem, form_version=FORM_VERSION, scope_keys=tuple(sorted(scope_keys)),
        rows=arrow_table(contract, lines.rows, without=("delivery_id",)),
        cells=tuple(_cell(row, keys, value, unit or row["unit"]) for row in lines.rows),
        findings=(*lines.notes, *findings))


def refuse_the_same_twice(stem: str, file_name: str, rows: Iterable[dict[str, Any]], key: Sequence[str],
                          what: str) -> None:
    """Raises DeliveryRefused when two lines are about the same thing; `what` names it in the text to the reporter."""
    faults, first_line = Faults(stem, file_name), {}
    for row in rows:
        same = tuple(row[name] for name in key)
        if same in first_line:
            words = ", ".join(str(part) for part in same if part is not None)
            faults.add(SAME_TWICE, f": {what} ({words}) står også på linje {first_line[same]}. Behold én av linjene.",
                       line=row["line_number"], found=words)
        first_line.setdefault(same, row["line_number"])
    faults.stop()


def _cell(row: dict[str, Any], keys: Sequence[str], value: str, unit: str) -> Cell:
    amount = plain(row[value])
    missing = STATUS_OF_SIGN.get(row.get("status_sign"), "not_reported")
    return Cell(keys={key: _shown(row[key]) for key in keys if row[key] is not None}, value=amount, unit=unit,
                status="ok" if amount is not None else missing, line=row["line_number"])


def _shown(key: Any) -> str:
    if isinstance(key, bool):
        return "ja" if key else "nei"
    return str(key)
