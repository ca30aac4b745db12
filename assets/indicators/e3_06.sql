-- Grain: one invoice line and its role.
-- Average price of a day in private placements, by type: what the invoices of the service year come to, ordinary rate
-- and price part together, / (invoiced months × 365/12).
-- Small numbers: the agreements behind the price are counted, since a price says what a placement costs; where the
-- report has printed the same average already, invoice months are (four at least).
-- Leaves out: measures without a monthly rate, and years that are not over.
SELECT
    line.unit_code, CAST(line.service_year AS VARCHAR) AS period, 'type=' || line.measure_type_code AS breakdown,
    1 AS term, part.role,
    CASE part.role
        WHEN 'numerator' THEN CAST(line.amount_nok AS DOUBLE)
        WHEN 'denominator' THEN line.months_count * 365 / 12
        ELSE line.disclosure_count
    END AS amount,
    'ok' AS status, line.delivery_id, line.line_number AS place_number
FROM core.invoice_price_line AS line
CROSS JOIN (VALUES ('numerator'), ('denominator'), ('count_numerator')) AS part (role)
