-- Grain: one delivered form field.
-- The municipality's own children in foster homes on the last day of the tertial: a stock, not KOSTRA's count through
-- the year (C1-02, category 2).
-- Leaves out: children placed by other municipalities.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C2-07'
