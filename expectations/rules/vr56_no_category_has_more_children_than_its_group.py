"""VR56: a measure category has no more children than there are with measures; a placement category, than placed.

Categories overlap, since a child may have several measures, so their sum says nothing here.
"""

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

SELECT = """
SELECT category.unit_code, unit.unit_name, CAST(category.year AS VARCHAR) AS period, category.key_figure_code, category.value,
    category.delivery_id, category.cell_number, delivery.file_name, measure_category.is_placement,
    placed.value AS placed_count, not_placed.value AS not_placed_count
FROM core.key_figure AS category
INNER JOIN reference.measure_category ON measure_category.key_figure_code = category.key_figure_code
INNER JOIN reference.unit ON unit.unit_code = category.unit_code AND unit.unit_type = 'municipality'
INNER JOIN register.delivery ON delivery.delivery_id = category.delivery_id
INNER JOIN core.key_figure AS placed
    ON placed.unit_code = category.unit_code AND placed.year = category.year
    AND placed.key_figure_code = '08' AND placed.status = 'ok'
LEFT JOIN core.key_figure AS not_placed
    ON not_placed.unit_code = category.unit_code AND not_placed.year = category.year
    AND not_placed.key_figure_code = '07' AND not_placed.status = 'ok'
WHERE category.status = 'ok' AND category.value > placed.value + CASE
    WHEN measure_category.is_placement THEN 0 ELSE not_placed.value END
ORDER BY category.unit_code, category.year, category.key_figure_code
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: the category is above its group. A category at home cannot be judged without both numbers."""
    most = row["placed_count"] if row["is_placement"] else row["placed_count"] + row["not_placed_count"]
    group = "plasserte barn (nøkkeltall 08)" if row["is_placement"] else "barn med tiltak (nøkkeltall 07 og 08)"
    found, limit = format_number(row["value"], 0), format_number(most, 0)
    return found_in(
        "VR56", row,
        f"{row['unit_name']}, {row['period']}: fant {found} barn i {figure_text(row['key_figure_code'])}, "
        f"value[{row['cell_number']}] i {row['file_name']}, men bare {limit} {group}. Én kategori "
        "kan ikke ha flere barn enn gruppen den hører til. Kontroller tallene i KOSTRA-rapporteringen.",
        source="kostra_statistics", cell=f"nøkkeltall {row['key_figure_code']}", found=found, expected=f"høyst {limit}")


RULE = Rule("VR56", SELECT, judge)
