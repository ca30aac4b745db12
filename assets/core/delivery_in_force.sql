-- Grain: one source, unit, period and data set (empty for sources that have one).
-- The newest accepted delivery received on or before the moment the warehouse is built for.
-- Leaves out: refused deliveries, duplicates, and what came after that moment.
WITH candidate AS (
    SELECT
        delivery.stem,
        delivery_scope.source_unit_code,
        delivery_scope.period,
        delivery_scope.dataset_code,
        delivery_scope.delivery_id,
        delivery_scope.version,
        row_number() OVER (
            PARTITION BY
                delivery.stem, delivery_scope.source_unit_code, delivery_scope.period, delivery_scope.dataset_code
            ORDER BY delivery.received_at DESC, delivery_scope.version DESC
        ) AS age_rank
    FROM register.delivery_scope
    INNER JOIN register.delivery ON delivery.delivery_id = delivery_scope.delivery_id
    CROSS JOIN register.clock
    WHERE delivery.delivery_state = 'accepted' AND delivery.received_at <= clock.as_of
)
SELECT stem, source_unit_code, period, dataset_code, delivery_id, version
FROM candidate
WHERE age_rank = 1
