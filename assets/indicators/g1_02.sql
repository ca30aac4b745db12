-- Grain: one delivered ledger line, once in the whole and once under its purpose.
-- Extra cost M2: what the municipality has booked on 285 with the trial's project, net.
-- Leaves out: 285 lines of other projects, fund transfers.
SELECT
    unit_code,
    CAST(accounting_year AS VARCHAR) AS period,
    '' AS breakdown,
    1 AS term,
    'numerator' AS role,
    amount_thousand_nok / 1000 AS amount,
    'ok' AS status,
    delivery_id,
    line_number AS place_number
FROM core.child_welfare_cost_line
WHERE component = 'trial'
UNION ALL
SELECT
    unit_code, CAST(accounting_year AS VARCHAR), 'purpose=' || purpose_function_code, 1, 'numerator',
    amount_thousand_nok / 1000, 'ok', delivery_id, line_number
FROM core.child_welfare_cost_line
WHERE component = 'trial'
