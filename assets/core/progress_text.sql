-- Grain: one unit, tertial and delmål with a text.
-- The municipality's own words. They may hold personal details, so each is shown only once somebody has read exactly
-- this text and approved it (`register.text_review`, by the text's sum).
-- Leaves out: empty texts.
SELECT
    municipality_code.unit_code,
    cell.period,
    form_field.delmaal,
    cell.value_text,
    coalesce(text_review.review_state = 'approved', FALSE) AS is_reviewed,
    cell.delivery_id,
    cell.cell_number
FROM {corrected:tertial_reports_cell} AS cell
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'tertial_reports'
    AND delivery_in_force.delivery_id = cell.delivery_id
    AND delivery_in_force.source_unit_code = cell.municipality_code
    AND delivery_in_force.period = cell.period
INNER JOIN reference.form_field
    ON form_field.stem = 'tertial_reports'
    AND form_field.field_id = cell.field_id
    AND form_field.field_kind = 'text'
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = cell.municipality_code
    AND CAST(substring(cell.period, 1, 4) AS INTEGER)
        BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
LEFT JOIN register.text_review ON text_review.text_sha256 = sha256(cell.value_text)
WHERE cell.value_text IS NOT NULL
AND NOT EXISTS (
    SELECT 1
    FROM reference.service_host
    WHERE service_host.guest_municipality_code = cell.municipality_code
    AND CAST(substring(cell.period, 1, 4) AS INTEGER)
        BETWEEN service_host.valid_from_year AND service_host.valid_to_year
)
