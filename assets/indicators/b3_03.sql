-- Grain: one delivered cell and its role.
-- 1000 × (placed + not placed children with measures) / inhabitants 0–17. KOSTRA groups deliver the rate itself.
-- Leaves out: years without a complete population of the unit.
WITH counted AS (
    SELECT figure.*
    FROM core.key_figure AS figure
    WHERE figure.key_figure_code IN ('07', '08')
    AND EXISTS (
        SELECT 1 FROM core.population_cell AS population
        WHERE population.unit_code = figure.unit_code AND population.year = figure.year
    )
)
SELECT
    unit_code, CAST(year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, 'numerator' AS role,
    1000 * value AS amount, status, delivery_id, cell_number AS place_number
FROM counted
UNION ALL
SELECT unit_code, CAST(year AS VARCHAR), '', 1, 'count_numerator', value, status, delivery_id, cell_number
FROM counted
UNION ALL
SELECT
    population.unit_code, CAST(population.year AS VARCHAR), '', 1, 'denominator', population.inhabitants_count,
    'ok', population.delivery_id, population.cell_number
FROM core.population_cell AS population
WHERE population.age_code BETWEEN '000' AND '017'
AND EXISTS (
    SELECT 1 FROM counted WHERE counted.unit_code = population.unit_code AND counted.year = population.year
)
UNION ALL
SELECT figure.unit_code, CAST(figure.year AS VARCHAR), '', 1, 'numerator', figure.value, figure.status,
    figure.delivery_id, figure.cell_number
FROM core.key_figure AS figure
INNER JOIN reference.unit ON unit.unit_code = figure.unit_code AND unit.unit_type <> 'municipality'
WHERE figure.key_figure_code = '03'
