-- Grain: one delivered form field and its role.
-- Homes recruited in family and network / all homes the municipality recruited. The counts take part once more, in
-- disclosure control only.
-- Leaves out: homes from Bufetat and from private suppliers.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C2-03'
