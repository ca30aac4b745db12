-- Grain: one line of an annual 0A file in force.
-- Lines of the municipalities behind a trial unit, under the unit's one code; amounts as delivered, expense positive.
-- `is_internal` marks 350/750 between a host and its co-operating municipality on child welfare, which gross must
-- not count twice.
-- Leaves out: quarterly files, other forms than 0A, municipalities outside the trial.
SELECT
    municipality_code.unit_code,
    municipality_code.source_municipality_code,
    line.accounting_year,
    line.account_class,
    line.function_code,
    line.species_code,
    line.amount_thousand_nok,
    line.function_code IN ('244', '251', '252') AND (
        (line.species_code = '350' AND guest.guest_municipality_code IS NOT NULL)
        OR (line.species_code = '750' AND host.host_municipality_code IS NOT NULL)
    ) AS is_internal,
    line.delivery_id,
    line.line_number
FROM {corrected:kostra_accounts_line} AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'kostra_accounts'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.source_unit_code = substring(line.region_code, 1, 4)
    AND delivery_in_force.period = CAST(line.accounting_year AS VARCHAR)
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = substring(line.region_code, 1, 4)
    AND line.accounting_year BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
LEFT JOIN reference.service_host AS guest
    ON guest.guest_municipality_code = municipality_code.source_municipality_code
    AND line.accounting_year BETWEEN guest.valid_from_year AND guest.valid_to_year
LEFT JOIN reference.service_host AS host
    ON host.host_municipality_code = municipality_code.source_municipality_code
    AND line.accounting_year BETWEEN host.valid_from_year AND host.valid_to_year
WHERE line.form_code = '0A' AND line.quarter IS NULL
