-- Grain: one delivered form field.
-- Foster homes in the child's family or network recruited during the year.
-- Leaves out: what the tertial reports say of the same; rules compare the two.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C2-02'
