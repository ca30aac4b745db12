-- Grain: one number from Bufetat for a municipality, or for a region when the line names no municipality.
-- A year or a tertial as delivered; the change since 2015 is the one Bufetat itself has worked out, right or wrong.
-- Leaves out: municipalities outside the trial.
SELECT
    coalesce(municipality_code.unit_code, line.bufetat_region_code) AS unit_code,
    CAST(line.year AS VARCHAR) || coalesce('-T' || CAST(line.tertial_number AS VARCHAR), '') AS period,
    line.bufetat_figure_code,
    line.budget_post_code,
    line.measure_type_code,
    line.value,
    line.unit,
    line.change_since_2015,
    line.delivery_id,
    line.line_number
FROM raw.bufetat_line AS line
INNER JOIN core.delivery_in_force
    ON delivery_in_force.stem = 'bufetat'
    AND delivery_in_force.delivery_id = line.delivery_id
    AND delivery_in_force.source_unit_code = coalesce(line.municipality_code, line.bufetat_region_code)
    AND delivery_in_force.period
        = CAST(line.year AS VARCHAR) || coalesce('-T' || CAST(line.tertial_number AS VARCHAR), '')
    AND delivery_in_force.dataset_code = line.bufetat_figure_code
LEFT JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = line.municipality_code
    AND line.year BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
WHERE line.municipality_code IS NULL OR municipality_code.unit_code IS NOT NULL
