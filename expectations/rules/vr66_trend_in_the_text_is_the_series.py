"""VR66: what the report's text says of a development is what the series shows over the same periods.

A rule on the report, not on a delivery; the claims are a list (`printed_trend.csv`). A claim about every period is broken
by the first step that goes the other way; one about the whole window only by its two ends.
"""

from collections.abc import Sequence

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text
from warehouse.number_format import format_number

WORDS = {"up": "øker", "down": "går ned"}

SELECT = """
WITH series AS (
    SELECT unit_code, 'oppholdsdager/' || measure_type_code AS series_code, period, value, delivery_id
    FROM core.bufetat_figure
    WHERE bufetat_figure_code = 'oppholdsdager' AND status = 'ok'
    UNION ALL
    SELECT unit_code, 'nøkkeltall/' || key_figure_code, CAST(year AS VARCHAR), value, delivery_id
    FROM core.key_figure
    WHERE status = 'ok'
)
SELECT claim.*, unit.unit_name, claim.last_period AS period,
    list({'period': series.period, 'value': series.value} ORDER BY series.period) AS points,
    max(series.delivery_id) AS delivery_id, (
        SELECT string_agg(indicator_id, ' ' ORDER BY indicator_id) FROM reference.figure_indicator
        WHERE 'nøkkeltall/' || figure_indicator.key_figure_code = claim.series_code
    ) AS indicator_ids
FROM reference.printed_trend AS claim
INNER JOIN reference.unit ON unit.unit_code = claim.unit_code
INNER JOIN series
    ON series.unit_code = claim.unit_code AND series.series_code = claim.series_code
    AND series.period BETWEEN claim.first_period AND claim.last_period
    AND length(series.period) = length(claim.first_period)
GROUP BY ALL
HAVING min(series.period) = claim.first_period AND max(series.period) = claim.last_period
ORDER BY claim.trend_id
"""


def judge(row: Row) -> Finding | None:
    """A finding when a step the claim is about goes the other way, or none at all."""
    points = row["points"] if row["is_every_step"] else [row["points"][0], row["points"][-1]]
    sign = 1 if row["trend"] == "up" else -1
    against = [(before, after) for before, after in zip(points, points[1:], strict=False)
               if sign * (after["value"] - before["value"]) <= 0]
    if not against:
        return None
    before, after = against[-1]
    shown = f"{_number(before)} i {period_text(before['period'])} og {_number(after)} i {period_text(after['period'])}"
    return found_in(
        "VR66", row,
        f"Rapporten ({row['origin_nb']}) sier for {row['unit_name']}: {row['description_nb'].lower()}. Serien "
        f"({_series(row['series_code'])}) {_course(row['points'])} i de samme periodene, med {shown}. Rett teksten, eller skriv "
        "hvilke perioder den gjelder.",
        cell=f"{row['origin_nb']}, {row['trend_id']}", found=WORDS[row["trend"]], expected=f"{_number(before)} → {_number(after)}",
        source="bufetat" if row["series_code"].startswith("oppholdsdager") else "kostra_statistics",
        indicators=tuple((row["indicator_ids"] or "").split()))


def _course(points: Sequence[Row]) -> str:
    steps = {(after["value"] > before["value"]) - (after["value"] < before["value"])
             for before, after in zip(points, points[1:], strict=False)}
    return "øker" if steps == {1} else "går ned" if steps == {-1} else "går både opp og ned" if {1, -1} <= steps else "står stille"


def _series(series_code: str) -> str:
    kind, _, code = series_code.partition("/")
    return f"oppholdsdager, {code.replace('_', ' ')}" if kind == "oppholdsdager" else figure_text(code)


def _number(point: Row) -> str:
    return format_number(point["value"], 1, pad=False)


RULE = Rule("VR66", SELECT, judge)
