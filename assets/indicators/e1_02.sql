-- Grain: one delivered cell.
-- Children with investigation or measure per FTE on function 244, as delivered by KOSTRA.
-- Leaves out: 2013, before the series begins (status not_reported, never zero).
SELECT
    unit_code,
    CAST(year AS VARCHAR) AS period,
    '' AS breakdown,
    1 AS term,
    'numerator' AS role,
    value AS amount,
    status,
    delivery_id,
    cell_number AS place_number
FROM core.key_figure
WHERE key_figure_code = '06'
