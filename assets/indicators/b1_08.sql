-- Grain: one delivered cell and its role.
-- Share of the reports in the year handled within 7 days, as delivered.
-- The counts behind it (04T of 01) take part in disclosure control only.
-- Leaves out: nothing; KOSTRA groups have the share without counts.
SELECT
    unit_code,
    CAST(year AS VARCHAR) AS period,
    '' AS breakdown,
    1 AS term,
    CASE key_figure_code
        WHEN '04' THEN 'numerator'
        WHEN '04T' THEN 'count_numerator'
        ELSE 'count_denominator'
    END AS role,
    value AS amount,
    status,
    delivery_id,
    cell_number AS place_number
FROM core.key_figure
WHERE key_figure_code IN ('04', '04T', '01')
