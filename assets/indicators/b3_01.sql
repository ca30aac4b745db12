-- Grain: one delivered cell and its role.
-- Placed children / (placed + not placed children) with measures during the year. KOSTRA groups deliver the share
-- itself. The counts behind it take part once more, in disclosure control only.
-- Leaves out: years in which only one of the two counts is delivered; a sum of one part is not a sum.
WITH part AS (
    SELECT
        unit_code, CAST(year AS VARCHAR) AS period, key_figure_code, value, status, delivery_id, cell_number,
        count(*) OVER (PARTITION BY unit_code, year) AS delivered_count
    FROM core.key_figure
    WHERE key_figure_code IN ('07', '08')
),
both_counts AS (
    SELECT * FROM part WHERE delivered_count = 2
)
SELECT
    unit_code, period, '' AS breakdown, 1 AS term, 'numerator' AS role, value AS amount, status, delivery_id,
    cell_number AS place_number
FROM both_counts
WHERE key_figure_code = '08'
UNION ALL
SELECT unit_code, period, '', 1, 'denominator', value, status, delivery_id, cell_number
FROM both_counts
UNION ALL
SELECT unit_code, period, '', 1, 'count_numerator', value, status, delivery_id, cell_number
FROM both_counts
WHERE key_figure_code = '08'
UNION ALL
SELECT unit_code, period, '', 1, 'count_denominator', value, status, delivery_id, cell_number
FROM both_counts
UNION ALL
SELECT unit_code, CAST(year AS VARCHAR), '', 1, 'numerator', value, status, delivery_id, cell_number
FROM core.key_figure
WHERE key_figure_code = '08A'
