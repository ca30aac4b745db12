"""VR46: the share of investigations that broke the deadline is one less the share concluded within three months.

The share is told three times: KOSTRA's own, the counts it is made of, and the report's text on breaches.
"""

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number, format_percent

FINE_DIFFERENCE = 0.005
"""Half a percentage point: all three are printed in whole per cent."""

# Shares are compared as breaches. The counts behind the share stand in the same data set.
SELECT = f"""
WITH share AS (
    SELECT figure.*, 1 - figure.value AS breach_share
    FROM core.key_figure AS figure
    INNER JOIN reference.unit ON unit.unit_code = figure.unit_code AND unit.unit_type = 'municipality'
    WHERE figure.key_figure_code = '05' AND figure.status = 'ok'
),
told AS (
    SELECT 'printed' AS source_nb, unit_code, period, round(published / scale, 6) AS breach_share,
        min(fact_id) AS fact_id,
        CAST(NULL AS DOUBLE) AS within_count, CAST(NULL AS DOUBLE) AS all_count
    FROM reference.published_figure
    WHERE indicator_id = 'D2-01' AND published IS NOT NULL
    GROUP BY unit_code, period, round(published / scale, 6)
    UNION ALL
    SELECT 'counted', within.unit_code, CAST(within.year AS VARCHAR), 1 - within.value / concluded.value, NULL,
        within.value,
        concluded.value
    FROM core.key_figure AS within
    INNER JOIN core.key_figure AS concluded
        ON concluded.unit_code = within.unit_code AND concluded.year = within.year
        AND concluded.key_figure_code = '05N' AND concluded.status = 'ok' AND concluded.value > 0
    WHERE within.key_figure_code = '05T' AND within.status = 'ok'
)
SELECT 'kostra_statistics' AS stem, told.source_nb, share.unit_code, unit.unit_name, told.period, share.breach_share,
    share.value AS share_value, told.breach_share AS told_share, told.fact_id, told.within_count, told.all_count,
    share.delivery_id, share.cell_number, delivery.file_name
FROM told
INNER JOIN share ON share.unit_code = told.unit_code AND CAST(share.year AS VARCHAR) = told.period
INNER JOIN reference.unit ON unit.unit_code = share.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = share.delivery_id
WHERE round(abs(told.breach_share - share.breach_share), 6) > {FINE_DIFFERENCE}
ORDER BY share.unit_code, told.period, told.source_nb
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: the share is told in two ways that do not agree."""
    found, expected = format_percent(row["breach_share"], 1), format_percent(row["told_share"], 1)
    if row["source_nb"] == "printed":
        other = f"rapportens tekst ({row['fact_id']}) sier {expected}"
    else:
        within, whole = (format_number(row[name], 0) for name in ("within_count", "all_count"))
        other = f"{within} av {whole} undersøkelser innen fristen (nøkkeltall 05T og 05N) gir {expected}"
    return found_in(
        "VR46", row,
        f"{row['unit_name']}, {row['period']}: {figure_text('05')} er {format_number(row['share_value'], 2)}, "
        f"value[{row['cell_number']}] i {row['file_name']}; det er {found} fristbrudd, men {other}. Rett tallet som "
        "er feil, eller skriv hva de to teller ulikt.",
        cell=f"nøkkeltall 05, {row['fact_id'] or 'antallene'}", found=found, expected=expected)


RULE = Rule("VR46", SELECT, judge)
