-- Grain: one delivered form field.
-- Staff in external training during the year: by service, and participants by course. One person may follow several
-- courses, so the courses are never summed.
-- Leaves out: a whole: the form does not ask how many different people took part.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'A1-01'
