-- Grain: one delivered form field.
-- Measures the municipality agreed to buy from Bufetat during the year, by type. Types may
-- overlap and are never summed.
-- Leaves out: Bufetat's own lists.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C7-05'
