-- Grain: one delivered cell and its role.
-- Children with an institution measure / placed children. The counts take part once more, in disclosure control only.
-- Leaves out: KOSTRA groups, whose counts are not delivered, and years in which only one of the two is delivered.
WITH part AS (
    SELECT
        unit_code, CAST(year AS VARCHAR) AS period, value, status, delivery_id, cell_number,
        CASE key_figure_code WHEN '15' THEN 'numerator' ELSE 'denominator' END AS role,
        count(*) OVER (PARTITION BY unit_code, year) AS delivered_count
    FROM core.key_figure
    WHERE key_figure_code IN ('08', '15')
),
both_counts AS (
    SELECT * FROM part WHERE delivered_count = 2
)
SELECT
    unit_code, period, '' AS breakdown, 1 AS term, role, value AS amount, status, delivery_id,
    cell_number AS place_number
FROM both_counts
UNION ALL
SELECT unit_code, period, '', 1, 'count_' || role, value, status, delivery_id, cell_number
FROM both_counts
