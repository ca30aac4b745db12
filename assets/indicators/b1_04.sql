-- Grain: one delivered cell and its role.
-- 1000 × reports received / inhabitants 0–17. KOSTRA groups deliver the rate itself.
-- The counts behind it take part once more, in disclosure control only.
-- Leaves out: years without a complete population of the unit.
WITH counted AS (
    SELECT figure.*
    FROM core.key_figure AS figure
    WHERE figure.key_figure_code = '01'
    AND EXISTS (
        SELECT 1 FROM core.inhabitant
        WHERE inhabitant.unit_code = figure.unit_code AND inhabitant.year = figure.year
    )
),
inhabitant AS (
    SELECT inhabitant.*
    FROM core.inhabitant
    INNER JOIN counted ON counted.unit_code = inhabitant.unit_code AND counted.year = inhabitant.year
)
SELECT
    unit_code, CAST(year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, 'numerator' AS role,
    1000 * value AS amount, status, delivery_id, cell_number AS place_number
FROM counted
UNION ALL
SELECT unit_code, CAST(year AS VARCHAR), '', 1, 'count_numerator', value, status, delivery_id, cell_number
FROM counted
UNION ALL
SELECT unit_code, CAST(year AS VARCHAR), '', 1, 'denominator', inhabitants_count, 'ok', delivery_id, cell_number
FROM inhabitant
UNION ALL
SELECT unit_code, CAST(year AS VARCHAR), '', 1, 'count_denominator', inhabitants_count, 'ok', delivery_id, cell_number
FROM inhabitant
UNION ALL
SELECT unit_code, CAST(year AS VARCHAR), '', 1, 'numerator', value, status, delivery_id, cell_number
FROM core.key_figure
WHERE key_figure_code = '01R'
