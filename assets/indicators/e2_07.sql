-- Grain: one ledger line, once in the whole and once under its function.
-- Set aside in a restricted fund (species 550) from child welfare in the year, on 285 only with the trial's project.
-- Leaves out: use of funds, which is not a negative allocation; unaccompanied minors; years where a file is missing.
-- A year in which nothing is booked has no row.
WITH allocation AS (
    SELECT
        line.unit_code, CAST(line.accounting_year AS VARCHAR) AS period, line.function_code,
        CAST(line.amount_nok AS DOUBLE) / 1000000 AS amount, line.delivery_id, line.line_number
    FROM core.ledger_line AS line
    INNER JOIN core.complete_year
        ON complete_year.unit_code = line.unit_code AND complete_year.accounting_year = line.accounting_year
    WHERE line.species_code = '550' AND line.area_code IS NULL
    AND (line.function_code IN ('244', '251', '252') OR (line.function_code = '285' AND line.is_trial))
)
SELECT
    unit_code, period, '' AS breakdown, 1 AS term, 'numerator' AS role, amount, 'ok' AS status, delivery_id,
    line_number AS place_number
FROM allocation
UNION ALL
SELECT unit_code, period, 'function=' || function_code, 1, 'numerator', amount, 'ok', delivery_id, line_number
FROM allocation
