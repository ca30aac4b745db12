-- Grain: one delivered grant line (numerator) or ledger line (denominator).
-- Compensation ratio: compensation / extra cost M2.
-- Leaves out: the one-off grant for administration, and years where either side is not delivered.
WITH trial AS (
    SELECT unit_code, accounting_year AS year, amount_thousand_nok / 1000 AS amount, delivery_id, line_number
    FROM core.child_welfare_cost_line
    WHERE component = 'trial'
)
SELECT
    compensation.unit_code, CAST(compensation.year AS VARCHAR) AS period, '' AS breakdown, 1 AS term,
    'numerator' AS role, compensation.amount_thousand_nok / 1000 AS amount, 'ok' AS status, compensation.delivery_id,
    compensation.line_number AS place_number
FROM core.compensation_line AS compensation
WHERE EXISTS (SELECT 1 FROM trial WHERE trial.unit_code = compensation.unit_code AND trial.year = compensation.year)
UNION ALL
SELECT unit_code, CAST(year AS VARCHAR), '', 1, 'denominator', amount, 'ok', delivery_id, line_number
FROM trial
WHERE EXISTS (
    SELECT 1 FROM core.compensation_line AS compensation
    WHERE compensation.unit_code = trial.unit_code AND compensation.year = trial.year
)
