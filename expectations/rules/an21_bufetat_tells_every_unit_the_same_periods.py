"""AN21: where Bufetat tells a period's co-payments for one trial municipality, it tells them for every one.

A line that is left out is not the sign for a number that is missing: nobody can tell it from a line that was forgotten.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import period_text, some

SELECT = """
WITH told AS (
    SELECT DISTINCT figure.unit_code, figure.period, unit.unit_type
    FROM core.bufetat_figure AS figure
    INNER JOIN reference.unit ON unit.unit_code = figure.unit_code
    WHERE figure.bufetat_figure_code = 'egenandel'
),
member AS (
    SELECT DISTINCT unit_code FROM told WHERE unit_type = 'municipality'
),
period AS (
    SELECT period, count(*) AS teller_count FROM told WHERE unit_type = 'municipality' GROUP BY period
)
SELECT member.unit_code, unit.unit_name, period.period, 'bufetat' AS stem, (
    SELECT string_agg(other.unit_name, ', ' ORDER BY other.unit_name)
    FROM told INNER JOIN reference.unit AS other ON other.unit_code = told.unit_code
    WHERE told.period = period.period AND told.unit_type = 'municipality'
) AS told_names
FROM member
CROSS JOIN period
INNER JOIN reference.unit ON unit.unit_code = member.unit_code
WHERE NOT EXISTS (
    SELECT 1 FROM told WHERE told.unit_code = member.unit_code AND told.period = period.period
)
AND CAST(substring(period.period, 1, 4) AS INTEGER) <= coalesce(unit.last_trial_year, 9999)
ORDER BY member.unit_code, period.period
"""


def judge(row: Row) -> Finding:
    """Every row is a period that is missing for a municipality."""
    return found_in(
        "AN21", row,
        f"{row['unit_name']}, {period_text(row['period'])}: Bufetats tall har ingen linje for egenandeler, men de har "
        "en for "
        f"{some(row['told_names'].split(', '))}. Legg til linjen med beløpet, eller med tegnet som sier hvorfor det "
        "mangler, og "
        "lever filen på nytt.",
        cell=f"egenandel mangler, {row['unit_code']}", found="ingen linje", expected="et beløp eller et tegn")


RULE = Rule("AN21", SELECT, judge)
