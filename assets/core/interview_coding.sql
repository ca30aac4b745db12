-- Grain: one coding in a verified interview summary with consent.
-- The codebook's mapping says which delmål, problemstilling and indicator a code answers; an unmapped code has none.
-- Leaves out: the municipality, which must never stand beside a code.
SELECT
    line.document_key,
    line.interview_year,
    line.informant_group,
    line.code_name,
    code_mapping.delmaal,
    code_mapping.problemstilling_no,
    code_mapping.indicator_id,
    line.direction,
    line.coder_key,
    line.delivery_id,
    line.cell_number
FROM raw.interview_codings_coding AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'interview_codings'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.period = CAST(line.interview_year AS VARCHAR)
LEFT JOIN reference.code_mapping ON code_mapping.code_name = line.code_name
WHERE line.record_kind = 'coding'
