-- Grain: one delivered line that counts in gross operating expenditure on measures, amount signed, by producer.
-- ordinary: accounts lines on 251 and 252; trial: ledger lines on 285 with the trial's project whose purpose is 251 or
-- 252; em: ledger lines for unaccompanied minors on 251 and 252 with the sign turned. Species by the year's own formula
-- for gross (AGD10). The producer is the municipality itself (own) for the species of the year's own production (AGD4),
-- the one `reference.producer_species` names for purchases, and otherwise other: transfers, other municipalities,
-- companies. So the producers add up to gross.
-- Leaves out: 244, 285 lines for casework or that cannot be split, 350 between a host and its co-operating municipality
-- (it would count the service twice), years where a file is missing.
WITH line AS (
    SELECT
        unit_code, accounting_year, function_code AS purpose_function_code, species_code, 'ordinary' AS component,
        amount_thousand_nok, delivery_id, line_number
    FROM core.account_line
    WHERE account_class = '1' AND function_code IN ('251', '252') AND NOT is_internal AND species_code NOT LIKE '% %'
    UNION ALL
    SELECT
        ledger_line.unit_code, ledger_line.accounting_year, ledger_line.purpose_function_code,
        ledger_line.species_code, 'trial', CAST(ledger_line.amount_nok AS DOUBLE) / 1000, ledger_line.delivery_id,
        ledger_line.line_number
    FROM core.ledger_line
    LEFT JOIN reference.service_host
        ON ledger_line.species_code = '350'
        AND service_host.guest_municipality_code = ledger_line.source_municipality_code
        AND ledger_line.accounting_year BETWEEN service_host.valid_from_year AND service_host.valid_to_year
    WHERE ledger_line.function_code = '285' AND ledger_line.is_trial AND ledger_line.area_code IS NULL
    AND ledger_line.purpose_function_code IN ('251', '252') AND service_host.guest_municipality_code IS NULL
    UNION ALL
    SELECT
        unit_code, accounting_year, function_code, species_code, 'em', -CAST(amount_nok AS DOUBLE) / 1000, delivery_id,
        line_number
    FROM core.ledger_line
    WHERE function_code IN ('251', '252') AND area_code = 'EM'
)
SELECT
    line.unit_code, line.accounting_year, line.purpose_function_code, line.component,
    CASE
        WHEN own_production.concept_code IS NOT NULL THEN 'own'
        ELSE coalesce(producer_species.producer_code, 'other')
    END AS producer_code,
    line.amount_thousand_nok, line.delivery_id, line.line_number
FROM line
INNER JOIN core.complete_year
    ON complete_year.unit_code = line.unit_code AND complete_year.accounting_year = line.accounting_year
INNER JOIN reference.concept_formula AS gross
    ON gross.concept_code = 'AGD10'
    AND line.accounting_year BETWEEN gross.valid_from_year AND gross.valid_to_year
    AND line.species_code BETWEEN gross.species_from AND gross.species_to
LEFT JOIN reference.concept_formula AS own_production
    ON own_production.concept_code = 'AGD4'
    AND line.accounting_year BETWEEN own_production.valid_from_year AND own_production.valid_to_year
    AND line.species_code BETWEEN own_production.species_from AND own_production.species_to
LEFT JOIN reference.producer_species ON producer_species.species_code = line.species_code
