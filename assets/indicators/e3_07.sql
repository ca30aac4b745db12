-- Grain: one invoice line of the year or of the year before, and its role.
-- Change in the average price of a day from the year before, by type: E3-06(t) / E3-06(t−1) − 1. As one fraction of
-- delivered lines: the year's invoices minus what its months would have cost at last year's price, / the latter. Each
-- of last year's lines is scaled by the year's months / last year's months and stands both below and, with minus,
-- above.
-- Small numbers: counted as in E3-06, in the year that has fewer.
-- Leaves out: years without the year before.
WITH price_year AS (
    SELECT
        unit_code, service_year, measure_type_code, sum(months_count) AS months_count,
        CASE WHEN count(disclosure_count) = count(*) THEN sum(disclosure_count) END AS disclosure_count
    FROM core.invoice_price_line
    GROUP BY unit_code, service_year, measure_type_code
),
pair AS (
    SELECT
        this_year.unit_code, this_year.service_year, this_year.measure_type_code,
        this_year.months_count / year_before.months_count AS scale,
        CASE WHEN this_year.disclosure_count IS NULL OR this_year.disclosure_count <= year_before.disclosure_count
            THEN this_year.service_year ELSE year_before.service_year END AS counted_year
    FROM price_year AS this_year
    INNER JOIN price_year AS year_before
        ON year_before.unit_code = this_year.unit_code
        AND year_before.measure_type_code = this_year.measure_type_code
        AND year_before.service_year = this_year.service_year - 1
),
compared AS (
    SELECT
        pair.unit_code, CAST(pair.service_year AS VARCHAR) AS period, 'type=' || pair.measure_type_code AS breakdown,
        pair.service_year, pair.counted_year, pair.scale, line.service_year AS line_year,
        CAST(line.amount_nok AS DOUBLE) AS amount, line.disclosure_count, line.delivery_id, line.line_number
    FROM pair
    INNER JOIN core.invoice_price_line AS line
        ON line.unit_code = pair.unit_code
        AND line.measure_type_code = pair.measure_type_code
        AND line.service_year BETWEEN pair.service_year - 1 AND pair.service_year
)
SELECT
    unit_code, period, breakdown, 1 AS term, 'numerator' AS role,
    CASE WHEN line_year = service_year THEN amount ELSE -scale * amount END AS amount, 'ok' AS status, delivery_id,
    line_number AS place_number
FROM compared
UNION ALL
SELECT unit_code, period, breakdown, 1, 'denominator', scale * amount, 'ok', delivery_id, line_number
FROM compared
WHERE line_year < service_year
UNION ALL
SELECT unit_code, period, breakdown, 1, 'count_numerator', disclosure_count, 'ok', delivery_id, line_number
FROM compared
WHERE line_year = counted_year
