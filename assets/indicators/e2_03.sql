-- Grain: one delivered line or cell and its role, by function, once with and once without the trial.
-- Net operating expenditure on each function / inhabitants 0–17; with the trial, 285 is allotted to its purpose, and
-- lines that cannot be split stand as `unsplit`. The children behind the money (251: not placed, 252: placed, the others:
-- both) take part in disclosure control only.
-- Leaves out: years without a complete population of the unit.
WITH cost AS (
    SELECT
        unit_code, accounting_year, CAST(accounting_year AS VARCHAR) AS period, purpose_function_code,
        'function=' || purpose_function_code || ';trial_cost=included' AS breakdown,
        1000 * amount_thousand_nok AS amount, delivery_id, line_number AS place_number
    FROM core.child_welfare_cost_line
    UNION ALL
    SELECT
        unit_code, accounting_year, CAST(accounting_year AS VARCHAR), purpose_function_code,
        'function=' || purpose_function_code || ';trial_cost=excluded', 1000 * amount_thousand_nok, delivery_id,
        line_number
    FROM core.child_welfare_cost_line
    WHERE component <> 'trial'
),
wanted AS (
    SELECT DISTINCT unit_code, accounting_year, period, purpose_function_code, breakdown FROM cost
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
INNER JOIN wanted ON wanted.unit_code = inhabitant.unit_code AND wanted.period = inhabitant.period
UNION ALL
SELECT
    wanted.unit_code, wanted.period, wanted.breakdown, 1, 'count_numerator', children.value, children.status,
    children.delivery_id, children.cell_number
FROM wanted
INNER JOIN core.key_figure AS children
    ON children.unit_code = wanted.unit_code AND children.year = wanted.accounting_year
    AND children.key_figure_code IN ('07', '08')
    AND (
        wanted.purpose_function_code NOT IN ('251', '252')
        OR children.key_figure_code = CASE wanted.purpose_function_code WHEN '251' THEN '07' ELSE '08' END
    )
UNION ALL
SELECT
    unit_code, CAST(year AS VARCHAR), 'function=' || substring(key_figure_code, 2) || ';trial_cost=excluded', 1,
    'numerator', value, status, delivery_id, cell_number
FROM core.key_figure
WHERE key_figure_code IN ('N244', 'N251', 'N252')
