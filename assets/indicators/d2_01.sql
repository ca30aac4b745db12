-- Grain: one delivered cell and its role.
-- Share of investigations not concluded within 3 months: 1 − the delivered share within 3 months.
-- The counts behind it (05T of 05N) take part in disclosure control only.
-- Leaves out: nothing; KOSTRA groups have the share without counts.
SELECT
    unit_code,
    CAST(year AS VARCHAR) AS period,
    '' AS breakdown,
    1 AS term,
    CASE key_figure_code
        WHEN '05' THEN 'numerator'
        WHEN '05T' THEN 'count_numerator'
        ELSE 'count_denominator'
    END AS role,
    CASE WHEN key_figure_code = '05' THEN 1 - value ELSE value END AS amount,
    status,
    delivery_id,
    cell_number AS place_number
FROM core.key_figure
WHERE key_figure_code IN ('05', '05T', '05N')
