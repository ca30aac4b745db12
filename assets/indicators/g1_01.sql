-- Grain: one delivered line of the year or of the baseline year.
-- Extra cost M1: net operating expenditure in the year minus in 2015, all child welfare including the trial, current
-- kroner.
-- Leaves out: 2015 itself, and units whose 2015 is not complete.
WITH cost AS (
    SELECT unit_code, accounting_year, amount_thousand_nok / 1000 AS amount, delivery_id, line_number
    FROM core.child_welfare_cost_line
),
compared_year AS (
    SELECT DISTINCT unit_code, accounting_year
    FROM cost AS later
    WHERE accounting_year > 2015
    AND EXISTS (SELECT 1 FROM cost WHERE cost.unit_code = later.unit_code AND cost.accounting_year = 2015)
)
SELECT
    cost.unit_code, CAST(compared_year.accounting_year AS VARCHAR) AS period, '' AS breakdown, 1 AS term,
    'numerator' AS role,
    CASE WHEN cost.accounting_year = 2015 THEN -cost.amount ELSE cost.amount END AS amount,
    'ok' AS status, cost.delivery_id, cost.line_number AS place_number
FROM cost
INNER JOIN compared_year
    ON compared_year.unit_code = cost.unit_code AND cost.accounting_year IN (2015, compared_year.accounting_year)
