-- Grain: one delivered form field.
-- Disagreements with Bufetat about price not settled on the last day of the tertial.
-- Leaves out: nothing.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'F1-06'
