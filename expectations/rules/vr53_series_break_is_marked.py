"""VR53: where a definition changed, numbers before and after are not one series (`series_break.csv`)."""

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

SELECT = """
SELECT after.unit_code, unit.unit_name, series_break.period, series_break.reason_nb, before.year AS year_before,
    before.value AS value_before, after.value AS value_after, after.delivery_id, after.cell_number,
    after.key_figure_code, delivery.file_name, (
        SELECT string_agg(indicator_id, ' ' ORDER BY indicator_id) FROM reference.figure_indicator
        WHERE figure_indicator.key_figure_code = after.key_figure_code
    ) AS indicator_ids
FROM reference.series_break
INNER JOIN core.key_figure AS after
    ON after.unit_code = series_break.unit_code AND after.key_figure_code = series_break.key_figure_code
    AND CAST(after.year AS VARCHAR) = series_break.period AND after.status = 'ok'
INNER JOIN core.key_figure AS before
    ON before.unit_code = after.unit_code AND before.key_figure_code = after.key_figure_code
    AND before.year = after.year - 1 AND before.status = 'ok'
INNER JOIN reference.unit ON unit.unit_code = after.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = after.delivery_id
ORDER BY after.unit_code, series_break.period
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: both sides of the break have a number, and somebody may compare them."""
    after, before = (format_number(row[name], 1, pad=False) for name in ("value_after", "value_before"))
    return found_in(
        "VR53", row,
        f"{row['unit_name']}, {row['period']}: fant {after} i {figure_text(row['key_figure_code'])}, "
        f"value[{row['cell_number']}] i {row['file_name']}; i {row['year_before']} var det {before}. "
        f"{row['reason_nb']} Sammenlign ikke tall på hver side av bruddet, og tegn ikke linjen over det.",
        source="kostra_statistics", cell=f"nøkkeltall {row['key_figure_code']}", found=after, expected=before,
        indicators=tuple((row["indicator_ids"] or "").split()))


RULE = Rule("VR53", SELECT, judge)
