-- Grain: one delivered form field.
-- Full-time equivalents added because of the trial since April 2016, in all and by service.
-- Leaves out: positions that do not come from the trial.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'E2-08'
