-- Grain: one invoice line (term 1), or the data request's cell (term 2).
-- How much more a month in a private foster home costs than in one where the municipality itself buys out and guides
-- the foster parents: what the foster homes' invoices come to / invoiced months (term 1), minus the municipality's own
-- monthly cost (term 2).
-- Small numbers: the private price is counted as in E3-06; the municipality's own average is its own statement.
-- Leaves out: years in which one of the two is not delivered.
WITH own_home AS (
    SELECT unit_code, period, value, status, delivery_id, cell_number
    FROM core.form_value
    WHERE stem = 'data_requests' AND field_id = 'frikjoept_maanedspris'
),
private_home AS (
    SELECT
        line.unit_code, CAST(line.service_year AS VARCHAR) AS period, part.role,
        CASE part.role
            WHEN 'numerator' THEN CAST(line.amount_nok AS DOUBLE)
            WHEN 'denominator' THEN line.months_count
            ELSE line.disclosure_count
        END AS amount,
        line.delivery_id, line.line_number
    FROM core.invoice_price_line AS line
    CROSS JOIN (VALUES ('numerator'), ('denominator'), ('count_numerator')) AS part (role)
    WHERE line.measure_type_code = 'fosterhjem'
)
SELECT
    private_home.unit_code, private_home.period, '' AS breakdown, 1 AS term, private_home.role, private_home.amount,
    'ok' AS status, private_home.delivery_id, private_home.line_number AS place_number
FROM private_home
INNER JOIN own_home ON own_home.unit_code = private_home.unit_code AND own_home.period = private_home.period
UNION ALL
SELECT
    unit_code, period, '', 2, 'numerator', -value, status, delivery_id, cell_number
FROM own_home
WHERE EXISTS (
    SELECT 1 FROM private_home
    WHERE private_home.unit_code = own_home.unit_code AND private_home.period = own_home.period
)
