-- Grain: one delivered grant line or ledger line.
-- What taking part has given from 2016 to the year: compensation and the one-off grant for administration minus extra
-- cost M2.
-- Leaves out: years that follow one in which either side is not delivered, and units whose one-off grant is not
-- delivered: without it the sum would not be what it says.
WITH last_year AS (
    SELECT DISTINCT balance.unit_code, balance.year
    FROM core.trial_balance_line AS balance
    WHERE balance.is_unbroken
    AND EXISTS (
        SELECT 1 FROM core.grant_line
        WHERE grant_line.unit_code = balance.unit_code AND grant_line.is_one_off AND grant_line.year <= balance.year
    )
),
received AS (
    SELECT unit_code, year, amount_thousand_nok, delivery_id, line_number
    FROM core.trial_balance_line
    WHERE year >= 2016
    UNION ALL
    SELECT unit_code, year, amount_thousand_nok, delivery_id, line_number
    FROM core.grant_line
    WHERE is_one_off
)
SELECT
    received.unit_code, CAST(last_year.year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, 'numerator' AS role,
    received.amount_thousand_nok / 1000 AS amount, 'ok' AS status, received.delivery_id,
    received.line_number AS place_number
FROM received
INNER JOIN last_year ON last_year.unit_code = received.unit_code AND received.year <= last_year.year
