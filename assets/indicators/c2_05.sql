-- Grain: one delivered form field.
-- Foster homes from private suppliers during the year.
-- Leaves out: other measures bought from private suppliers (E3-04).
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C2-05'
