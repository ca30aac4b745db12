-- Grain: one delivered line of Bufetat's budget changes, once by its post and once in the whole where it counts there.
-- By post; the whole is gross expenditure, the posts of chapter 0855. Income (3855.60) stands by itself with the sign it
-- is delivered with: minus is a higher income requirement.
-- Leaves out: changes for municipalities, which Bufetat's budget does not have.
WITH line AS (
    SELECT figure.unit_code, figure.period, figure.budget_post_code, figure.value, figure.status, figure.delivery_id,
        figure.line_number
    FROM core.bufetat_figure AS figure
    INNER JOIN reference.unit ON unit.unit_code = figure.unit_code AND unit.unit_type = 'bufetat_region'
    WHERE figure.bufetat_figure_code = 'budsjettendring'
)
SELECT
    unit_code, period, 'post=' || budget_post_code AS breakdown, 1 AS term, 'numerator' AS role, value AS amount, status,
    delivery_id, line_number AS place_number
FROM line
UNION ALL
SELECT unit_code, period, '', 1, 'numerator', value, status, delivery_id, line_number
FROM line
WHERE budget_post_code LIKE '0855.%'
