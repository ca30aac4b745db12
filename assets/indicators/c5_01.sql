-- Grain: one delivered form field.
-- Emergency placements during the year, in all and by place, as told to the evaluators.
-- Leaves out: what the tertial reports say of the same; rules compare the two.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C5-01'
