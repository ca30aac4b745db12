-- Grain: one delivered form field and its role.
-- Foster homes with extra individual guidance / foster homes during the year. The counts take part once more, in
-- disclosure control only.
-- Leaves out: nothing.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C4-01'
