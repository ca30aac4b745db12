-- Grain: one delivered grant line.
-- Compensation: the yearly increase in the block grant for taking part.
-- Leaves out: the one-off grant for administration, and other grants.
SELECT
    unit_code,
    CAST(year AS VARCHAR) AS period,
    '' AS breakdown,
    1 AS term,
    'numerator' AS role,
    amount_thousand_nok / 1000 AS amount,
    'ok' AS status,
    delivery_id,
    line_number AS place_number
FROM core.compensation_line
