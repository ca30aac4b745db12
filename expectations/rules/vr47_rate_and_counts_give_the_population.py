"""VR47: children with measures divided by their rate per 1000 give the inhabitants aged 0–17 of the population.

Where the population of the year is not delivered, what the figures give is held up against the year before instead.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number, format_percent

FINE_SHARE = 0.04
"""The rate has no decimals: 30 may be 29.5 to 30.5, which is 1.7 per cent either way, in each of two years."""

SELECT = f"""
WITH counted AS (
    SELECT figure.unit_code, figure.year, max(figure.delivery_id) AS delivery_id,
        sum(figure.value) FILTER (WHERE figure.key_figure_code IN ('07', '08')) AS children_count,
        max(figure.value) FILTER (WHERE figure.key_figure_code = '03') AS children_per_thousand,
        max(figure.cell_number) FILTER (WHERE figure.key_figure_code = '03') AS cell_number
    FROM core.key_figure AS figure
    INNER JOIN reference.unit ON unit.unit_code = figure.unit_code AND unit.unit_type = 'municipality'
    WHERE figure.key_figure_code IN ('03', '07', '08') AND figure.status = 'ok'
    GROUP BY figure.unit_code, figure.year
    HAVING count(*) = 3
),
implied AS (
    SELECT counted.*, 1000 * children_count / children_per_thousand AS implied_count
    FROM counted
    WHERE children_per_thousand > 0
),
inhabitant AS (
    SELECT line.unit_code, line.year, sum(line.inhabitants_count) AS inhabitants_count,
        max(delivery.file_name) AS told_in
    FROM core.inhabitant AS line
    INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
    GROUP BY line.unit_code, line.year
),
compared AS (
    SELECT implied.*, inhabitant.inhabitants_count AS other_count, inhabitant.told_in
    FROM implied
    INNER JOIN inhabitant ON inhabitant.unit_code = implied.unit_code AND inhabitant.year = implied.year
    UNION ALL
    SELECT implied.*, before.implied_count, NULL
    FROM implied
    INNER JOIN implied AS before ON before.unit_code = implied.unit_code AND before.year = implied.year - 1
    WHERE NOT EXISTS (
        SELECT 1 FROM inhabitant WHERE inhabitant.unit_code = implied.unit_code AND inhabitant.year = implied.year
    )
)
SELECT 'kostra_statistics' AS stem, compared.unit_code, unit.unit_name, CAST(compared.year AS VARCHAR) AS period,
    compared.children_count, compared.children_per_thousand, compared.implied_count, compared.other_count,
    compared.told_in, compared.cell_number, compared.delivery_id, delivery.file_name
FROM compared
INNER JOIN reference.unit ON unit.unit_code = compared.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = compared.delivery_id
WHERE abs(compared.implied_count - compared.other_count) > {FINE_SHARE} * compared.other_count
ORDER BY compared.unit_code, compared.year
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: the figures give another population than there is."""
    children, implied, other = (
        format_number(row[name], 0) for name in ("children_count", "implied_count", "other_count"))
    share = format_percent(abs(row["implied_count"] / row["other_count"] - 1), 1)
    expected = f"det er {other} ({row['told_in']})" if row["told_in"] else f"året før ga de samme tallene {other}"
    return found_in(
        "VR47", row,
        f"{row['unit_name']}, {row['period']}: {children} barn med tiltak (nøkkeltall 07 og 08) og "
        f"{format_number(row['children_per_thousand'], 1, pad=False)} per 1000 (nøkkeltall 03, "
        f"value[{row['cell_number']}] i {row['file_name']}) gir {implied} innbyggere 0–17 år, men {expected}. "
        f"Forskjellen er {share}. Kontroller antallene og hvilke innbyggere tallet per 1000 er regnet av.",
        cell="nøkkeltall 03", found=implied, expected=other)


RULE = Rule("VR47", SELECT, judge)
