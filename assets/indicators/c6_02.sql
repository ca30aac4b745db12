-- Grain: one delivered cell and its role.
-- Children with an institution measure / placed children.
-- Leaves out: KOSTRA groups, whose counts are not delivered.
WITH part AS (
    SELECT
        unit_code, CAST(year AS VARCHAR) AS period, value, status, delivery_id, cell_number,
        CASE key_figure_code WHEN '15' THEN 'numerator' ELSE 'denominator' END AS role
    FROM core.key_figure
    WHERE key_figure_code IN ('08', '15')
)
SELECT
    unit_code, period, '' AS breakdown, 1 AS term, role, value AS amount, status, delivery_id,
    cell_number AS place_number
FROM part
UNION ALL
SELECT unit_code, period, '', 1, 'count_' || role, value, status, delivery_id, cell_number
FROM part
