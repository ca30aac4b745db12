-- Grain: one stay on one invoice of a private supplier, by service month.
-- The co-payment that was to be booked as ordinary cost is months × the year's own rate for the measure; a centre for
-- parents and children weighs the rate by the family: 1 + 0.5 for each adult and each child beyond the first.
-- `contracts_count` is 1 on the first line of an agreement in the year and 0 on its others, so that the sum counts the
-- agreements; it is missing where the line names none.
-- Leaves out: nothing. A year or a measure without a known rate has no expected co-payment.
SELECT
    municipality_code.unit_code,
    CAST(year(line.service_from) AS INTEGER) AS service_year,
    line.posting_year,
    line.invoice_number,
    line.supplier_org_number,
    line.measure_type_code,
    line.contract_id,
    CASE WHEN line.contract_id IS NOT NULL THEN CAST(row_number() OVER (
        PARTITION BY
            municipality_code.unit_code, year(line.service_from), line.measure_type_code, line.supplier_org_number,
            line.contract_id
        ORDER BY line.delivery_id, line.line_number
    ) = 1 AS INTEGER) END AS contracts_count,
    line.months_count,
    line.days_count,
    line.amount_nok,
    line.co_payment_nok,
    CAST(
        line.months_count * co_payment_rate.rate_nok_per_month * (
            1 + CASE WHEN line.measure_type_code = 'senter_foreldre_barn'
                THEN 0.5 * (coalesce(line.adults_count, 1) - 1) + 0.5 * (coalesce(line.children_count, 1) - 1)
                ELSE 0 END
        ) AS DECIMAL(15, 2)
    ) AS expected_co_payment_nok,
    line.delivery_id,
    line.line_number
FROM {corrected:supplier_invoices_line} AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'supplier_invoices'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.source_unit_code = line.municipality_code
    AND delivery_in_force.period = CAST(year(line.service_from) AS VARCHAR)
INNER JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = line.municipality_code
    AND year(line.service_from) BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
LEFT JOIN reference.measure_type ON measure_type.measure_type_code = line.measure_type_code
LEFT JOIN core.co_payment_rate
    ON co_payment_rate.measure_code = measure_type.rate_measure_code
    AND co_payment_rate.year = year(line.service_from)
