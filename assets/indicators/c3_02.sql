-- Grain: one delivered form field.
-- Foster homes during the year, in all and by reinforcement. One home may have several, so they are never summed.
-- Leaves out: nothing.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C3-02'
