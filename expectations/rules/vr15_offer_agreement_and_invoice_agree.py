"""VR15: the offer letter, the agreement and the invoice from Bufetat agree; no price dispute is open."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text
from warehouse.number_format import format_number

# The place is the cell of the mismatches, or that of the disputes where no mismatch is reported.
SELECT = """
WITH reported AS (
    SELECT value.unit_code, value.period, value.field_id, value.value, value.delivery_id, cell.sheet, cell.cell
    FROM core.form_value AS value
    INNER JOIN raw.tertial_reports_cell AS cell
        ON cell.delivery_id = value.delivery_id AND cell.cell_number = value.cell_number
    WHERE value.stem = 'tertial_reports' AND value.field_id IN ('avvik_tilbud_faktura', 'tvistesaker')
    AND value.value IS NOT NULL
),
report AS (
    SELECT unit_code, period, delivery_id,
        coalesce(max(CASE WHEN field_id = 'avvik_tilbud_faktura' THEN value END), 0) AS mismatch_count,
        coalesce(max(CASE WHEN field_id = 'tvistesaker' THEN value END), 0) AS dispute_count
    FROM reported
    GROUP BY unit_code, period, delivery_id
)
SELECT report.*, unit.unit_name, delivery.file_name, place.sheet, place.cell, 'tertial_reports' AS stem
FROM report
INNER JOIN reference.unit ON unit.unit_code = report.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = report.delivery_id
LEFT JOIN reported AS place
    ON place.delivery_id = report.delivery_id AND place.unit_code = report.unit_code AND place.period = report.period
    AND place.field_id = CASE WHEN report.mismatch_count > 0 THEN 'avvik_tilbud_faktura' ELSE 'tvistesaker' END
ORDER BY report.unit_code, report.period
"""


def judge(row: Row) -> Finding | None:
    """A finding when a tertial report tells of a mismatch or an open dispute."""
    mismatches, disputes = row["mismatch_count"], row["dispute_count"]
    if not mismatches and not disputes:
        return None
    told = [text for count, text in (
        (mismatches, f"{format_number(mismatches, 0)} saker der tilbudsbrev, avtale og faktura ikke er like"),
        (disputes, f"{format_number(disputes, 0)} åpne tvistesaker om pris")) if count]
    return found_in(
        "VR15", row,
        f"{row['file_name']}, ark «{row['sheet']}», celle {row['cell']}: {row['unit_name']} melder {' og '.join(told)} "
        f"{period_text(row['period'])}. De tre skal være like, på krone. Gå gjennom sakene med Bufetat, rett fakturaen "
        "eller avtalen, og skriv i forklaringsfeltet hva som er avklart.",
        found=format_number(mismatches or disputes, 0), expected="0")


RULE = Rule("VR15", SELECT, judge)
