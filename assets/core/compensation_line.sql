-- Grain: one grant line in force that is compensation for taking part in the trial, in thousand NOK.
-- The yearly increase in the block grant.
-- Leaves out: the one-off grant for administration, and other grants.
SELECT
    grant_line.unit_code,
    grant_line.year,
    grant_line.amount_thousand_nok,
    grant_line.delivery_id,
    grant_line.line_number
FROM core.grant_line
INNER JOIN reference.grant_kind
    ON grant_kind.grant_name = grant_line.grant_name AND grant_kind.is_compensation
WHERE NOT grant_line.is_one_off
