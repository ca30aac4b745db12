-- Grain: one delivered number of the period or of the same period of 2015.
-- Change in co-payments since 2015, the last year before the trial: a year against the year, a tertial against the same
-- tertial. Worked out here; the change Bufetat itself delivers is not used.
-- Leaves out: 2015 itself, periods whose counterpart in 2015 is not delivered, and a region's periods when its trial
-- municipalities are not those of 2015 (Røyken is out of the trial from 2020).
WITH compared AS (
    SELECT DISTINCT later.unit_code, later.period, baseline.period AS baseline_period
    FROM core.co_payment_figure AS later
    INNER JOIN core.co_payment_figure AS baseline
        ON baseline.unit_code = later.unit_code AND baseline.period = '2015' || substring(later.period, 5)
    WHERE later.period >= '2016' AND later.is_comparable_to_2015
)
SELECT
    compared.unit_code,
    compared.period,
    '' AS breakdown,
    1 AS term,
    'numerator' AS role,
    CASE WHEN figure.period = compared.period THEN 1 ELSE -1 END * figure.amount_thousand_nok AS amount,
    figure.status,
    figure.delivery_id,
    figure.line_number AS place_number
FROM compared
INNER JOIN core.co_payment_figure AS figure
    ON figure.unit_code = compared.unit_code AND figure.period IN (compared.period, compared.baseline_period)
