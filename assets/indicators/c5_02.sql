-- Grain: one delivered form field and its role.
-- Emergency placements / all placements that began in the tertial. The counts take part once more, in disclosure
-- control only.
-- Leaves out: nothing.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C5-02'
