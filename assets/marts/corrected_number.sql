-- Grain: one indicator number and one correction in force that has changed, taken out or marked something it is made of.
-- A line that is taken out is part of nothing any more: the correction then stands by every number of the same unit made
-- from the same delivery, in its year and later.
-- Leaves out: corrections that are not applied, and those of the change Bufetat has worked out itself, which no number is
-- made of (VR37 judges it); counts used in disclosure control only.
WITH part AS (
    SELECT DISTINCT every.indicator_id, every.unit_code, every.period, every.breakdown, every.delivery_id, every.place_number
    FROM ({indicator_parts}) AS every
    INNER JOIN core.correction ON correction.delivery_id = every.delivery_id AND correction.correction_state = 'in_force'
    WHERE every.role IN ('numerator', 'denominator')
)
SELECT part.indicator_id, part.unit_code, part.period, part.breakdown, correction.correction_id, correction.correction_action
FROM core.correction
INNER JOIN part ON part.delivery_id = correction.delivery_id AND part.place_number = correction.place_number
WHERE correction.correction_state = 'in_force' AND correction.correction_action <> 'drop'
AND correction.column_name <> 'change_since_2015'
UNION
SELECT part.indicator_id, part.unit_code, part.period, part.breakdown, correction.correction_id, correction.correction_action
FROM core.correction
INNER JOIN part
    ON part.delivery_id = correction.delivery_id
    AND substring(part.period, 1, 4) >= substring(correction.period, 1, 4)
LEFT JOIN reference.municipality_code
    ON municipality_code.source_municipality_code = correction.source_unit_code
    AND CAST(substring(correction.period, 1, 4) AS INTEGER)
        BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
WHERE correction.correction_state = 'in_force' AND correction.correction_action = 'drop'
AND part.unit_code = coalesce(municipality_code.unit_code, correction.source_unit_code)
