-- Grain: one number from Bufetat for a municipality, or for a region when the line names no municipality.
-- A year or a tertial as delivered. Money is in 1000 NOK whatever unit it came in. The change since 2015 is the one
-- Bufetat itself has worked out, right or wrong. A missing number keeps its sign as a status; it is never zero.
-- Leaves out: municipalities outside the trial.
WITH money AS (
    SELECT unit, factor FROM (VALUES ('NOK', 0.001), ('1000 NOK', 1.0), ('mill NOK', 1000.0)) AS known (unit, factor)
),
delivered AS (
    SELECT
        coalesce(line.municipality_code, line.bufetat_region_code) AS source_unit_code,
        CAST(line.year AS VARCHAR) || coalesce('-T' || CAST(line.tertial_number AS VARCHAR), '') AS period,
        CAST(coalesce(money.factor, 1) AS DOUBLE) AS factor,
        CASE WHEN money.unit IS NULL THEN line.unit ELSE '1000 NOK' END AS conformed_unit,
        line.*
    FROM {corrected:bufetat_line} AS line
    LEFT JOIN money ON money.unit = line.unit
)
SELECT
    coalesce(municipality_code.unit_code, line.bufetat_region_code) AS unit_code,
    line.source_unit_code,
    line.period,
    line.bufetat_figure_code,
    line.budget_post_code,
    line.measure_type_code,
    line.value * line.factor AS value,
    CASE
        WHEN line.value IS NOT NULL THEN 'ok'
        WHEN line.status_sign = ':' THEN 'suppressed'
        WHEN line.status_sign = '...' THEN 'not_yet'
        WHEN line.status_sign = '.' THEN 'not_applicable'
        ELSE 'not_reported'
    END AS status,
    line.conformed_unit AS unit,
    line.change_since_2015 * line.factor AS change_since_2015,
    line.delivery_id,
    line.line_number
FROM delivered AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'bufetat'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.source_unit_code = line.source_unit_code
    AND delivery_in_force.period = line.period
    AND delivery_in_force.dataset_code = line.bufetat_figure_code
LEFT JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = line.municipality_code
    AND line.year BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
WHERE line.municipality_code IS NULL OR municipality_code.unit_code IS NOT NULL
