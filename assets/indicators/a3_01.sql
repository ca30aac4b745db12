-- Grain: one delivered form field, once in the whole and once under who evaluated.
-- Evaluations of practice and measures during the year, by the municipality itself and by others.
-- Leaves out: nothing; the whole is missing where one of the two is.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'A3-01'
