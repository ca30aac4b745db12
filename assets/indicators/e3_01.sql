-- Grain: one delivered line, once in the whole and once under its producer.
-- Gross operating expenditure on measures (251, 252 and the part of 285 with those purposes), by who produces them.
-- The accounts do not say how many children each producer's money is for. The children placed in the year (key figure
-- 08) take part in disclosure control only: nearly all purchases are for them, and they are fewer than all children
-- with measures.
-- Leaves out: 285 that cannot be split, and unaccompanied minors.
WITH cost AS (
    SELECT unit_code, accounting_year, '' AS breakdown, amount_thousand_nok, delivery_id, line_number
    FROM core.measure_cost_line
    UNION ALL
    SELECT unit_code, accounting_year, 'producer=' || producer_code, amount_thousand_nok, delivery_id, line_number
    FROM core.measure_cost_line
)
SELECT
    unit_code, CAST(accounting_year AS VARCHAR) AS period, breakdown, 1 AS term, 'numerator' AS role,
    amount_thousand_nok AS amount, 'ok' AS status, delivery_id, line_number AS place_number
FROM cost
UNION ALL
SELECT
    wanted.unit_code, CAST(wanted.accounting_year AS VARCHAR), wanted.breakdown, 1, 'count_numerator', children.value,
    children.status, children.delivery_id, children.cell_number
FROM (SELECT DISTINCT unit_code, accounting_year, breakdown FROM cost) AS wanted
INNER JOIN core.key_figure AS children
    ON children.unit_code = wanted.unit_code AND children.year = wanted.accounting_year
    AND children.key_figure_code = '08'
