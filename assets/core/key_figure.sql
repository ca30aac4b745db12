-- Grain: one unit, year and key figure.
-- Key figures stand under the code of the whole unit in all years, as published: shares of two municipalities cannot
-- be added, so codes that cover only a part of a unit (0722, 0723) are dropped. A data set may hold several codes of a
-- unit in each year (2012 and 5403): the one valid in the year counts; only where none was, another may stand.
-- A missing number keeps its sign as a status; it is never zero. A zero is confirmed only by the sign «-».
-- Leaves out: cells that do not apply (.).
SELECT
    coalesce(municipality.unit_code, unit.unit_code) AS unit_code,
    cell.year,
    cell.key_figure_code,
    CASE WHEN cell.status_sign = '-' THEN 0 ELSE cell.value END AS value,
    CASE
        WHEN cell.status_sign = ':' THEN 'suppressed'
        WHEN cell.status_sign = '...' THEN 'not_yet'
        WHEN cell.status_sign = '..' THEN 'not_reported'
        WHEN cell.value IS NULL AND coalesce(cell.status_sign, '') <> '-' THEN 'not_reported'
        ELSE 'ok'
    END AS status,
    coalesce(cell.status_sign, '') = '-' AS is_confirmed_zero,
    cell.delivery_id,
    cell.cell_number
FROM {corrected:kostra_statistics_cell} AS cell
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'kostra_statistics'
    AND delivery_in_force.delivery_id = cell.delivery_id
    AND delivery_in_force.source_unit_code = cell.region_code
    AND delivery_in_force.period = CAST(cell.year AS VARCHAR)
LEFT JOIN reference.municipality_code AS municipality
    ON municipality.source_municipality_code = cell.region_code AND municipality.is_whole_unit
    AND NOT EXISTS (
        SELECT 1 FROM reference.municipality_code AS valid
        WHERE valid.unit_code = municipality.unit_code AND valid.is_whole_unit
        AND valid.source_municipality_code <> municipality.source_municipality_code
        AND cell.year BETWEEN valid.valid_from_year AND valid.valid_to_year
    )
LEFT JOIN reference.unit
    ON unit.unit_code = cell.region_code AND unit.unit_type IN ('kostra_group', 'country')
WHERE coalesce(municipality.unit_code, unit.unit_code) IS NOT NULL AND coalesce(cell.status_sign, '') <> '.'
