-- Grain: one delivered ledger, accounts or grant line (numerator) or population cell (denominator).
-- Self-financing per child: (net operating expenditure with the trial − compensation) / inhabitants 0–17. Before 2016
-- there is no compensation to subtract.
-- Leaves out: trial years whose compensation is not delivered, years without a complete population.
WITH compensation AS (
    SELECT
        grant_line.unit_code, grant_line.year, grant_line.amount_thousand_nok, grant_line.delivery_id,
        grant_line.line_number
    FROM core.grant_line
    INNER JOIN reference.grant_kind
        ON grant_kind.grant_name = grant_line.grant_name AND grant_kind.is_compensation
    WHERE NOT grant_line.is_one_off
),
cost AS (
    SELECT unit_code, accounting_year AS year, amount_thousand_nok, delivery_id, line_number
    FROM core.child_welfare_cost_line
),
inhabitant AS (
    SELECT unit_code, year, inhabitants_count, delivery_id, cell_number
    FROM core.population_cell
    WHERE age_code BETWEEN '000' AND '017'
),
known_year AS (
    SELECT DISTINCT cost.unit_code, cost.year
    FROM cost
    INNER JOIN inhabitant ON inhabitant.unit_code = cost.unit_code AND inhabitant.year = cost.year
    LEFT JOIN compensation ON compensation.unit_code = cost.unit_code AND compensation.year = cost.year
    WHERE cost.year < 2016 OR compensation.unit_code IS NOT NULL
),
part AS (
    SELECT unit_code, year, 'numerator' AS role, 1000 * amount_thousand_nok AS amount, delivery_id, line_number AS place
    FROM cost
    UNION ALL
    SELECT unit_code, year, 'numerator', -1000 * amount_thousand_nok, delivery_id, line_number FROM compensation
    UNION ALL
    SELECT unit_code, year, 'denominator', inhabitants_count, delivery_id, cell_number FROM inhabitant
)
SELECT
    part.unit_code, CAST(part.year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, part.role, part.amount,
    'ok' AS status, part.delivery_id, part.place AS place_number
FROM part
INNER JOIN known_year ON known_year.unit_code = part.unit_code AND known_year.year = part.year
