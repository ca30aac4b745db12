-- Grain: one delivered cell and its role.
-- 1000 × reports received / inhabitants 0–17. KOSTRA groups deliver the rate itself.
-- The counts behind it take part once more, in disclosure control only.
-- Leaves out: years without a complete population of the unit.
WITH counted AS (
    SELECT figure.*
    FROM core.key_figure AS figure
    WHERE figure.key_figure_code = '01'
    AND EXISTS (
        SELECT 1 FROM core.population_cell AS population
        WHERE population.unit_code = figure.unit_code AND population.year = figure.year
    )
),
inhabitant AS (
    SELECT population.unit_code, population.year, population.inhabitants_count, population.delivery_id,
        population.cell_number
    FROM core.population_cell AS population
    INNER JOIN counted ON counted.unit_code = population.unit_code AND counted.year = population.year
    WHERE population.age_code BETWEEN '000' AND '017'
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
