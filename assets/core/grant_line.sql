-- Grain: one grant to a unit in a year.
-- Leaves out: grants whose name is not in the list of known grants (refused at intake).
SELECT
    municipality_code.unit_code,
    line.year,
    line.grant_name,
    line.is_one_off,
    line.amount_thousand_nok,
    line.delivery_id,
    line.line_number
FROM {corrected:grants_line} AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'grants'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.source_unit_code = line.municipality_code
    AND delivery_in_force.period = CAST(line.year AS VARCHAR)
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = line.municipality_code
    AND line.year BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
