-- Grain: one invoice line for a stay that is paid at a monthly rate, in a service year that is all here.
-- `disclosure_count` is what small-number control of prices counts: agreements, since a price says what a placement
-- costs; but invoice months where the report has printed the average price of the same year and type already, so that
-- hiding it would protect nobody.
-- Leaves out: measures without a monthly rate, and years that are not over.
SELECT
    line.unit_code, line.service_year, line.measure_type_code, line.months_count,
    line.amount_nok,
    CASE
        WHEN EXISTS (
            SELECT 1
            FROM reference.published_figure
            WHERE published_figure.indicator_id = 'E3-06'
            AND published_figure.unit_code = line.unit_code
            AND published_figure.period = CAST(line.service_year AS VARCHAR)
            AND published_figure.breakdown = 'type=' || line.measure_type_code
        ) THEN line.months_count
        ELSE line.contracts_count
    END AS disclosure_count,
    line.delivery_id, line.line_number
FROM core.supplier_invoice_line AS line
INNER JOIN core.invoiced_year
    ON invoiced_year.unit_code = line.unit_code AND invoiced_year.service_year = line.service_year
INNER JOIN reference.measure_type
    ON measure_type.measure_type_code = line.measure_type_code AND measure_type.rate_measure_code IS NOT NULL
