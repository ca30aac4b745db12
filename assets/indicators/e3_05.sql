-- Grain: one invoice line.
-- Children in private placements on average through the year: invoiced months at the monthly rate / 12, by type.
-- Leaves out: measures without a monthly rate, and years that are not over.
SELECT
    unit_code,
    CAST(service_year AS VARCHAR) AS period,
    'type=' || measure_type_code AS breakdown,
    1 AS term,
    'numerator' AS role,
    months_count / 12 AS amount,
    'ok' AS status,
    delivery_id,
    line_number AS place_number
FROM core.invoice_price_line
