-- Grain: one delivered line that counts, once with and once without the trial.
-- Net operating expenditure on 244, 251 and 252, unaccompanied minors taken out; with the trial's part of 285
-- (trial_cost=included) and without it (trial_cost=excluded, comparable with KOSTRA groups).
-- Leaves out: investment, funds, and 285 lines outside the trial's project.
SELECT
    unit_code,
    CAST(accounting_year AS VARCHAR) AS period,
    'trial_cost=included' AS breakdown,
    1 AS term,
    'numerator' AS role,
    amount_thousand_nok / 1000 AS amount,
    'ok' AS status,
    delivery_id,
    line_number AS place_number
FROM core.child_welfare_cost_line
UNION ALL
SELECT
    unit_code, CAST(accounting_year AS VARCHAR), 'trial_cost=excluded', 1, 'numerator', amount_thousand_nok / 1000,
    'ok', delivery_id, line_number
FROM core.child_welfare_cost_line
WHERE component <> 'trial'
