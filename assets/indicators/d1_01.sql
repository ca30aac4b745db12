-- Grain: one delivered form field.
-- Measures and routines for children's participation taken into use during the year.
-- Leaves out: what the tertial reports say of the same.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'D1-01'
