-- Grain: one delivered ledger, accounts or grant line of the year, or a line of the baseline year.
-- Change in self-financing: (net operating expenditure − compensation) in the year minus net operating expenditure in
-- 2015.
-- Leaves out: 2015 itself, years whose compensation is not delivered, units whose 2015 is not complete.
WITH cost AS (
    SELECT unit_code, accounting_year AS year, amount_thousand_nok, delivery_id, line_number
    FROM core.child_welfare_cost_line
),
known_year AS (
    SELECT DISTINCT cost.unit_code, cost.year
    FROM cost
    INNER JOIN core.compensation_line AS compensation
        ON compensation.unit_code = cost.unit_code AND compensation.year = cost.year
    INNER JOIN cost AS baseline ON baseline.unit_code = cost.unit_code AND baseline.year = 2015
    WHERE cost.year > 2015
),
part AS (
    SELECT known_year.unit_code, known_year.year, cost.amount_thousand_nok, cost.delivery_id, cost.line_number
    FROM known_year
    INNER JOIN cost ON cost.unit_code = known_year.unit_code AND cost.year = known_year.year
    UNION ALL
    SELECT known_year.unit_code, known_year.year, -cost.amount_thousand_nok, cost.delivery_id, cost.line_number
    FROM known_year
    INNER JOIN cost ON cost.unit_code = known_year.unit_code AND cost.year = 2015
    UNION ALL
    SELECT
        known_year.unit_code, known_year.year, -compensation.amount_thousand_nok, compensation.delivery_id,
        compensation.line_number
    FROM known_year
    INNER JOIN core.compensation_line AS compensation
        ON compensation.unit_code = known_year.unit_code AND compensation.year = known_year.year
)
SELECT
    unit_code, CAST(year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, 'numerator' AS role,
    amount_thousand_nok / 1000 AS amount, 'ok' AS status, delivery_id, line_number AS place_number
FROM part
