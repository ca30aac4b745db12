-- Grain: one delivered cell.
-- Children with at least one measure of the category during the year, by category. A child may count in several
-- categories, so the categories are never summed.
-- Leaves out: KOSTRA groups, whose counts are not delivered.
SELECT
    key_figure.unit_code,
    CAST(key_figure.year AS VARCHAR) AS period,
    'category=' || measure_category.category_code AS breakdown,
    1 AS term,
    'numerator' AS role,
    key_figure.value AS amount,
    key_figure.status,
    key_figure.delivery_id,
    key_figure.cell_number AS place_number
FROM core.key_figure
INNER JOIN reference.measure_category ON measure_category.key_figure_code = key_figure.key_figure_code
