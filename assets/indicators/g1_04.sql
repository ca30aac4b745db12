-- Grain: one delivered grant line or ledger line.
-- Net gain: compensation minus extra cost M2; for the year, and summed from 2016 to the year
-- (accumulation=since_2016).
-- Leaves out: the one-off grant for administration, and years where either side is not delivered; a sum from 2016 needs
-- every year in between.
SELECT
    unit_code, CAST(year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, 'numerator' AS role,
    amount_thousand_nok / 1000 AS amount, 'ok' AS status, delivery_id, line_number AS place_number
FROM core.trial_balance_line
UNION ALL
SELECT
    line.unit_code, CAST(last.year AS VARCHAR), 'accumulation=since_2016', 1, 'numerator',
    line.amount_thousand_nok / 1000, 'ok', line.delivery_id, line.line_number
FROM core.trial_balance_line AS line
INNER JOIN (SELECT DISTINCT unit_code, year FROM core.trial_balance_line WHERE is_unbroken) AS last
    ON last.unit_code = line.unit_code AND line.year BETWEEN 2016 AND last.year
