-- Grain: one delivered form field and its role in an indicator.
-- Which field takes part in which indicator stands in `reference.indicator_field`. A number stands only where all its
-- fields are delivered. A year made of tertials (year_sum) needs that of every tertial that was to be reported that
-- year, and the last of them must be over; in 2016 only the third was to be reported. year_end is the last tertial's own
-- number.
-- Leaves out: numbers that lack a field, and years that lack a report.
WITH part AS (
    SELECT
        field.indicator_id, value.unit_code, value.period AS delivered_period, field.period_rule,
        coalesce(field.breakdown, '') AS breakdown, field.term, field.role, field.scale * value.value AS amount,
        value.status, value.delivery_id, value.cell_number AS place_number, field.field_id
    FROM reference.indicator_field AS field
    INNER JOIN core.form_value AS value ON value.stem = field.stem AND value.field_id = field.field_id
),
needed AS (
    SELECT indicator_id, coalesce(breakdown, '') AS breakdown, count(DISTINCT field_id) AS field_count
    FROM reference.indicator_field
    WHERE role IN ('numerator', 'denominator')
    GROUP BY indicator_id, coalesce(breakdown, '')
),
complete AS (
    SELECT part.indicator_id, part.unit_code, part.delivered_period, part.breakdown
    FROM part
    INNER JOIN needed ON needed.indicator_id = part.indicator_id AND needed.breakdown = part.breakdown
    WHERE part.role IN ('numerator', 'denominator')
    GROUP BY part.indicator_id, part.unit_code, part.delivered_period, part.breakdown
    HAVING count(DISTINCT part.field_id) = max(needed.field_count)
),
tertial_year AS (
    SELECT substring(period, 1, 4) AS report_year, count(*) AS period_count, max(period) AS last_period
    FROM reference.reporting_period
    GROUP BY substring(period, 1, 4)
),
whole_year AS (
    SELECT complete.indicator_id, complete.unit_code, complete.breakdown, tertial_year.report_year, tertial_year.last_period
    FROM complete
    INNER JOIN reference.reporting_period ON reporting_period.period = complete.delivered_period
    INNER JOIN tertial_year ON tertial_year.report_year = substring(complete.delivered_period, 1, 4)
    WHERE tertial_year.last_period LIKE '%-T3'
    GROUP BY
        complete.indicator_id, complete.unit_code, complete.breakdown, tertial_year.report_year, tertial_year.last_period
    HAVING count(*) = max(tertial_year.period_count)
)
SELECT
    part.indicator_id, part.unit_code, part.delivered_period AS period, part.breakdown, part.term, part.role,
    part.amount, part.status, part.delivery_id, part.place_number
FROM part
INNER JOIN complete
    ON complete.indicator_id = part.indicator_id
    AND complete.unit_code = part.unit_code
    AND complete.delivered_period = part.delivered_period
    AND complete.breakdown = part.breakdown
WHERE part.period_rule IN ('tertial', 'year')
UNION ALL
SELECT
    part.indicator_id, part.unit_code, whole_year.report_year, part.breakdown, part.term, part.role, part.amount,
    part.status, part.delivery_id, part.place_number
FROM part
INNER JOIN whole_year
    ON whole_year.indicator_id = part.indicator_id
    AND whole_year.unit_code = part.unit_code
    AND whole_year.breakdown = part.breakdown
    AND whole_year.report_year = substring(part.delivered_period, 1, 4)
    AND (part.period_rule = 'year_sum' OR part.delivered_period = whole_year.last_period)
WHERE part.period_rule IN ('year_sum', 'year_end')
