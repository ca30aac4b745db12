"""VR36: money is in current kroner; where somebody writes of fixed prices, the numbers beside may be another series.

No deflator is applied anywhere. What can be seen is told of: words on fixed prices in a report's texts and explanations
of amounts, and an indicator whose unit is the kroner of one year. The text is not repeated: it may not be reviewed.
"""

from expectations.finding import Finding
from expectations.form_fields import place_text
from expectations.rule import Row, Rule, found_in

FIXED_PRICES = r"(fast|konstant)e? *(pris|kron)|prisjuster|deflat|kpi-juster|(19|20)[0-9]{2}-(kron|pris)"
"""`faste priser`, `faste kroner`, `konstante priser`, `prisjustert`, `deflatert`, `2015-kroner`, `2015-priser`; in
nynorsk `faste prisar`. Not `prisvekst`: growth in prices is no series."""

SELECT = f"""
WITH written AS (
    SELECT 'tertial_reports' AS stem, unit_code, period, delivery_id, cell_number, value_text AS written_text
    FROM core.progress_text
    UNION ALL
    SELECT value.stem, value.unit_code, value.period, value.delivery_id, value.cell_number, value.explanation
    FROM core.form_value AS value
    INNER JOIN reference.form_field AS field
        ON field.stem = value.stem AND field.field_id = value.field_id AND field.field_kind = 'amount'
    WHERE value.explanation IS NOT NULL
),
deflated AS (
    SELECT * EXCLUDE (written_text) FROM written WHERE regexp_matches(lower(written_text), '{FIXED_PRICES}')
),
place AS (
    SELECT delivery_id, cell_number, sheet, cell FROM raw.tertial_reports_cell
    UNION ALL
    SELECT delivery_id, cell_number, sheet, cell FROM raw.data_requests_cell
)
SELECT deflated.stem, deflated.unit_code, unit.unit_name, deflated.period, deflated.delivery_id, place.sheet,
    place.cell, delivery.file_name, NULL AS indicator_id, NULL AS indicator_unit
FROM deflated
INNER JOIN place ON place.delivery_id = deflated.delivery_id AND place.cell_number = deflated.cell_number
INNER JOIN reference.unit ON unit.unit_code = deflated.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = deflated.delivery_id
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, 'enheten til ' || indicator_id, NULL, indicator_id, unit
FROM reference.indicator
WHERE regexp_matches(lower(unit), '{FIXED_PRICES}')
ORDER BY 2, 4, 6, 7, 9
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: somebody writes of fixed prices."""
    if row["indicator_id"] is not None:
        return found_in(
            "VR36", row,
            f"Indikatoren {row['indicator_id']} vises i {row['indicator_unit']}, mens de andre seriene er i løpende "
            "kroner. Si ved tallet hvilket år prisene er fra, og vis det ikke i samme figur.",
            found=row["indicator_unit"], expected="løpende kroner", indicators=(row["indicator_id"],))
    return found_in(
        "VR36", row,
        f"{row['unit_name']}, {row['period']}: teksten i {place_text(row)} ({row['file_name']}) omtaler faste eller "
        "justerte priser. Alle beløp her er i løpende kroner. Kontroller at beløpene ved siden av er det, og si "
        "hvilket år prisene er "
        "fra hvis de ikke er det.", expected="løpende kroner")


RULE = Rule("VR36", SELECT, judge)
