-- Grain: one count from an inspection and its role.
-- Children with measures who have no plan / children with measures, as the authority counted them. The newest inspection
-- of the year that gives both counts. The counts take part once more, in disclosure control only.
-- Leaves out: inspections that give only one of the two counts.
WITH counted AS (
    SELECT
        unit_code, CAST(year AS VARCHAR) AS period, supervision_date, supervision_name, matter_code, matter_count,
        CASE WHEN matter_count IS NULL THEN 'not_reported' ELSE 'ok' END AS status, delivery_id, line_number,
        count(DISTINCT matter_code) OVER inspection AS matter_kinds
    FROM core.supervision_matter
    WHERE matter_code IN ('barn_uten_tiltaksplan', 'barn_med_tiltak')
    WINDOW inspection AS (PARTITION BY unit_code, supervision_date, supervision_name)
),
newest AS (
    SELECT
        *, dense_rank() OVER (
            PARTITION BY unit_code, period ORDER BY supervision_date DESC, supervision_name
        ) AS age_rank
    FROM counted
    WHERE matter_kinds = 2
),
part AS (
    SELECT
        newest.unit_code, newest.period, role.name AS role, newest.matter_count, newest.status, newest.delivery_id,
        newest.line_number
    FROM newest
    INNER JOIN (
        VALUES ('barn_uten_tiltaksplan', 'numerator'), ('barn_uten_tiltaksplan', 'count_numerator'),
            ('barn_med_tiltak', 'denominator'), ('barn_med_tiltak', 'count_denominator')
    ) AS role (matter_code, name)
        ON role.matter_code = newest.matter_code
    WHERE newest.age_rank = 1
)
SELECT
    unit_code, period, '' AS breakdown, 1 AS term, role, CAST(matter_count AS DOUBLE) AS amount, status, delivery_id,
    line_number AS place_number
FROM part
