"""What rules on report forms share: form fields with their place, how a field is written, what it touches.

The judgements themselves stand with their rules. A field here is a mapping with field_id, label, field_kind, value,
status, sheet and cell.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows

Field = Mapping[str, Any]

_PLACED = """
placed AS (
    SELECT
        value.stem, value.unit_code, value.period, value.field_id, value.value, value.status, value.is_confirmed_zero,
        value.delivery_id, value.cell_number, form_field.label_nb AS label, form_field.field_kind,
        place.sheet, place.cell, delivery.file_name
    FROM {form_value} AS value
    INNER JOIN reference.form_field ON form_field.stem = value.stem AND form_field.field_id = value.field_id
    INNER JOIN (
        SELECT delivery_id, cell_number, sheet, cell FROM raw.tertial_reports_cell
        UNION ALL
        SELECT delivery_id, cell_number, sheet, cell FROM raw.data_requests_cell
    ) AS place ON place.delivery_id = value.delivery_id AND place.cell_number = value.cell_number
    INNER JOIN register.delivery ON delivery.delivery_id = value.delivery_id
)"""
PLACED = _PLACED.format(form_value="core.form_value")
"""A common table expression: every figure field in force with its label, its place and its file."""


def placed_of(form_value: str) -> str:
    """`PLACED` of some rows of core.form_value, which have a name in the query."""
    return _PLACED.format(form_value=form_value)


# A year made of tertials is compared with a yearly number only when all three tertials of the year were to be reported.
WHOLE_YEARS = """
whole_year AS (
    SELECT substring(period, 1, 4) AS report_year FROM reference.reporting_period
    GROUP BY substring(period, 1, 4) HAVING count(*) = 3
)"""

_DECIMALS = {"count": 0, "fte": 1, "amount": 0, "days": 1, "months": 1}


def number_text(field: Field) -> str:
    """The field's number as a person writes it."""
    return format_number(field["value"], _DECIMALS[field["field_kind"]], pad=False)


def place_text(field: Field) -> str:
    """`celle D14 i arket «C Tiltak»`; of what a mapping says or lacks, its line."""
    if field["cell"].startswith("linje"):
        return f"{field['sheet']}, {field['cell']}"
    return f"celle {field['cell']} i arket «{field['sheet']}»"


def label_text(field: Field) -> str:
    """The field's own words, without the dots that tie them to the line above."""
    return field["label"].removeprefix("… ")


def sum_text(fields: Iterable[Field]) -> str:
    """`10 + 13 + 3`."""
    return " + ".join(number_text(field) for field in fields)


def indicators_of(stem: str, field_ids: Iterable[str]) -> tuple[str, ...]:
    """The indicators these fields of a form take part in, each once, in the catalogue's order."""
    wanted = set(field_ids)
    return tuple(sorted({indicator_id for field_id in wanted for indicator_id in _by_field().get((stem, field_id),
        ())}))


@cache
def _by_field() -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for row in reference_rows("indicator_field"):
        found.setdefault((row["stem"], row["field_id"]), set()).add(row["indicator_id"])
    return found
