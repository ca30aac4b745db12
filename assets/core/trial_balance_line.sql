-- Grain: one delivered grant line or ledger line of a year in which both sides are delivered, in thousand NOK.
-- Compensation with plus, extra cost M2 with minus: their sum is the gain of taking part. `is_unbroken` is true when
-- every year from 2016 to the line's own has both sides.
-- Leaves out: the one-off grant for administration, and years where either side is not delivered.
WITH trial AS (
    SELECT unit_code, accounting_year AS year, amount_thousand_nok, delivery_id, line_number
    FROM core.child_welfare_cost_line
    WHERE component = 'trial'
),
both_delivered AS (
    SELECT DISTINCT compensation_line.unit_code, compensation_line.year
    FROM core.compensation_line
    INNER JOIN trial ON trial.unit_code = compensation_line.unit_code AND trial.year = compensation_line.year
),
known_year AS (
    SELECT
        unit_code, year,
        year - 2015 = (
            SELECT count(*) FROM both_delivered AS earlier
            WHERE earlier.unit_code = both_delivered.unit_code AND earlier.year BETWEEN 2016 AND both_delivered.year
        ) AS is_unbroken
    FROM both_delivered
),
balance AS (
    SELECT unit_code, year, amount_thousand_nok, delivery_id, line_number FROM core.compensation_line
    UNION ALL
    SELECT unit_code, year, -amount_thousand_nok, delivery_id, line_number FROM trial
)
SELECT
    balance.unit_code, balance.year, known_year.is_unbroken, balance.amount_thousand_nok, balance.delivery_id,
    balance.line_number
FROM balance
INNER JOIN known_year ON known_year.unit_code = balance.unit_code AND known_year.year = balance.year
