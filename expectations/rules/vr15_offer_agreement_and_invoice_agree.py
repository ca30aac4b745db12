"""VR15: where offer letter, agreement and invoice from Bufetat differ, the price is settled: no dispute is open.

A mismatch that is cleared up as it comes is the daily round; with an open dispute beside it the amounts stand unsettled.
"""

from collections.abc import Iterator, Mapping

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text
from warehouse.number_format import format_number

MISMATCHES, DISPUTES = "avvik_tilbud_faktura", "tvistesaker"

SELECT = """
WITH reported AS (
    SELECT value.unit_code, value.period, value.field_id, value.value, value.delivery_id, cell.sheet, cell.cell
    FROM core.form_value AS value
    INNER JOIN raw.tertial_reports_cell AS cell
        ON cell.delivery_id = value.delivery_id AND cell.cell_number = value.cell_number
    WHERE value.stem = 'tertial_reports' AND value.value IS NOT NULL
)
SELECT mismatch.unit_code, unit.unit_name, mismatch.period, mismatch.value AS mismatch_count, mismatch.sheet,
    mismatch.cell, dispute.value AS dispute_count, dispute.sheet AS dispute_sheet, dispute.cell AS dispute_cell,
    mismatch.delivery_id, delivery.file_name, 'tertial_reports' AS stem
FROM reported AS mismatch
INNER JOIN reported AS dispute
    ON dispute.delivery_id = mismatch.delivery_id AND dispute.unit_code = mismatch.unit_code
    AND dispute.period = mismatch.period AND dispute.field_id = 'tvistesaker'
INNER JOIN reference.unit ON unit.unit_code = mismatch.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = mismatch.delivery_id
WHERE mismatch.field_id = 'avvik_tilbud_faktura'
ORDER BY mismatch.unit_code, mismatch.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when a tertial report tells of both mismatches and an open dispute."""
    mismatches, disputes = row["mismatch_count"], row["dispute_count"]
    if not mismatches or not disputes:
        return None
    told, open_cases = format_number(mismatches, 0), format_number(disputes, 0)
    return found_in(
        "VR15", row,
        f"{row['file_name']}: {row['unit_name']} melder for {period_text(row['period'])} at tilbudsbrev, avtale og faktura ikke "
        f"er like i {told} {'sak' if mismatches == 1 else 'saker'} (ark «{row['sheet']}», celle {row['cell']}), og at "
        f"{open_cases} {'tvistesak om pris er åpen' if disputes == 1 else 'tvistesaker om pris er åpne'} (ark «{row['dispute_sheet']}», "
        f"celle {row['dispute_cell']}). De tre skal være like, på krone. Gå gjennom sakene med Bufetat, rett fakturaen "
        "eller avtalen, og skriv i forklaringsfeltet hva som er avklart.",
        found=told, expected="0")


def rows_of_form(fields: Mapping[str, Row]) -> Iterator[Row]:
    """The same row from one tertial report, where both numbers are told."""
    mismatch, dispute = fields.get(MISMATCHES), fields.get(DISPUTES)
    if mismatch and dispute and mismatch["value"] is not None and dispute["value"] is not None:
        yield {**mismatch, "mismatch_count": mismatch["value"], "dispute_count": dispute["value"],
               "dispute_sheet": dispute["sheet"], "dispute_cell": dispute["cell"]}


RULE = Rule("VR15", SELECT, judge, of_form=rows_of_form, forms=("tertial_reports",))
