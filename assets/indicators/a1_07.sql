-- Grain: one delivered form field.
-- Positions in the child-welfare service advertised in the tertial.
-- Leaves out: nothing.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'A1-07'
