"""VR49: a number the source has hidden is missing and marked as hidden, never 0, also where it is part of an indicator.

A property of our own tables; where it is broken nothing is published. A number a correction has replaced is no longer the
hidden one.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number

HIDDEN = "suppressed"
FROM_KEY_FIGURES = (
    "a1_08", "b1_03", "b1_04", "b1_05", "b1_08", "b3_01", "b3_02", "b3_03", "b3_04", "b3_05", "b3_07", "c1_02", "c5_04",
    "c6_01", "c6_02", "d2_01", "e1_02", "e2_02", "e2_03")
"""The indicators key figures are part of (`figure_indicator.csv`)."""

_PARTS = "\nUNION ALL\n".join(f"""
SELECT 'indicators.{name}' AS table_name, part.unit_code, part.period, part.breakdown AS number_code, part.status,
    part.amount AS value, part.delivery_id, part.place_number
FROM indicators.{name} AS part
INNER JOIN hidden_place AS hidden
    ON hidden.delivery_id = part.delivery_id AND hidden.place_number = part.place_number
WHERE part.status <> '{HIDDEN}' OR part.amount IS NOT NULL""" for name in FROM_KEY_FIGURES)

SELECT = f"""
WITH hidden_place AS (
    SELECT cell.delivery_id, cell.cell_number AS place_number
    FROM raw.kostra_statistics_cell AS cell
    WHERE cell.status_sign = ':' AND NOT EXISTS (
        SELECT 1 FROM core.correction
        WHERE correction.delivery_id = cell.delivery_id AND correction.place_number = cell.cell_number
        AND correction.correction_state = 'in_force' AND correction.correction_action <> 'flag'
    )
)
SELECT 'core.key_figure' AS table_name, figure.unit_code, CAST(figure.year AS VARCHAR) AS period,
    figure.key_figure_code AS number_code, figure.status, figure.value, figure.delivery_id,
    figure.cell_number AS place_number
FROM core.key_figure AS figure
INNER JOIN hidden_place AS hidden
    ON hidden.delivery_id = figure.delivery_id AND hidden.place_number = figure.cell_number
WHERE figure.status <> '{HIDDEN}' OR figure.value IS NOT NULL
UNION ALL
{_PARTS}
ORDER BY 1, 2, 3, 4
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding."""
    found = "uten tall" if row["value"] is None else format_number(row["value"], 1, pad=False)
    return found_in(
        "VR49", row,
        f"Fant {found} med status {row['status']} i {row['table_name']} ({row['number_code'] or 'i alt'}, {row['unit_code']}, "
        f"{row['period']}), men kilden har skjermet tallet («:»). Ventet uten tall, og status {HIDDEN}. Tabellen er vår egen: "
        "ingenting publiseres før den er rettet.",
        cell=f"{row['table_name']}, {row['number_code'] or 'i alt'}, {row['place_number']}", found=f"{found}, {row['status']}",
        expected=f"uten tall, {HIDDEN}")


RULE = Rule("VR49", SELECT, judge)
