-- Grain: one delivered form field and its role in an indicator.
-- Which field takes part in which indicator stands in `reference.indicator_field`. A year made of tertials (year_sum)
-- stands only when every tertial that was to be reported that year is here, and the last of them is over; in 2016 only
-- the third was to be reported. year_end is the last tertial's own number.
-- Leaves out: years that lack a report.
WITH tertial_year AS (
    SELECT substring(period, 1, 4) AS report_year, count(*) AS period_count, max(period) AS last_period
    FROM reference.reporting_period
    GROUP BY substring(period, 1, 4)
),
reported AS (
    SELECT unit_code, substring(period, 1, 4) AS report_year, count(DISTINCT period) AS period_count
    FROM core.form_value
    WHERE stem = 'tertial_reports' AND period IN (SELECT period FROM reference.reporting_period)
    GROUP BY unit_code, substring(period, 1, 4)
),
whole_year AS (
    SELECT reported.unit_code, reported.report_year, tertial_year.last_period
    FROM reported
    INNER JOIN tertial_year
        ON tertial_year.report_year = reported.report_year AND tertial_year.period_count = reported.period_count
    WHERE tertial_year.last_period LIKE '%-T3'
),
part AS (
    SELECT
        field.indicator_id, value.unit_code, value.period AS delivered_period, field.period_rule,
        coalesce(field.breakdown, '') AS breakdown, field.term, field.role, field.scale * value.value AS amount,
        value.status, value.delivery_id, value.cell_number AS place_number
    FROM reference.indicator_field AS field
    INNER JOIN core.form_value AS value ON value.stem = field.stem AND value.field_id = field.field_id
)
SELECT
    part.indicator_id, part.unit_code, part.delivered_period AS period, part.breakdown, part.term, part.role,
    part.amount, part.status, part.delivery_id, part.place_number
FROM part
WHERE part.period_rule IN ('tertial', 'year')
UNION ALL
SELECT
    part.indicator_id, part.unit_code, whole_year.report_year, part.breakdown, part.term, part.role, part.amount,
    part.status, part.delivery_id, part.place_number
FROM part
INNER JOIN whole_year
    ON whole_year.unit_code = part.unit_code
    AND whole_year.report_year = substring(part.delivered_period, 1, 4)
    AND (part.period_rule = 'year_sum' OR part.delivered_period = whole_year.last_period)
WHERE part.period_rule IN ('year_sum', 'year_end')
