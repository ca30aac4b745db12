-- Grain: one year and measure.
-- Leaves out: years without a known rate; another year's rate is never used in their place.
SELECT
    line.year,
    line.measure_code,
    line.rate_nok_per_month,
    line.rate_source,
    line.delivery_id,
    line.line_number
FROM {corrected:rates_line} AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'rates'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.period = CAST(line.year AS VARCHAR)
WHERE line.rate_nok_per_month IS NOT NULL
