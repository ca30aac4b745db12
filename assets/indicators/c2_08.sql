-- Grain: one delivered form field of one tertial and its role.
-- Unintended moves / all moves from foster homes in the year's tertials; in 2016 only the third was to be reported. The
-- counts take part once more, in disclosure control only.
-- Leaves out: years that lack a report. A tertial without the number makes the year missing.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C2-08'
