"""VR41: an amount the report's text prints is the one Bufetat's own figures give. A rule on the report, not on a delivery."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import amount_text
from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows

FINE_SHARE = 0.01
TOUCHED = {"BU001": "G1-10", "BU003": "G1-10", "BU004": "G1-08", "BU005": "G1-09", "BU007": "G1-08"}

# What each printed amount is about, in thousand NOK: cuts and requirements are told without sign in the text.
SELECT = """
WITH budget AS (
    SELECT period, -sum(CASE WHEN budget_post_code LIKE '0855.%' THEN value END) AS cut,
        -sum(CASE WHEN budget_post_code = '3855.60' THEN value END) AS required
    FROM core.bufetat_figure
    WHERE bufetat_figure_code = 'budsjettendring'
    GROUP BY period
),
grown AS (
    SELECT now.unit_code, now.period, sum(now.amount_thousand_nok) - max(baseline.amount_thousand_nok) AS growth
    FROM core.co_payment_figure AS now
    INNER JOIN core.co_payment_figure AS baseline
        ON baseline.unit_code = now.unit_code AND baseline.period = '2015'
    GROUP BY now.unit_code, now.period
    HAVING count(*) = 1
),
told AS (
    SELECT 'BU001' AS fact_id, period, 'budsjettendringene på kapittel 0855' AS what_nb, cut AS amount FROM budget
    UNION ALL
    SELECT 'BU003', period, 'budsjettendringene på post 3855.60', required FROM budget
    UNION ALL
    SELECT fact_id, grown.period, 'endringen i egenandeler fra 2015', growth
    FROM grown INNER JOIN (VALUES ('BU004', 'R-SOR'), ('BU007', 'R-SOR')) AS about (fact_id, unit_code)
        ON about.unit_code = grown.unit_code
    UNION ALL
    SELECT 'BU005', period, 'kravet til egenandeler', value
    FROM core.bufetat_figure
    WHERE bufetat_figure_code = 'inntektskrav' AND unit_code = 'R-SOR'
)
SELECT figure.fact_id, figure.unit_code, figure.period, figure.decimals, 1000 * figure.published AS printed,
    told.what_nb, told.amount
FROM reference.published_figure AS figure
INNER JOIN told ON told.fact_id = figure.fact_id AND told.period = figure.period
WHERE told.amount IS NOT NULL AND figure.published IS NOT NULL
ORDER BY figure.fact_id
"""


def judge(row: Row) -> Finding | None:
    """A finding when the two differ by more than 1 % and by more than the text's own rounding."""
    printed, amount = row["printed"], row["amount"]
    rounding = 500 * 10.0 ** -row["decimals"]
    if abs(printed - amount) <= max(FINE_SHARE * abs(amount), rounding):
        return None
    fact = next(line for line in reference_rows("published_figure") if line["fact_id"] == row["fact_id"])
    said, given = (f"{format_number(thousand / 1000, 1)} millioner" for thousand in (printed, amount))
    return found_in(
        "VR41", row,
        f"Rapporten ({fact['origin_nb']}) oppgir {said} kroner ({fact['description_nb'].lower()}, {row['period']}), men "
        f"{row['what_nb']} i Bufetats tall gir {amount_text(amount)} tusen kroner. Forskjellen er "
        f"{amount_text(printed - amount)}. Rett teksten, eller skriv hvilket beløp den bygger på.",
        source="bufetat", cell=f"{fact['origin_nb']}, {row['fact_id']}", found=said, expected=given,
        indicators=(TOUCHED[row["fact_id"]],))


RULE = Rule("VR41", SELECT, judge)
