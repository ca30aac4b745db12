-- Grain: one delivered cell and its role.
-- Share placed in the year (term 1) minus share placed in 2015 (term 2). The baseline is 2015, the last year before
-- the trial.
-- Leaves out: 2015 and earlier, KOSTRA groups, and years for which one of the four counts is not delivered.
WITH part AS (
    SELECT
        unit_code, year, key_figure_code, value, status, delivery_id, cell_number,
        count(*) OVER (PARTITION BY unit_code, year) AS delivered_count
    FROM core.key_figure
    WHERE key_figure_code IN ('07', '08')
),
both_counts AS (
    SELECT * FROM part WHERE delivered_count = 2
),
compared_year AS (
    SELECT DISTINCT later.unit_code, later.year
    FROM both_counts AS later
    INNER JOIN both_counts AS baseline ON baseline.unit_code = later.unit_code AND baseline.year = 2015
    WHERE later.year > 2015
),
placed_in AS (
    SELECT
        compared_year.unit_code, CAST(compared_year.year AS VARCHAR) AS period,
        CASE WHEN both_counts.year = 2015 THEN 2 ELSE 1 END AS term,
        CASE WHEN both_counts.year = 2015 THEN -1 ELSE 1 END AS sign,
        both_counts.key_figure_code, both_counts.value, both_counts.status, both_counts.delivery_id,
        both_counts.cell_number
    FROM compared_year
    INNER JOIN both_counts
        ON both_counts.unit_code = compared_year.unit_code AND both_counts.year IN (2015, compared_year.year)
)
SELECT
    unit_code, period, '' AS breakdown, term, 'numerator' AS role, sign * value AS amount, status, delivery_id,
    cell_number AS place_number
FROM placed_in
WHERE key_figure_code = '08'
UNION ALL
SELECT unit_code, period, '', term, 'denominator', value, status, delivery_id, cell_number
FROM placed_in
UNION ALL
SELECT unit_code, period, '', term, 'count_numerator', value, status, delivery_id, cell_number
FROM placed_in
WHERE key_figure_code = '08'
UNION ALL
SELECT unit_code, period, '', term, 'count_denominator', value, status, delivery_id, cell_number
FROM placed_in
