"""AN13: a key figure that is worked out of others is what they give, to its own rounding.

The share of reports that were investigated (02) and treated within a week (04), and a group's net cost (N), which is
that of its three functions. The share concluded in time (05) is VR46's, the rate of children (03) VR47's, and a share
that cannot be AN11's.
"""

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_sentence
from warehouse.number_format import format_number

ROUNDING_SHARE = 0.005
ROUNDING_NOK = 2
"""Half a unit of the last digit: of a share in hundredths; of each of four amounts in whole kroner."""

SELECT = f"""
WITH figure AS (
    SELECT * FROM core.key_figure WHERE status = 'ok'
),
share (figure_code, numerator_code, denominator_code) AS (
    VALUES ('02', '02T', '01'), ('04', '04T', '01')
),
given AS (
    SELECT figure.*, numerator.value / denominator.value AS given_value, {ROUNDING_SHARE} AS rounding,
        concat_ws(' / ', share.numerator_code, share.denominator_code) AS how
    FROM share
    INNER JOIN figure ON figure.key_figure_code = share.figure_code
    INNER JOIN figure AS numerator
        ON numerator.unit_code = figure.unit_code AND numerator.year = figure.year
        AND numerator.key_figure_code = share.numerator_code
    INNER JOIN figure AS denominator
        ON denominator.unit_code = figure.unit_code AND denominator.year = figure.year
        AND denominator.key_figure_code = share.denominator_code AND denominator.value > 0
    UNION ALL
    SELECT figure.*, part.value, {ROUNDING_NOK}, 'N244 + N251 + N252'
    FROM figure
    INNER JOIN (
        SELECT unit_code, year, sum(value) AS value
        FROM figure
        WHERE key_figure_code IN ('N244', 'N251', 'N252')
        GROUP BY unit_code, year HAVING count(*) = 3
    ) AS part ON part.unit_code = figure.unit_code AND part.year = figure.year
    WHERE figure.key_figure_code = 'N'
)
SELECT given.*, CAST(given.year AS VARCHAR) AS period, unit.unit_name, delivery.file_name, 'kostra_statistics' AS stem
FROM given
INNER JOIN reference.unit ON unit.unit_code = given.unit_code
INNER JOIN register.delivery ON delivery.delivery_id = given.delivery_id
WHERE round(abs(given.value - given.given_value), 6) > given.rounding
AND given.value >= 0 AND (given.value <= 1 OR given.key_figure_code = 'N')
ORDER BY given.unit_code, given.year, given.key_figure_code
"""


def judge(row: Row) -> Finding:
    """Every row differs from what its parts give."""
    decimals = 0 if row["key_figure_code"] == "N" else 2
    found, expected = (format_number(row[name], decimals) for name in ("value", "given_value"))
    return found_in(
        "AN13", row,
        f"{row['unit_name']}, {row['period']}: {figure_text(row['key_figure_code'])} er {found}, "
        f"value[{row['cell_number']}] i "
        f"{row['file_name']}, men nøkkeltallene {row['how']} gir {expected}. Forskjellen er "
        f"{format_number(row['value'] - row['given_value'], decimals + 1, pad=False)}. "
        f"{slip_sentence(row['value'], round(row['given_value'], decimals), decimals)}Kontroller tallene mot "
        "Statistisk "
        "sentralbyrå, og rett det som er feil.",
        cell=f"nøkkeltall {row['key_figure_code']}", found=found, expected=expected)


RULE = Rule("AN13", SELECT, judge)
