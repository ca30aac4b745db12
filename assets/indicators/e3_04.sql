-- Grain: one delivered form field.
-- Purchases agreed with private suppliers during the year, and the suppliers they are spread over, by type.
-- Leaves out: invoices, which are counted by month of service.
SELECT unit_code, period, breakdown, term, role, amount, status, delivery_id, place_number
FROM core.form_part
WHERE indicator_id = 'E3-04'
