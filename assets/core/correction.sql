-- Grain: one correction that is known at the moment the warehouse is built for.
-- A correction is used only while the delivered value is the one that was expected when it was written, at exactly one
-- place of the delivery in force. Its state says whether it is used, and if not, why; a flagged number stands as it came.
-- Leaves out: corrections recorded later; a correction is never worked into raw.
WITH known AS (
    SELECT correction.*, CAST(clock.as_of AS DATE) AS today
    FROM (
        SELECT * FROM reference.correction
        UNION ALL
        SELECT * FROM register.correction
    ) AS correction
    CROSS JOIN register.clock
    WHERE correction.recorded_on <= CAST(clock.as_of AS DATE)
),
place AS (
    {correction_places}
),
found AS (
    SELECT
        known.correction_id,
        count(place.place_number) AS places_count,
        min(place.delivery_id) AS delivery_id,
        min(place.place_number) AS place_number,
        min(place.delivered_value) AS delivered_value
    FROM known
    LEFT JOIN place ON place.correction_id = known.correction_id
    GROUP BY known.correction_id
),
shared AS (
    SELECT place.delivery_id, place.place_number
    FROM place
    INNER JOIN known ON known.correction_id = place.correction_id AND known.valid_until >= known.today
    GROUP BY place.delivery_id, place.place_number
    HAVING count(*) > 1
)
SELECT
    known.correction_id, known.stem, known.source_unit_code, known.period, known.dataset_code, known.place_key,
    known.correction_action, known.expected_value, known.corrected_value, known.reason_nb, known.told_to, known.told_on,
    known.recorded_on, known.valid_until,
    CASE
        WHEN known.valid_until < known.today THEN 'expired'
        WHEN found.places_count = 0 THEN 'not_found'
        WHEN found.places_count > 1 OR shared.delivery_id IS NOT NULL THEN 'ambiguous'
        WHEN found.delivered_value = known.expected_value
            OR TRY_CAST(found.delivered_value AS DOUBLE) = TRY_CAST(known.expected_value AS DOUBLE) THEN 'in_use'
        ELSE 'source_corrected'
    END AS correction_state,
    CASE WHEN found.places_count = 1 THEN found.delivered_value END AS delivered_value,
    CASE WHEN found.places_count = 1 THEN found.delivery_id END AS delivery_id,
    CASE WHEN found.places_count = 1 THEN found.place_number END AS place_number
FROM known
INNER JOIN found ON found.correction_id = known.correction_id
LEFT JOIN shared ON shared.delivery_id = found.delivery_id AND shared.place_number = found.place_number
