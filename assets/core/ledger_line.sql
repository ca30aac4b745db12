-- Grain: one line of a ledger in force.
-- 285 is a general function: `is_trial` is true only for lines that bear the trial's project. A 285 line without
-- purpose gets the purpose `unsplit`; other functions have no purpose.
-- Leaves out: the text, which no number uses.
SELECT
    municipality_code.unit_code,
    municipality_code.source_municipality_code,
    line.accounting_year,
    line.voucher_number,
    line.voucher_date,
    line.function_code,
    line.species_code,
    line.responsibility_code,
    line.project_code,
    trial_project.project_code IS NOT NULL AS is_trial,
    CASE WHEN line.function_code = '285' THEN coalesce(line.purpose_function_code, 'unsplit') END
        AS purpose_function_code,
    line.invoice_number,
    line.supplier_org_number,
    line.area_code,
    line.amount_nok,
    line.delivery_id,
    line.line_number
FROM {corrected:ledger_line} AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'ledger'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.source_unit_code = line.municipality_code
    AND delivery_in_force.period = CAST(line.accounting_year AS VARCHAR)
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = line.municipality_code
    AND line.accounting_year BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
LEFT JOIN reference.trial_project
    ON trial_project.source_municipality_code = line.municipality_code
    AND trial_project.project_code = line.project_code
