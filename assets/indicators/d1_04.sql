-- Grain: one delivered coding and its role, and once each informant behind them.
-- Positive codings / codings with a direction (positive, neutral or negative), of the codes that the codebook's mapping
-- gives this indicator. The trial's municipalities stand together, never by municipality. Each informant takes part as a
-- count, in disclosure control only.
-- Leaves out: codings without direction.
WITH directed AS (
    SELECT document_key, interview_year, direction, delivery_id, cell_number
    FROM core.interview_coding
    WHERE indicator_id = 'D1-04' AND direction IS NOT NULL
)
SELECT
    'FORSOK' AS unit_code, CAST(interview_year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, 'numerator' AS role,
    CASE WHEN direction = 1 THEN 1 ELSE 0 END AS amount, 'ok' AS status, delivery_id, cell_number AS place_number
FROM directed
UNION ALL
SELECT 'FORSOK', CAST(interview_year AS VARCHAR), '', 1, 'denominator', 1, 'ok', delivery_id, cell_number
FROM directed
UNION ALL
SELECT
    'FORSOK', CAST(document.interview_year AS VARCHAR), '', 1, 'count_denominator', 1, 'ok', document.delivery_id,
    document.cell_number
FROM core.interview_document AS document
WHERE EXISTS (
    SELECT 1 FROM directed
    WHERE directed.document_key = document.document_key AND directed.delivery_id = document.delivery_id
)
