-- Grain: one delivered cell and its role.
-- Placed children / (placed + not placed children) with measures during the year. KOSTRA groups deliver the share
-- itself.
-- Leaves out: nothing; a missing count makes the share missing.
WITH part AS (
    SELECT unit_code, CAST(year AS VARCHAR) AS period, key_figure_code, value, status, delivery_id, cell_number
    FROM core.key_figure
    WHERE key_figure_code IN ('07', '08')
)
SELECT
    unit_code, period, '' AS breakdown, 1 AS term, 'numerator' AS role, value AS amount, status, delivery_id,
    cell_number AS place_number
FROM part
WHERE key_figure_code = '08'
UNION ALL
SELECT unit_code, period, '', 1, 'denominator', value, status, delivery_id, cell_number
FROM part
UNION ALL
SELECT unit_code, period, '', 1, 'count_numerator', value, status, delivery_id, cell_number
FROM part
WHERE key_figure_code = '08'
UNION ALL
SELECT unit_code, period, '', 1, 'count_denominator', value, status, delivery_id, cell_number
FROM part
UNION ALL
SELECT unit_code, CAST(year AS VARCHAR), '', 1, 'numerator', value, status, delivery_id, cell_number
FROM core.key_figure
WHERE key_figure_code = '08A'
