-- Grain: one delivered ledger line or form field.
-- Overspend in the trial: extra cost M2 minus the frame told in the year's last tertial report, in million NOK.
-- Leaves out: ordinary child welfare, whose budget is not delivered; years without the trial's ledger lines or without
-- the last tertial's report.
WITH trial AS (
    SELECT
        unit_code, CAST(accounting_year AS VARCHAR) AS period, amount_thousand_nok / 1000 AS amount, 'ok' AS status,
        delivery_id, line_number AS place_number
    FROM core.child_welfare_cost_line
    WHERE component = 'trial'
),
frame AS (
    SELECT
        unit_code, substring(period, 1, 4) AS period, -value / 1000 AS amount, status, delivery_id,
        cell_number AS place_number
    FROM core.form_value
    WHERE stem = 'tertial_reports' AND field_id = 'forsoek_budsjett' AND period LIKE '%-T3'
),
part AS (
    SELECT trial.* FROM trial
    WHERE EXISTS (SELECT 1 FROM frame WHERE frame.unit_code = trial.unit_code AND frame.period = trial.period)
    UNION ALL
    SELECT frame.* FROM frame
    WHERE EXISTS (SELECT 1 FROM trial WHERE trial.unit_code = frame.unit_code AND trial.period = frame.period)
)
SELECT
    unit_code, period, 'part=trial' AS breakdown, 1 AS term, 'numerator' AS role, amount, status, delivery_id,
    place_number
FROM part
