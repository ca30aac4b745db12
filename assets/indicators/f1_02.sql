-- Grain: one delivered form field.
-- Children the agreement on assistance was used for during the year, in all and by place.
-- Leaves out: Bufetat's own lists.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'F1-02'
