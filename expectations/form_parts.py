"""A field and the fields that are parts of it: what sums, what must not exceed, what is the same (`field_part.csv`).

Here are the rows the rules VR05, VR07, VR11 and VR55 judge, from the warehouse (`parts_select`) and from one file
(`groups_of_form`), and the arithmetic they share. Which rule says what stands with the rule.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from expectations.finding import Finding
from expectations.form_fields import Field, indicators_of, label_text, number_text, place_text, placed_of, sum_text
from expectations.rule import Row, found_in
from expectations.slips import slip_among, slip_sentence
from expectations.wording import some
from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows

EPSILON = 1e-9
"""Numbers read from a workbook are binary: 6.5 + 4 + 12 may differ from 22.5 in the last bit."""

# A tenth of a position is VR55's tolerance.
_OWN_ROUNDING = {"count": 0.0, "fte": 0.1, "days": 0.0, "months": 0.0}
_ROUNDING_PER_AMOUNT = 0.5
"""Each amount is rounded to a thousand kroner by itself; positions are told to one decimal; what is counted is exact."""


# Totals whose parts cannot be innocent at a glance, told without places and lists: those are dear, and few totals need them.
_SUSPECTED = """
suspected AS (
    SELECT total.delivery_id, total.cell_number, field_part.relation
    FROM reference.field_part
    INNER JOIN core.form_value AS total ON total.stem = field_part.stem AND total.field_id = field_part.total_field_id
    INNER JOIN core.form_value AS part
        ON part.delivery_id = total.delivery_id AND part.stem = total.stem AND part.unit_code = total.unit_code
        AND part.period = total.period AND part.field_id = field_part.part_field_id
    WHERE field_part.rule_id = '{rule_id}' AND field_part.relation <> 'none' AND total.status = 'ok'
    GROUP BY total.delivery_id, total.cell_number, total.value, field_part.relation
    HAVING max(CASE WHEN part.status = 'ok' THEN part.value END) > total.value
    OR field_part.relation <> 'at_most' AND (
        sum(CASE WHEN part.status = 'ok' THEN part.value END) > total.value
        OR sum(CASE WHEN part.status = 'ok' THEN part.value END) < total.value
        AND bool_and(part.status IN ('ok', 'not_applicable'))
    )
)"""


def parts_select(rule_id: str) -> str:
    """The SELECT of one row a total: the total as a field, its `relation`, and `parts`, a list of fields.

    A total and its parts stand in one delivery. Left out is a total that its parts agree with to the last bit, and one
    that is above its parts while some are missing.
    """
    return f"""
WITH {_SUSPECTED.format(rule_id=rule_id)},
told AS (SELECT * FROM core.form_value WHERE delivery_id IN (SELECT delivery_id FROM suspected)),
{placed_of('told')}
SELECT total.*, suspected.relation, list({{
    'field_id': part.field_id, 'label': part.label, 'field_kind': part.field_kind, 'value': part.value,
    'status': part.status, 'sheet': part.sheet, 'cell': part.cell}} ORDER BY part.cell_number) AS parts
FROM suspected
INNER JOIN placed AS total
    ON total.delivery_id = suspected.delivery_id AND total.cell_number = suspected.cell_number
INNER JOIN reference.field_part
    ON field_part.stem = total.stem AND field_part.total_field_id = total.field_id
    AND field_part.relation = suspected.relation AND field_part.rule_id = '{rule_id}'
INNER JOIN placed AS part
    ON part.delivery_id = total.delivery_id AND part.stem = total.stem AND part.unit_code = total.unit_code
    AND part.period = total.period AND part.field_id = field_part.part_field_id
GROUP BY ALL
ORDER BY total.unit_code, total.period, total.stem, total.cell_number
"""


def groups_of_form(rule_id: str, fields: dict[str, dict[str, Any]], stem: str) -> Iterator[dict[str, Any]]:
    """The same rows from one file's fields, by field_id."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for row in reference_rows("field_part"):
        if (row["rule_id"], row["stem"]) == (rule_id, stem) and row["relation"] != "none":
            wanted.setdefault((row["total_field_id"], row["relation"]), []).append(row["part_field_id"])
    for (total, relation), names in wanted.items():
        parts = [fields[name] for name in names if name in fields]
        if total in fields and parts:
            yield {**fields[total], "relation": relation, "parts": parts}


def known(fields: Iterable[Field]) -> list[Field]:
    """The fields that have a number."""
    return [field for field in fields if field["status"] == "ok"]


def is_whole(fields: Iterable[Field]) -> bool:
    """Whether nothing is missing: every field has a number or does not apply."""
    return all(field["status"] in ("ok", "not_applicable") for field in fields)


def tolerance(row: Row) -> float:
    """How much the sum of the parts may differ from the total by rounding alone."""
    if row["field_kind"] == "amount":
        return _ROUNDING_PER_AMOUNT * (len(row["parts"]) + 1)
    return _OWN_ROUNDING[row["field_kind"]]


def sum_differs(rule_id: str, row: Row) -> Finding | None:
    """A finding when the parts cannot sum to the total; where a part is missing, only when they are already above it."""
    parts = known(row["parts"])
    total, summed, allowed = row["value"], sum(part["value"] for part in parts), tolerance(row) + EPSILON
    whole = is_whole(row["parts"])
    if not parts or (abs(summed - total) <= allowed if whole else summed - total <= allowed):
        return None
    decimals = 1 if row["field_kind"] == "fte" else 0
    gives = format_number(summed, decimals, pad=False)
    return found_in(
        rule_id, row,
        f"Fant {number_text(row)} i {place_text(row)} ({label_text(row)}). Delsummene {sum_text(parts)} gir {gives}, "
        f"men totalen er {number_text(row)}; forskjellen er {format_number(summed - total, decimals, pad=False)}. "
        f"Delene står i celle {some([part['cell'] for part in parts])}. {_slip(row, parts, decimals) if whole else ''}"
        "Rett totalen eller en av delene, eller forklar avviket i forklaringsfeltet.",
        found=number_text(row), expected=gives if whole else f"minst {gives}",
        indicators=indicators_of(row["stem"], [row["field_id"], *(part["field_id"] for part in row["parts"])]))


def _slip(row: Row, parts: list[Field], decimals: int) -> str:
    """The slip that explains the difference: in the total, or in one of the parts."""
    values = [part["value"] for part in parts]
    in_total, in_part = slip_sentence(row["value"], sum(values), decimals), slip_among(values, row["value"], decimals)
    if in_total or not in_part:
        return in_total
    index, value, words = in_part
    return (f"Mulig grunn: {words} i celle {parts[index]['cell']}. Med {format_number(value, decimals, pad=False)} der "
            "stemmer summen. ")
