-- Grain: one delivered line and its role.
-- The share of gross operating expenditure on measures that is bought from private suppliers: the producer's part of
-- E3-01 / all of it. The children placed in the year take part in disclosure control only, as in E3-01.
-- Leaves out: what E3-01 leaves out, and years without any such purchase.
WITH wanted AS (
    SELECT DISTINCT unit_code, accounting_year FROM core.measure_cost_line WHERE producer_code = 'private'
)
SELECT
    line.unit_code, CAST(line.accounting_year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, part.role,
    line.amount_thousand_nok AS amount, 'ok' AS status, line.delivery_id, line.line_number AS place_number
FROM core.measure_cost_line AS line
INNER JOIN wanted ON wanted.unit_code = line.unit_code AND wanted.accounting_year = line.accounting_year
INNER JOIN (VALUES ('numerator'), ('denominator')) AS part (role)
    ON part.role = 'denominator' OR line.producer_code = 'private'
UNION ALL
SELECT
    wanted.unit_code, CAST(wanted.accounting_year AS VARCHAR), '', 1, 'count_numerator', children.value,
    children.status, children.delivery_id, children.cell_number
FROM wanted
INNER JOIN core.key_figure AS children
    ON children.unit_code = wanted.unit_code AND children.year = wanted.accounting_year
    AND children.key_figure_code = '08'
