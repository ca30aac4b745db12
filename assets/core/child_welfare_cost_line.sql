-- Grain: one delivered line that counts in net operating expenditure on child welfare, amount signed.
-- ordinary: accounts lines on 244, 251, 252; trial: ledger lines on 285 with the trial's project; em: ledger lines for
-- unaccompanied minors on 244, 251, 252 with the sign turned, because their cost stands in the accounts but outside
-- the trial. Species by the year's own formula for net operating expenditure (AGD2).
-- Leaves out: investment, funds (550) and other species outside the formula, years where a file is missing.
WITH net_species AS (
    SELECT valid_from_year, valid_to_year, species_from, species_to
    FROM reference.concept_formula
    WHERE concept_code = 'AGD2'
),
ledger AS (
    SELECT ledger_line.*
    FROM core.ledger_line
    INNER JOIN net_species
        ON ledger_line.accounting_year BETWEEN net_species.valid_from_year AND net_species.valid_to_year
        AND ledger_line.species_code BETWEEN net_species.species_from AND net_species.species_to
),
line AS (
    SELECT
        account_line.unit_code, account_line.accounting_year, account_line.function_code,
        account_line.function_code AS purpose_function_code, 'ordinary' AS component,
        account_line.amount_thousand_nok, account_line.delivery_id, account_line.line_number
    FROM core.account_line
    INNER JOIN net_species
        ON account_line.accounting_year BETWEEN net_species.valid_from_year AND net_species.valid_to_year
        AND account_line.species_code BETWEEN net_species.species_from AND net_species.species_to
    WHERE account_line.account_class = '1' AND account_line.function_code IN ('244', '251', '252')
    AND account_line.species_code NOT LIKE '% %'
    UNION ALL
    SELECT
        unit_code, accounting_year, function_code, purpose_function_code, 'trial', CAST(amount_nok AS DOUBLE) / 1000,
        delivery_id, line_number
    FROM ledger
    WHERE function_code = '285' AND is_trial AND area_code IS NULL
    UNION ALL
    SELECT
        unit_code, accounting_year, function_code, function_code, 'em', -CAST(amount_nok AS DOUBLE) / 1000,
        delivery_id, line_number
    FROM ledger
    WHERE function_code IN ('244', '251', '252') AND area_code = 'EM'
)
SELECT line.*
FROM line
INNER JOIN core.complete_year
    ON complete_year.unit_code = line.unit_code AND complete_year.accounting_year = line.accounting_year
