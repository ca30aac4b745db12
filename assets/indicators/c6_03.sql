-- Grain: one delivered form field of one tertial.
-- Institution placements that began in the year, in all and by owner: the sum of the year's three tertial reports.
-- Leaves out: 2016, for which only the third tertial was reported; years that lack a report.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C6-03'
AND period > '2016'
