-- Grain: one delivered form field, once in the whole and once under its area.
-- Agreements on assistance from Bufetat in force on the last day of the tertial, in all and by area.
-- Leaves out: nothing; the whole is missing where one area is.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'F1-01'
