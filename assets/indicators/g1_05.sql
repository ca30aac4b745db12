-- Grain: one delivered grant line (numerator) or ledger line (denominator).
-- Compensation ratio: compensation / extra cost M2.
-- Leaves out: the one-off grant for administration, and years where either side is not delivered.
WITH compensation AS (
    SELECT
        grant_line.unit_code, grant_line.year, grant_line.amount_thousand_nok / 1000 AS amount,
        grant_line.delivery_id, grant_line.line_number
    FROM core.grant_line
    INNER JOIN reference.grant_kind
        ON grant_kind.grant_name = grant_line.grant_name AND grant_kind.is_compensation
    WHERE NOT grant_line.is_one_off
),
trial AS (
    SELECT unit_code, accounting_year AS year, amount_thousand_nok / 1000 AS amount, delivery_id, line_number
    FROM core.child_welfare_cost_line
    WHERE component = 'trial'
)
SELECT
    unit_code, CAST(year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, 'numerator' AS role, amount,
    'ok' AS status, delivery_id, line_number AS place_number
FROM compensation
WHERE EXISTS (SELECT 1 FROM trial WHERE trial.unit_code = compensation.unit_code AND trial.year = compensation.year)
UNION ALL
SELECT unit_code, CAST(year AS VARCHAR), '', 1, 'denominator', amount, 'ok', delivery_id, line_number
FROM trial
WHERE EXISTS (
    SELECT 1 FROM compensation WHERE compensation.unit_code = trial.unit_code AND compensation.year = trial.year
)
