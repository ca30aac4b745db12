-- Grain: one correction that is known at the moment the warehouse is built for, with its state and its place.
-- in_force: applied. source_changed: what is delivered is no longer what the correction is for. not_found, ambiguous: it
-- names no row, or several, of the delivery in force. conflict: another correction is of the same place. expired: its
-- last day is past and the fault still stands. ended: its last day is past and the fault is gone. Only those in force
-- change anything. `delivery_id` and `place_number` stand where the place is one row.
-- Leaves out: corrections recorded, or valid from, after that day.
WITH known AS (
    SELECT correction.*, coalesce(correction.valid_until < CAST(clock.as_of AS DATE), FALSE) AS is_past
    FROM register.correction
    CROSS JOIN register.clock
    WHERE correction.recorded_on <= CAST(clock.as_of AS DATE) AND correction.valid_from <= CAST(clock.as_of AS DATE)
),
place AS (
    {correction_places}
),
found AS (
    SELECT
        known.correction_id, count(place.delivery_id) AS place_count, min(place.delivery_id) AS delivery_id,
        min(place.place_number) AS place_number, min(place.delivered_text) AS delivered_text,
        coalesce(bool_and(
            place.delivered_text = coalesce(known.expected, '')
            OR (place.is_number AND TRY_CAST(place.delivered_text AS DOUBLE) = TRY_CAST(known.expected AS DOUBLE))
        ), FALSE) AS is_as_expected
    FROM known
    LEFT JOIN place ON place.correction_id = known.correction_id
    GROUP BY known.correction_id
),
judged AS (
    SELECT
        known.*,
        CASE
            WHEN known.is_past AND (found.place_count <> 1 OR NOT found.is_as_expected) THEN 'ended'
            WHEN found.place_count = 0 THEN 'not_found'
            WHEN found.place_count > 1 THEN 'ambiguous'
            WHEN NOT found.is_as_expected THEN 'source_changed'
            WHEN known.is_past THEN 'expired'
            ELSE 'in_force'
        END AS own_state,
        CASE WHEN found.place_count = 1 THEN found.delivery_id END AS delivery_id,
        CASE WHEN found.place_count = 1 THEN found.place_number END AS place_number,
        CASE WHEN found.place_count = 1 THEN found.delivered_text END AS delivered_text
    FROM known
    INNER JOIN found ON found.correction_id = known.correction_id
)
SELECT
    judged.correction_id, judged.stem, judged.source_unit_code, judged.period, judged.dataset_code, judged.place_key,
    judged.column_name, judged.correction_action, judged.expected, judged.corrected, judged.correction_reason_nb,
    judged.told_to, judged.told_on, judged.valid_from, judged.valid_until, judged.recorded_by, judged.recorded_on,
    CASE
        WHEN judged.own_state = 'in_force' AND EXISTS (
            SELECT 1 FROM judged AS other
            WHERE other.own_state = 'in_force' AND other.correction_id <> judged.correction_id
            AND other.delivery_id = judged.delivery_id AND other.place_number = judged.place_number
            AND (other.column_name = judged.column_name OR 'drop' IN (other.correction_action, judged.correction_action))
        ) THEN 'conflict'
        ELSE judged.own_state
    END AS correction_state,
    judged.delivery_id, judged.place_number, judged.delivered_text
FROM judged
