-- Grain: one delivered number that is a municipality's or a region's co-payments to Bufetat in a year or tertial, or a
-- part of it. In 1000 NOK, by the date of the voucher.
-- A region's own number counts where Bufetat delivers one, right or wrong. Where it delivers none, the region is the
-- sum of its trial municipalities, when all of them are there.
-- A region is comparable to 2015 as long as every trial municipality it had then still takes part (last_trial_year): a
-- region that has lost one has not had a fall. A municipality is always comparable to itself.
-- Leaves out: other figures from Bufetat, and lines by measure type where the same municipality code or region has a
-- line for all measures in the period: the money would count twice. Whether they add up to it is judged by FE287.
WITH line AS (
    SELECT
        unit_code, period, value AS amount_thousand_nok, status, delivery_id, line_number,
        measure_type_code IS NULL AS is_total,
        bool_or(measure_type_code IS NULL) OVER (PARTITION BY source_unit_code, period) AS has_total
    FROM core.bufetat_figure
    WHERE bufetat_figure_code = 'egenandel'
),
delivered AS (
    SELECT unit_code, period, amount_thousand_nok, status, delivery_id, line_number
    FROM line
    WHERE is_total OR NOT has_total
),
member AS (
    SELECT DISTINCT
        unit.bufetat_region_code, unit.unit_code, municipality_code.valid_from_year, municipality_code.valid_to_year
    FROM reference.unit
    INNER JOIN reference.municipality_code ON municipality_code.unit_code = unit.unit_code
    WHERE unit.bufetat_region_code IS NOT NULL
),
without_own_number AS (
    SELECT DISTINCT member.bufetat_region_code, delivered.period
    FROM delivered
    INNER JOIN member ON member.unit_code = delivered.unit_code
    WHERE NOT EXISTS (
        SELECT 1 FROM delivered AS own
        WHERE own.unit_code = member.bufetat_region_code AND own.period = delivered.period
    )
),
whole AS (
    SELECT without_own_number.bufetat_region_code, without_own_number.period
    FROM without_own_number
    INNER JOIN member
        ON member.bufetat_region_code = without_own_number.bufetat_region_code
        AND CAST(substring(without_own_number.period, 1, 4) AS INTEGER)
            BETWEEN member.valid_from_year AND member.valid_to_year
    LEFT JOIN delivered
        ON delivered.unit_code = member.unit_code AND delivered.period = without_own_number.period
    GROUP BY without_own_number.bufetat_region_code, without_own_number.period
    HAVING bool_and(delivered.unit_code IS NOT NULL)
),
figure AS (
    SELECT unit_code, period, amount_thousand_nok, status, delivery_id, line_number
    FROM delivered
    UNION ALL
    SELECT
        whole.bufetat_region_code, whole.period, delivered.amount_thousand_nok, delivered.status, delivered.delivery_id,
        delivered.line_number
    FROM whole
    INNER JOIN reference.unit ON unit.bufetat_region_code = whole.bufetat_region_code
    INNER JOIN delivered ON delivered.unit_code = unit.unit_code AND delivered.period = whole.period
)
SELECT
    figure.unit_code, figure.period, figure.amount_thousand_nok, figure.status,
    NOT EXISTS (
        SELECT 1 FROM reference.unit AS former
        WHERE former.bufetat_region_code = figure.unit_code
        AND former.last_trial_year < CAST(substring(figure.period, 1, 4) AS INTEGER)
    ) AS is_comparable_to_2015,
    figure.delivery_id, figure.line_number
FROM figure
