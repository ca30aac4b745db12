-- Grain: one delivered cell of inhabitants aged 0–17, a unit, municipality and single-year age.
-- The children that costs and counts are measured against.
-- Leaves out: other ages, and a unit's whole year when any of the ages is not delivered.
SELECT unit_code, year, inhabitants_count, delivery_id, cell_number
FROM core.population_cell
WHERE age_code BETWEEN '000' AND '017'
