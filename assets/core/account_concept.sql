-- Grain: one of SSB's concepts for a unit, an accounting year and a function, in thousand NOK.
-- The year's own formula (`reference.concept_formula`) says which species count; a concept the formulas lack for a
-- year has no row. Account class 1 only (kasse). Amounts keep the file's sign, so that net is a plain sum; income
-- concepts are turned positive. A function that has lines but none of the concept's species is a true zero.
-- `FGK13` is child welfare: 244, 251 and 252 together; 285 is not in it.
-- Leaves out: investment; and, of every concept but net, 350/750 between a host and its co-operating municipality
-- (they would count the service twice; in net they cancel).
WITH function_or_group AS (
    SELECT unit_code, accounting_year, account_class, function_code, species_code, amount_thousand_nok, is_internal
    FROM core.account_line
    UNION ALL
    SELECT unit_code, accounting_year, account_class, 'FGK13', species_code, amount_thousand_nok, is_internal
    FROM core.account_line
    WHERE function_code IN ('244', '251', '252')
),

counted AS (
    SELECT
        line.unit_code,
        line.accounting_year,
        line.function_code,
        formula.concept_code,
        sum(formula.sign * line.amount_thousand_nok) AS amount_thousand_nok
    FROM function_or_group AS line
    INNER JOIN reference.concept_formula AS formula
        ON line.accounting_year BETWEEN formula.valid_from_year AND formula.valid_to_year
        AND line.species_code BETWEEN formula.species_from AND formula.species_to
        AND line.species_code NOT LIKE '% %'
    WHERE line.account_class = '1' AND (formula.concept_code = 'AGD2' OR NOT line.is_internal)
    GROUP BY line.unit_code, line.accounting_year, line.function_code, formula.concept_code
),

defined_concept AS (
    SELECT DISTINCT concept_code, valid_from_year, valid_to_year
    FROM reference.concept_formula
),

delivered_function AS (
    SELECT unit_code, accounting_year, function_code FROM core.account_line
    UNION
    SELECT unit_code, accounting_year, 'FGK13' FROM core.account_line
)

SELECT
    delivered_function.unit_code,
    delivered_function.accounting_year,
    delivered_function.function_code,
    defined_concept.concept_code,
    coalesce(counted.amount_thousand_nok, 0) AS amount_thousand_nok
FROM delivered_function
INNER JOIN defined_concept
    ON delivered_function.accounting_year BETWEEN defined_concept.valid_from_year AND defined_concept.valid_to_year
LEFT JOIN counted
    ON counted.unit_code = delivered_function.unit_code
    AND counted.accounting_year = delivered_function.accounting_year
    AND counted.function_code = delivered_function.function_code
    AND counted.concept_code = defined_concept.concept_code
