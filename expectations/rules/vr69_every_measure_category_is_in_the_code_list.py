"""VR69: what key figures count by measure has a code in the list of measures; codes are text, 3.10 is not 3.1.

Files that write measure codes themselves are refused at the door when the list does not have one (F04).
"""

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in

SELECT = """
SELECT key_figure.key_figure_code, measure_category.category_code, min(key_figure.delivery_id) AS delivery_id,
    min(delivery.file_name) AS file_name, (
        SELECT string_agg(indicator_id, ' ' ORDER BY indicator_id) FROM reference.figure_indicator
        WHERE figure_indicator.key_figure_code = key_figure.key_figure_code
    ) AS indicator_ids, measure_category.category_code IN (SELECT category_code FROM reference.measure_code) AS is_listed
FROM core.key_figure
INNER JOIN reference.measure_category ON measure_category.key_figure_code = key_figure.key_figure_code
INNER JOIN register.delivery ON delivery.delivery_id = key_figure.delivery_id
GROUP BY key_figure.key_figure_code, measure_category.category_code
ORDER BY key_figure.key_figure_code
"""


def judge(row: Row) -> Finding | None:
    """A finding, once for all units and years, for a category whose code the list does not have."""
    if row["is_listed"]:
        return None
    return found_in(
        "VR69", row,
        f"Fant {figure_text(row['key_figure_code'])} i {row['file_name']}, men kodelisten for tiltak har ingen kode for den "
        f"(plattformen bruker {row['category_code']}). Hvilke tiltak som er talt med, kan ikke slås opp. Finn ut hvilke koder "
        "kategorien bygger på, og legg dem til i listen.",
        source="kostra_statistics", cell=f"nøkkeltall {row['key_figure_code']}", found=row["category_code"],
        expected="en kode i listen", indicators=tuple((row["indicator_ids"] or "").split()))


RULE = Rule("VR69", SELECT, judge)
