-- Grain: one unit, year, count and category of form 15F.
-- The counts are made of the individuals at the door, so this is all there is of them. Each stands by one breakdown
-- only; a zero is one the file says. Nøtterøy's file holds Tjøme's children too, and Tjøme's own is refused.
-- Evaluators' level: small counts in named municipalities, never published.
-- Leaves out: files that are not in force.
SELECT
    municipality_code.unit_code,
    municipality_code.source_municipality_code,
    line.year,
    line.count_code,
    line.count_category_code,
    line.value,
    line.delivery_id,
    line.cell_number
FROM {corrected:child_records_count} AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'child_records'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.source_unit_code = line.municipality_code
    AND delivery_in_force.period = CAST(line.year AS VARCHAR)
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = line.municipality_code
    AND line.year BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
