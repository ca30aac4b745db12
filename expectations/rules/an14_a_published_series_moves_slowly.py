"""AN14: a key figure of a group of municipalities, or a rate of one, does not leap from one year to the next and back.

A group is an average of many: its shares, rates and costs move by a few per cent a year. A municipality's qualified
staff and children per position move more, and a series break is VR53's. Counts are VR52's.
"""

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from warehouse.number_format import format_number, format_percent

LARGEST_GROUP_CHANGE, LARGEST_OWN_CHANGE = 0.15, 0.35
"""Of the year before or after. The demo's groups move by 0 to 13 per cent a year, and always the same way."""

# A year is held up against both neighbours, and must be on the same side of both; at an end of the series, of the one.
# A leap makes its neighbours at the ends unlike it too: they are judged by the year beyond it.
SELECT = f"""
WITH figure AS (
    SELECT figure.*, unit.unit_name, CASE WHEN unit.unit_type = 'municipality' THEN {LARGEST_OWN_CHANGE}
        ELSE {LARGEST_GROUP_CHANGE} END AS largest,
        CASE WHEN lag(figure.year) OVER series = figure.year - 1 THEN lag(figure.value) OVER series END AS before,
        CASE WHEN lead(figure.year) OVER series = figure.year + 1 THEN lead(figure.value) OVER series END AS after,
        CASE WHEN lag(figure.year, 2) OVER series = figure.year - 2 THEN lag(figure.value,
            2) OVER series END AS before_that,
        CASE WHEN lead(figure.year, 2) OVER series = figure.year + 2 THEN lead(figure.value,
            2) OVER series END AS after_that
    FROM core.key_figure AS figure
    INNER JOIN reference.key_figure AS kind ON kind.key_figure_code = figure.key_figure_code
    INNER JOIN reference.unit ON unit.unit_code = figure.unit_code
    WHERE figure.status = 'ok' AND figure.value > 0
    AND (unit.unit_type <> 'municipality' OR figure.key_figure_code IN ('06', 'FAG'))
    AND NOT EXISTS (
        SELECT 1 FROM reference.series_break
        WHERE series_break.unit_code = figure.unit_code AND series_break.key_figure_code = figure.key_figure_code
        AND series_break.period = CAST(figure.year AS VARCHAR)
    )
    WINDOW series AS (PARTITION BY figure.unit_code, figure.key_figure_code ORDER BY figure.year)
),
neighbour AS (
    SELECT figure.*, coalesce(before, after_that) AS one, coalesce(after, before_that) AS other
    FROM figure
)
SELECT neighbour.*, CAST(neighbour.year AS VARCHAR) AS period, delivery.file_name, 'kostra_statistics' AS stem
FROM neighbour
INNER JOIN register.delivery ON delivery.delivery_id = neighbour.delivery_id
WHERE one IS NOT NULL AND other IS NOT NULL
AND (value > greatest(one, other) * (1 + largest) OR value * (1 + largest) < least(one, other))
ORDER BY neighbour.unit_code, neighbour.key_figure_code, neighbour.year
"""


def judge(row: Row) -> Finding:
    """Every row has leapt."""
    decimals = 3 if row["value"] < 1 else 1
    found, one, other = (format_number(row[name], decimals, pad=False) for name in ("value", "one", "other"))
    nearest = min(row["one"], row["other"], key=lambda value: abs(value - row["value"]))
    slip = slip_sentence(row["value"], row["one"], decimals) or slip_sentence(row["value"], row["other"], decimals)
    return found_in(
        "AN14", row,
        f"{row['unit_name']}, {row['period']}: {figure_text(row['key_figure_code'])} er {found}, "
        f"value[{row['cell_number']}] i "
        f"{row['file_name']}. I årene ved siden av er det {one} og {other}; spranget fra det nærmeste er "
        f"{format_percent(abs(row['value'] / nearest - 1), 0)}, mer enn {format_percent(row['largest'], 0)}. "
        f"{slip}Kontroller "
        "tallet mot Statistisk sentralbyrå, og rett det om det er feil.",
        cell=f"nøkkeltall {row['key_figure_code']}", found=found, expected=f"{one} til {other}")


RULE = Rule("AN14", SELECT, judge)
