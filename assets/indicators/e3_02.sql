-- Grain: one delivered accounts, ledger or invoice line.
-- Purchases from private suppliers, told twice and never mixed: source=ledger as the accounts and the ledger hold them,
-- by posting year; source=invoices as the suppliers' invoices hold them, by the year the service was given.
-- Small numbers: the accounts do not say how many children the money is for, so the children placed in the year (key
-- figure 08) are counted as in E3-01; the invoices name their agreements, and those are counted.
-- Leaves out: what E3-01 leaves out; invoices of a year that is not over.
SELECT
    unit_code, CAST(accounting_year AS VARCHAR) AS period, 'source=ledger' AS breakdown, 1 AS term,
    'numerator' AS role, amount_thousand_nok / 1000 AS amount, 'ok' AS status, delivery_id,
    line_number AS place_number
FROM core.measure_cost_line
WHERE producer_code = 'private'
UNION ALL
SELECT
    wanted.unit_code, CAST(wanted.accounting_year AS VARCHAR), 'source=ledger', 1, 'count_numerator', children.value,
    children.status, children.delivery_id, children.cell_number
FROM (SELECT DISTINCT unit_code, accounting_year FROM core.measure_cost_line WHERE producer_code = 'private') AS wanted
INNER JOIN core.key_figure AS children
    ON children.unit_code = wanted.unit_code AND children.year = wanted.accounting_year
    AND children.key_figure_code = '08'
UNION ALL
SELECT
    line.unit_code, CAST(line.service_year AS VARCHAR), 'source=invoices', 1, part.role,
    CASE part.role WHEN 'numerator' THEN CAST(line.amount_nok AS DOUBLE) / 1000000 ELSE line.contracts_count END, 'ok',
    line.delivery_id, line.line_number
FROM core.supplier_invoice_line AS line
INNER JOIN core.invoiced_year
    ON invoiced_year.unit_code = line.unit_code AND invoiced_year.service_year = line.service_year
CROSS JOIN (VALUES ('numerator'), ('count_numerator')) AS part (role)
