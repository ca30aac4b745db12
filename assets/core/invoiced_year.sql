-- Grain: one unit and service year whose invoices are all here.
-- A list delivered while the year still runs holds a part of it: as a year's number it would be too low without saying
-- so.
-- Leaves out: years with a list that was received before the year was over.
SELECT line.unit_code, line.service_year
FROM core.supplier_invoice_line AS line
INNER JOIN register.delivery ON delivery.delivery_id = line.delivery_id
GROUP BY line.unit_code, line.service_year
HAVING min(year(delivery.received_at)) > line.service_year
