"""VR54: the positions a municipality says it has are about those KOSTRA gives, and hold its qualified ones.

KOSTRA's are found backwards: children under investigation and children with measures, divided by children per position.
A child may be both, so the number is the highest it can be. KOSTRA counts function 244, the municipality its whole
service. Qualified positions of before a series break counted something else (VR53).
"""

from expectations.finding import Finding
from expectations.form_fields import PLACED, indicators_of, number_text, place_text
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number, format_percent

FINE_SHARE = 0.15
"""Of the larger. Positions change during a year, and one is counted at its end, the other over all of it."""

SELECT = f"""
WITH {PLACED},
figure AS (
    SELECT key_figure.*, EXISTS (
        SELECT 1 FROM reference.series_break
        WHERE series_break.unit_code = key_figure.unit_code
            AND series_break.key_figure_code = key_figure.key_figure_code
        AND series_break.period > CAST(key_figure.year AS VARCHAR)
    ) AS is_before_break
    FROM core.key_figure
    WHERE key_figure_code IN ('01', '02', '06', '07', '08', 'FAG') AND status = 'ok'
),
kostra AS (
    SELECT figure.unit_code, CAST(figure.year AS VARCHAR) AS period, max(delivery.file_name) AS kostra_file,
        max(value) FILTER (WHERE key_figure_code = 'FAG' AND NOT is_before_break) AS qualified_count,
        (sum(value) FILTER (WHERE key_figure_code IN ('07', '08'))
            + max(value) FILTER (WHERE key_figure_code = '01') * max(value) FILTER (WHERE key_figure_code = '02'))
        / nullif(max(value) FILTER (WHERE key_figure_code = '06'), 0) AS implied_count
    FROM figure
    INNER JOIN register.delivery ON delivery.delivery_id = figure.delivery_id
    GROUP BY figure.unit_code, figure.year
    HAVING count(*) FILTER (WHERE key_figure_code IN ('07', '08')) = 2
),
judged AS (
    SELECT placed.*, unit.unit_name, kostra.implied_count, kostra.qualified_count, kostra.kostra_file,
        abs(placed.value - kostra.implied_count) / greatest(placed.value, kostra.implied_count) AS implied_share,
        (kostra.qualified_count - placed.value) / kostra.qualified_count AS qualified_share
    FROM placed
    INNER JOIN kostra ON kostra.unit_code = placed.unit_code AND kostra.period = placed.period
    INNER JOIN reference.unit ON unit.unit_code = placed.unit_code
    WHERE placed.stem = 'data_requests' AND placed.field_id = 'aarsverk' AND placed.status = 'ok'
)
SELECT * FROM judged
WHERE round(implied_share, 6) > {FINE_SHARE} OR round(qualified_share, 6) > {FINE_SHARE}
ORDER BY unit_code, period
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: the positions do not agree with one of KOSTRA's numbers, or with both."""
    against = []
    if row["implied_share"] is not None and row["implied_share"] > FINE_SHARE:
        implied = _number(row["implied_count"])
        against.append(f"gir barn per årsverk (nøkkeltall 06) og antallene av barn {implied} årsverk")
    if row["qualified_share"] is not None and row["qualified_share"] > FINE_SHARE:
        against.append(f"har {_number(row['qualified_count'])} stillinger fagutdanning (nøkkeltall FAG)")
    share = max(row[name] or 0 for name in ("implied_share", "qualified_share"))
    expected = row["implied_count"] if row["implied_share"] == share else row["qualified_count"]
    return found_in(
        "VR54", row,
        f"{row['unit_name']}, {row['period']}: fant {number_text(row)} årsverk i {place_text(row)}, men i KOSTRA "
        f"({row['kostra_file']}) {' og '.join(against)}. Forskjellen er {format_percent(share, 0)}. KOSTRA teller "
        "funksjon 244. Kontroller tallet, eller skriv i forklaringsfeltet hvilke stillinger som er med.",
        found=number_text(row), expected=_number(expected),
        indicators=("E1-02", *indicators_of(row["stem"], [row["field_id"]])))


def _number(positions: float) -> str:
    return format_number(positions, 1, pad=False)


RULE = Rule("VR54", SELECT, judge)
