-- Grain: one verified interview summary with consent.
-- What is known of the informant is the group; the municipality is for the evaluators' count of informants only and
-- never stands beside a code.
-- Leaves out: nothing; projects with unverified interviews or without consent are refused at the door.
SELECT
    line.document_key,
    line.interview_year,
    municipality_code.unit_code,
    line.informant_group,
    line.delivery_id,
    line.cell_number
FROM raw.interview_codings_coding AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'interview_codings'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.period = CAST(line.interview_year AS VARCHAR)
LEFT JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = line.municipality_code
    AND line.interview_year BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
WHERE line.record_kind = 'document'
