-- Grain: one delivered line or cell and its role, once with and once without the trial.
-- Net operating expenditure / inhabitants 0–17, with and without the trial's part of 285. KOSTRA groups have no trial
-- cost and deliver the rate itself.
-- Leaves out: years without a complete population of the unit.
WITH cost AS (
    SELECT
        unit_code, CAST(accounting_year AS VARCHAR) AS period, 'trial_cost=included' AS breakdown,
        1000 * amount_thousand_nok AS amount, delivery_id, line_number AS place_number
    FROM core.child_welfare_cost_line
    UNION ALL
    SELECT
        unit_code, CAST(accounting_year AS VARCHAR), 'trial_cost=excluded', 1000 * amount_thousand_nok, delivery_id,
        line_number
    FROM core.child_welfare_cost_line
    WHERE component <> 'trial'
),
inhabitant AS (
    SELECT unit_code, CAST(year AS VARCHAR) AS period, inhabitants_count, delivery_id, cell_number AS place_number
    FROM core.inhabitant
)
SELECT
    unit_code, period, breakdown, 1 AS term, 'numerator' AS role, amount, 'ok' AS status, delivery_id, place_number
FROM cost
WHERE EXISTS (
    SELECT 1 FROM inhabitant WHERE inhabitant.unit_code = cost.unit_code AND inhabitant.period = cost.period
)
UNION ALL
SELECT
    inhabitant.unit_code, inhabitant.period, wanted.breakdown, 1, 'denominator', inhabitant.inhabitants_count, 'ok',
    inhabitant.delivery_id, inhabitant.place_number
FROM inhabitant
INNER JOIN (SELECT DISTINCT unit_code, period, breakdown FROM cost) AS wanted
    ON wanted.unit_code = inhabitant.unit_code AND wanted.period = inhabitant.period
UNION ALL
SELECT
    unit_code, CAST(year AS VARCHAR), 'trial_cost=excluded', 1, 'numerator', value, status, delivery_id, cell_number
FROM core.key_figure
WHERE key_figure_code = 'N'
