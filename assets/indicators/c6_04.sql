-- Grain: one ledger line and its role.
-- Price of a day in the municipality's own institution: gross cost (the year's AGD10 species, ordinary part and trial
-- together) / days of stay. The days follow from the part on 252, which is the monthly rate for each month of stay:
-- the part / the year's rate × 365/12. The rate scales the lines below; it stands in `core.co_payment_rate`.
-- Small numbers: months of stay are counted. The price is the house's, spread over all who live there, and not that of
-- one placement.
-- Leaves out: municipalities without an institution of their own, and years without a known rate.
WITH house_line AS (
    SELECT
        line.unit_code, CAST(line.accounting_year AS VARCHAR) AS period, line.function_code,
        CAST(line.amount_nok AS DOUBLE) AS amount_nok,
        CAST(line.amount_nok AS DOUBLE) / co_payment_rate.rate_nok_per_month AS months_count,
        line.delivery_id, line.line_number
    FROM core.ledger_line AS line
    INNER JOIN reference.own_institution
        ON own_institution.source_municipality_code = line.source_municipality_code
        AND own_institution.responsibility_code = line.responsibility_code
    INNER JOIN core.co_payment_rate
        ON co_payment_rate.measure_code = 'institusjon' AND co_payment_rate.year = line.accounting_year
    INNER JOIN reference.concept_formula AS gross
        ON gross.concept_code = 'AGD10'
        AND line.accounting_year BETWEEN gross.valid_from_year AND gross.valid_to_year
        AND line.species_code BETWEEN gross.species_from AND gross.species_to
    WHERE line.area_code IS NULL AND (line.function_code = '252' OR (line.function_code = '285' AND line.is_trial))
)
SELECT
    house_line.unit_code, house_line.period, '' AS breakdown, 1 AS term, part.role,
    CASE part.role
        WHEN 'numerator' THEN house_line.amount_nok
        WHEN 'denominator' THEN house_line.months_count * 365 / 12
        ELSE house_line.months_count
    END AS amount,
    'ok' AS status, house_line.delivery_id, house_line.line_number AS place_number
FROM house_line
INNER JOIN (VALUES ('numerator'), ('denominator'), ('count_numerator')) AS part (role)
    ON part.role = 'numerator' OR house_line.function_code = '252'
