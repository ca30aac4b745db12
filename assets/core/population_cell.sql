-- Grain: one unit, municipality, year and single-year age.
-- SSB writes 0 for municipalities that do not exist in a year; those cells are dropped by the code's own dates.
-- Leaves out: a unit's whole year when any age 0–17 of any municipality behind it is not delivered, so that a sum of
-- ages is never a partial one.
WITH cell AS (
    SELECT
        municipality_code.unit_code,
        municipality_code.source_municipality_code,
        population.year,
        population.age_code,
        CAST(population.value AS INTEGER) AS inhabitants_count,
        population.delivery_id,
        population.cell_number
    FROM {corrected:population_cell} AS population
    INNER JOIN core.delivery_in_force
        ON delivery_in_force.stem = 'population'
        AND delivery_in_force.delivery_id = population.delivery_id
        AND delivery_in_force.source_unit_code = population.region_code
        AND delivery_in_force.period = CAST(population.year AS VARCHAR)
    INNER JOIN reference.municipality_code
        ON municipality_code.source_municipality_code = population.region_code
        AND population.year BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
    WHERE population.value IS NOT NULL
),
complete AS (
    SELECT cell.unit_code, cell.year
    FROM cell
    WHERE cell.age_code BETWEEN '000' AND '017'
    GROUP BY cell.unit_code, cell.year
    HAVING count(DISTINCT cell.source_municipality_code || '/' || cell.age_code) = 18 * (
        SELECT count(*)
        FROM reference.municipality_code AS needed
        WHERE needed.unit_code = cell.unit_code
        AND cell.year BETWEEN needed.valid_from_year AND needed.valid_to_year
    )
)
SELECT cell.*
FROM cell
INNER JOIN complete ON complete.unit_code = cell.unit_code AND complete.year = cell.year
