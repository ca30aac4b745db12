"""VR57: children in institutions, foster homes and emergency homes together are not far more than the placed children.

A child may have several measures in a year, so some excess is usual: 88 in the categories for 81 placed children is.
"""

from math import floor

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number, format_percent

MOST_USUAL_RATIO = 1.15

# A sum with a suppressed part is too low, never too high.
SELECT = f"""
WITH category AS (
    SELECT unit_code, year, sum(value) AS category_count,
        string_agg(key_figure_code, ', ' ORDER BY key_figure_code) AS key_figure_codes
    FROM core.key_figure
    WHERE key_figure_code IN ('15', '16', '17') AND status = 'ok'
    GROUP BY unit_code, year
)
SELECT 'kostra_statistics' AS stem, placed.unit_code, unit.unit_name, CAST(placed.year AS VARCHAR) AS period,
    placed.value AS placed_count, category.category_count, category.key_figure_codes, placed.delivery_id,
        placed.cell_number,
    delivery.file_name
FROM category
INNER JOIN core.key_figure AS placed
    ON placed.unit_code = category.unit_code AND placed.year = category.year AND placed.key_figure_code = '08'
    AND placed.status = 'ok'
INNER JOIN reference.unit ON unit.unit_code = placed.unit_code AND unit.unit_type = 'municipality'
INNER JOIN register.delivery ON delivery.delivery_id = placed.delivery_id
WHERE round(category.category_count - {MOST_USUAL_RATIO} * placed.value, 6) > 0
ORDER BY placed.unit_code, placed.year
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: more in the categories than several measures a child explain."""
    most = floor(round(MOST_USUAL_RATIO * row["placed_count"], 6))
    found, placed = format_number(row["category_count"], 0), format_number(row["placed_count"], 0)
    return found_in(
        "VR57", row,
        f"{row['unit_name']}, {row['period']}: fant {found} barn i institusjon, fosterhjem og beredskapshjem til "
        f"sammen (nøkkeltall {row['key_figure_codes']}), mens {placed} barn er plassert (nøkkeltall 08, "
        f"value[{row['cell_number']}] i {row['file_name']}). Et barn kan ha flere tiltak, men inntil "
        f"{format_percent(MOST_USUAL_RATIO - 1, 0)} flere er vanlig. Kontroller tallene i KOSTRA-rapporteringen.",
        cell="nøkkeltall 08", found=found, expected=f"høyst {format_number(most, 0)}")


RULE = Rule("VR57", SELECT, judge)
