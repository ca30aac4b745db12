-- Grain: one delivered grant line or ledger line.
-- Net gain: compensation minus extra cost M2; for the year, and summed from 2016 to the year
-- (accumulation=since_2016).
-- Leaves out: the one-off grant for administration, and years where either side is not delivered; a sum from 2016 needs
-- every year in between.
WITH compensation AS (
    SELECT
        grant_line.unit_code, grant_line.year, grant_line.amount_thousand_nok / 1000 AS amount,
        grant_line.delivery_id, grant_line.line_number
    FROM core.grant_line
    INNER JOIN reference.grant_kind
        ON grant_kind.grant_name = grant_line.grant_name AND grant_kind.is_compensation
    WHERE NOT grant_line.is_one_off
),
trial AS (
    SELECT unit_code, accounting_year AS year, amount_thousand_nok / 1000 AS amount, delivery_id, line_number
    FROM core.child_welfare_cost_line
    WHERE component = 'trial'
),
both_delivered AS (
    SELECT DISTINCT compensation.unit_code, compensation.year
    FROM compensation
    INNER JOIN trial ON trial.unit_code = compensation.unit_code AND trial.year = compensation.year
),
unbroken AS (
    SELECT unit_code, year
    FROM both_delivered
    WHERE year - 2015 = (
        SELECT count(*) FROM both_delivered AS earlier
        WHERE earlier.unit_code = both_delivered.unit_code AND earlier.year BETWEEN 2016 AND both_delivered.year
    )
),
balance AS (
    SELECT unit_code, year, amount, delivery_id, line_number FROM compensation
    UNION ALL
    SELECT unit_code, year, -amount, delivery_id, line_number FROM trial
)
SELECT
    balance.unit_code, CAST(balance.year AS VARCHAR) AS period, '' AS breakdown, 1 AS term, 'numerator' AS role,
    balance.amount, 'ok' AS status, balance.delivery_id, balance.line_number AS place_number
FROM balance
INNER JOIN both_delivered ON both_delivered.unit_code = balance.unit_code AND both_delivered.year = balance.year
UNION ALL
SELECT
    balance.unit_code, CAST(unbroken.year AS VARCHAR), 'accumulation=since_2016', 1, 'numerator', balance.amount, 'ok',
    balance.delivery_id, balance.line_number
FROM balance
INNER JOIN unbroken ON unbroken.unit_code = balance.unit_code AND balance.year BETWEEN 2016 AND unbroken.year
