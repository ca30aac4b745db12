-- Grain: one delivered form field.
-- Foster homes in group guidance during the year.
-- Leaves out: nothing.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C4-02'
