-- Grain: one delivered cell.
-- Positions in the child-welfare service held by people with a professional education, at the end of the year.
-- Leaves out: KOSTRA groups, whose positions are not delivered.
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
WHERE key_figure_code = 'FAG'
