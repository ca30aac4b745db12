-- Grain: one answer to one question of a survey in a municipality and year.
-- Leaves out: nothing.
SELECT
    municipality_code.unit_code,
    line.year,
    line.survey_code,
    line.question_id,
    line.answer_code,
    line.answer_count,
    line.respondents_count,
    line.delivery_id,
    line.line_number
FROM {corrected:surveys_line} AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'surveys'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.source_unit_code = line.municipality_code
    AND delivery_in_force.period = CAST(line.year AS VARCHAR)
    AND delivery_in_force.dataset_code = line.survey_code
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = line.municipality_code
    AND line.year BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
