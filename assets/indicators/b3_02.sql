-- Grain: one delivered cell and its role.
-- Share placed in the year (term 1) minus share placed in 2015 (term 2). The baseline is 2015, the last year before
-- the trial.
-- Leaves out: 2015 and earlier, and KOSTRA groups.
WITH part AS (
    SELECT unit_code, year, key_figure_code, value, status, delivery_id, cell_number
    FROM core.key_figure
    WHERE key_figure_code IN ('07', '08')
),
placed_in AS (
    SELECT
        unit_code, year AS period_year, 1 AS term, 1 AS sign, key_figure_code, value, status, delivery_id, cell_number
    FROM part
    WHERE year > 2015
    UNION ALL
    SELECT
        later.unit_code, later.year, 2, -1, part.key_figure_code, part.value, part.status, part.delivery_id,
        part.cell_number
    FROM part
    INNER JOIN (SELECT DISTINCT unit_code, year FROM part WHERE year > 2015) AS later
        ON later.unit_code = part.unit_code
    WHERE part.year = 2015
)
SELECT
    unit_code, CAST(period_year AS VARCHAR) AS period, '' AS breakdown, term, 'numerator' AS role,
    sign * value AS amount, status, delivery_id, cell_number AS place_number
FROM placed_in
WHERE key_figure_code = '08'
UNION ALL
SELECT unit_code, CAST(period_year AS VARCHAR), '', term, 'denominator', value, status, delivery_id, cell_number
FROM placed_in
UNION ALL
SELECT unit_code, CAST(period_year AS VARCHAR), '', term, 'count_numerator', value, status, delivery_id, cell_number
FROM placed_in
WHERE key_figure_code = '08'
UNION ALL
SELECT unit_code, CAST(period_year AS VARCHAR), '', term, 'count_denominator', value, status, delivery_id, cell_number
FROM placed_in
