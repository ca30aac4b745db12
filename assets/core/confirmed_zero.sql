-- Grain: one delivered zero that its delivery says is a true zero.
-- Leaves out: every other zero; it may stand for a number nobody has counted.
SELECT delivery_id, cell_number AS place_number
FROM core.key_figure
WHERE is_confirmed_zero
UNION
SELECT delivery_id, cell_number
FROM core.form_value
WHERE is_confirmed_zero
