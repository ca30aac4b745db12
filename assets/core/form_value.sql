-- Grain: one source, unit, period and figure field of a report form.
-- The municipality that reports for the unit: before 2018 Nøtterøy for Færder, never a co-operating municipality beside
-- its host. A missing number keeps its sign as a status; it is never zero. A zero is confirmed only by the sign «-».
-- Leaves out: texts, dates and choices; fields the form's catalogue does not have.
WITH cell AS (
    SELECT 'tertial_reports' AS stem, tertial_reports_cell.* FROM {corrected:tertial_reports_cell} AS tertial_reports_cell
    UNION ALL
    SELECT 'data_requests', data_requests_cell.* FROM {corrected:data_requests_cell} AS data_requests_cell
)
SELECT
    cell.stem,
    municipality_code.unit_code,
    municipality_code.source_municipality_code,
    cell.period,
    cell.field_id,
    CASE WHEN cell.status_sign = '-' THEN 0 WHEN cell.status_sign IS NULL THEN cell.value END AS value,
    CASE
        WHEN cell.status_sign = '.' THEN 'not_applicable'
        WHEN cell.status_sign = '..' THEN 'not_reported'
        WHEN cell.status_sign = '...' THEN 'not_yet'
        WHEN cell.value IS NULL AND coalesce(cell.status_sign, '') <> '-' THEN 'not_reported'
        ELSE 'ok'
    END AS status,
    coalesce(cell.status_sign, '') = '-' AS is_confirmed_zero,
    cell.explanation,
    cell.delivery_id,
    cell.cell_number
FROM cell
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = cell.stem
    AND delivery_in_force.delivery_id = cell.delivery_id
    AND delivery_in_force.source_unit_code = cell.municipality_code
    AND delivery_in_force.period = cell.period
INNER JOIN reference.form_field
    ON form_field.stem = cell.stem
    AND form_field.field_id = cell.field_id
    AND form_field.field_kind IN ('count', 'fte', 'amount', 'days', 'months')
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = cell.municipality_code
    AND CAST(substring(cell.period, 1, 4) AS INTEGER)
        BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
WHERE NOT EXISTS (
    SELECT 1
    FROM reference.service_host
    WHERE service_host.guest_municipality_code = cell.municipality_code
    AND CAST(substring(cell.period, 1, 4) AS INTEGER)
        BETWEEN service_host.valid_from_year AND service_host.valid_to_year
)
