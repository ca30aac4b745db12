-- Grain: one source, unit, period and data set (empty for sources that have one).
-- Of the accepted deliveries received on or before the moment the warehouse is built for, the newest one.
-- Where two say when their source was updated, the newer is the one updated last, whichever came first: preliminary
-- figures that arrive after the final ones do not take their place. A delivery that does not say so replaces all that
-- came before it. The moment decides only what had come: figures that came later are not known, however old they are.
-- Leaves out: refused deliveries, duplicates, and what came after that moment.
WITH arrived AS (
    SELECT
        delivery.stem,
        delivery_scope.source_unit_code,
        delivery_scope.period,
        delivery_scope.dataset_code,
        delivery_scope.delivery_id,
        delivery_scope.version,
        delivery.source_updated,
        row_number() OVER (
            PARTITION BY
                delivery.stem, delivery_scope.source_unit_code, delivery_scope.period, delivery_scope.dataset_code
            ORDER BY delivery.received_at, delivery_scope.version
        ) AS arrival_number
    FROM register.delivery_scope
    INNER JOIN register.delivery ON delivery.delivery_id = delivery_scope.delivery_id
    CROSS JOIN register.clock
    WHERE delivery.delivery_state = 'accepted' AND delivery.received_at <= clock.as_of
),
last_undated AS (
    SELECT stem, source_unit_code, period, dataset_code, max(arrival_number) AS arrival_number
    FROM arrived
    WHERE source_updated IS NULL
    GROUP BY stem, source_unit_code, period, dataset_code
),
candidate AS (
    SELECT
        arrived.*,
        row_number() OVER (
            PARTITION BY arrived.stem, arrived.source_unit_code, arrived.period, arrived.dataset_code
            ORDER BY arrived.source_updated DESC NULLS LAST, arrived.arrival_number DESC
        ) AS age_rank
    FROM arrived
    LEFT JOIN last_undated
        ON last_undated.stem = arrived.stem
        AND last_undated.source_unit_code = arrived.source_unit_code
        AND last_undated.period = arrived.period
        AND last_undated.dataset_code = arrived.dataset_code
    WHERE arrived.arrival_number >= coalesce(last_undated.arrival_number, 0)
)
SELECT stem, source_unit_code, period, dataset_code, delivery_id, version
FROM candidate
WHERE age_rank = 1
