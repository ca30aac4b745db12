-- Grain: one delivered form field of one tertial.
-- Reports received in the calendar year by the child's age: the sum of the year's three tertial reports.
-- Leaves out: 2016, for which only the third tertial was reported; years that lack a report.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'B1-07'
AND period > '2016'
