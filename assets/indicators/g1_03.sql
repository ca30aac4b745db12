-- Grain: one delivered grant line.
-- Compensation: the yearly increase in the block grant for taking part.
-- Leaves out: the one-off grant for administration, and other grants.
SELECT
    grant_line.unit_code,
    CAST(grant_line.year AS VARCHAR) AS period,
    '' AS breakdown,
    1 AS term,
    'numerator' AS role,
    grant_line.amount_thousand_nok / 1000 AS amount,
    'ok' AS status,
    grant_line.delivery_id,
    grant_line.line_number AS place_number
FROM core.grant_line
INNER JOIN reference.grant_kind
    ON grant_kind.grant_name = grant_line.grant_name AND grant_kind.is_compensation
WHERE NOT grant_line.is_one_off
