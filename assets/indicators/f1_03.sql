-- Grain: one delivered number from Bufetat.
-- Co-payments invoiced to the municipality for state measures (post 3855.60), by the date of the voucher: for a tertial
-- and for the year, as delivered; the year is not the sum of the tertials here.
-- Leaves out: nothing. A region without a number of its own is the sum of its municipalities (core.co_payment_figure).
SELECT
    unit_code,
    period,
    '' AS breakdown,
    1 AS term,
    'numerator' AS role,
    amount_thousand_nok AS amount,
    status,
    delivery_id,
    line_number AS place_number
FROM core.co_payment_figure
