-- Grain: one delivered cell and its role.
-- 1000 × (placed + not placed children with measures) / inhabitants 0–17. KOSTRA groups deliver the rate itself.
-- The counts behind it take part once more, in disclosure control only.
-- Leaves out: years without a complete population of the unit, and years in which only one of the two counts is
-- delivered.
WITH counted AS (
    SELECT
        figure.*,
        count(*) OVER (PARTITION BY figure.unit_code, figure.year) AS delivered_count
    FROM core.key_figure AS figure
    WHERE figure.key_figure_code IN ('07', '08')
    AND EXISTS (
        SELECT 1 FROM core.inhabitant
        WHERE inhabitant.unit_code = figure.unit_code AND inhabitant.year = figure.year
    )
),
both_counts AS (
    SELECT unit_code, CAST(year AS VARCHAR) AS period, value, status, delivery_id, cell_number
    FROM counted
    WHERE delivered_count = 2
),
inhabitant AS (
    SELECT unit_code, CAST(year AS VARCHAR) AS period, inhabitants_count, delivery_id, cell_number
    FROM core.inhabitant AS population
    WHERE EXISTS (
        SELECT 1 FROM both_counts
        WHERE both_counts.unit_code = population.unit_code AND both_counts.period = CAST(population.year AS VARCHAR)
    )
)
SELECT
    unit_code, period, '' AS breakdown, 1 AS term, 'numerator' AS role, 1000 * value AS amount, status, delivery_id,
    cell_number AS place_number
FROM both_counts
UNION ALL
SELECT unit_code, period, '', 1, 'count_numerator', value, status, delivery_id, cell_number
FROM both_counts
UNION ALL
SELECT unit_code, period, '', 1, 'denominator', inhabitants_count, 'ok', delivery_id, cell_number
FROM inhabitant
UNION ALL
SELECT unit_code, period, '', 1, 'count_denominator', inhabitants_count, 'ok', delivery_id, cell_number
FROM inhabitant
UNION ALL
SELECT figure.unit_code, CAST(figure.year AS VARCHAR), '', 1, 'numerator', figure.value, figure.status,
    figure.delivery_id, figure.cell_number
FROM core.key_figure AS figure
INNER JOIN reference.unit ON unit.unit_code = figure.unit_code AND unit.unit_type <> 'municipality'
WHERE figure.key_figure_code = '03'
