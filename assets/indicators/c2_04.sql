-- Grain: one delivered form field.
-- Foster homes the municipality got through Bufetat during the year, as it says under recruitment.
-- Leaves out: its list of purchases from Bufetat, which is C7-05 and may say another number.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'C2-04'
