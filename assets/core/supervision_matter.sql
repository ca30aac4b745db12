-- Grain: one matter of one inspection. A newer file replaces the inspection it tells of, not the others of the year.
-- Leaves out: nothing.
SELECT
    municipality_code.unit_code,
    CAST(year(line.supervision_date) AS INTEGER) AS year,
    line.supervision_date,
    line.supervision_name,
    line.matter_code,
    line.matter_count,
    line.severity,
    line.delivery_id,
    line.line_number
FROM {corrected:supervision_line} AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'supervision'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.source_unit_code = line.municipality_code
    AND delivery_in_force.period = CAST(year(line.supervision_date) AS VARCHAR)
    AND delivery_in_force.dataset_code = line.supervision_name
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = line.municipality_code
    AND year(line.supervision_date) BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
