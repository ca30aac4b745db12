-- Grain: one delivered form field and its role.
-- Average days from notice to move. How many children the average is over takes part in disclosure control only.
-- Leaves out: emergency placements; the shortest and the longest wait.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C2-06'
