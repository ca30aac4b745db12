-- Grain: one delivered ledger, accounts or grant line (numerator) or population cell (denominator).
-- Self-financing per child: (net operating expenditure with the trial − compensation) / inhabitants 0–17. Before 2016
-- there is no compensation to subtract.
-- Leaves out: trial years whose compensation is not delivered, years without a complete population.
WITH cost AS (
    SELECT unit_code, accounting_year AS year, amount_thousand_nok, delivery_id, line_number
    FROM core.child_welfare_cost_line
),
known_year AS (
    SELECT DISTINCT cost.unit_code, cost.year
    FROM cost
    INNER JOIN core.inhabitant ON inhabitant.unit_code = cost.unit_code AND inhabitant.year = cost.year
    LEFT JOIN core.compensation_line AS compensation
        ON compensation.unit_code = cost.unit_code AND compensation.year = cost.year
    WHERE cost.year < 2016 OR compensation.unit_code IS NOT NULL
),
part AS (
    SELECT unit_code, year, 'numerator' AS role, 1000 * amount_thousand_nok AS amount, delivery_id, line_number AS place
    FROM cost
    UNION ALL
    SELECT unit_code, year, 'numerator', -1000 * amount_thousand_nok, delivery_id, line_number
    FROM core.compensation_line
    UNION ALL
    SELECT unit_code, year, 'denominator', inhabitants_count, delivery_id, cell_number FROM core.inhabitant
)
SELECT
    part.unit_code, CAST(part.year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, part.role, part.amount,
    'ok' AS status, part.delivery_id, part.place AS place_number
FROM part
INNER JOIN known_year ON known_year.unit_code = part.unit_code AND known_year.year = part.year
