-- Grain: one delivered number: co-payments of the year and of 2015, and the requirement of the year.
-- How far the increase in co-payments since 2015 is above (+) or below (−) the increased income requirement, by region.
-- Leaves out: tertials (the requirement is for a year), municipalities (it is the region's), years without a requirement
-- or without co-payments, and years when the region's trial municipalities are not those of 2015.
WITH requirement AS (
    SELECT unit_code, period, value, status, delivery_id, line_number
    FROM core.bufetat_figure
    WHERE bufetat_figure_code = 'inntektskrav' AND length(period) = 4
),
compared AS (
    SELECT DISTINCT requirement.unit_code, requirement.period
    FROM requirement
    INNER JOIN core.co_payment_figure AS later
        ON later.unit_code = requirement.unit_code AND later.period = requirement.period
    INNER JOIN core.co_payment_figure AS baseline
        ON baseline.unit_code = requirement.unit_code AND baseline.period = '2015'
    INNER JOIN reference.unit ON unit.unit_code = requirement.unit_code AND unit.unit_type = 'bufetat_region'
    WHERE requirement.period > '2015' AND later.is_comparable_to_2015
),
balance AS (
    SELECT compared.unit_code, compared.period, 1 AS sign, figure.amount_thousand_nok AS amount, figure.status,
        figure.delivery_id, figure.line_number
    FROM compared
    INNER JOIN core.co_payment_figure AS figure
        ON figure.unit_code = compared.unit_code AND figure.period = compared.period
    UNION ALL
    SELECT compared.unit_code, compared.period, -1, figure.amount_thousand_nok, figure.status, figure.delivery_id,
        figure.line_number
    FROM compared
    INNER JOIN core.co_payment_figure AS figure ON figure.unit_code = compared.unit_code AND figure.period = '2015'
    UNION ALL
    SELECT compared.unit_code, compared.period, -1, requirement.value, requirement.status, requirement.delivery_id,
        requirement.line_number
    FROM compared
    INNER JOIN requirement
        ON requirement.unit_code = compared.unit_code AND requirement.period = compared.period
)
SELECT
    unit_code, period, '' AS breakdown, 1 AS term, 'numerator' AS role, sign * amount AS amount, status, delivery_id,
    line_number AS place_number
FROM balance
