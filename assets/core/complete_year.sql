-- Grain: one unit and accounting year whose money is all here.
-- A year counts only when every municipality behind the unit has both its accounts and its ledger in force: with one
-- of them missing, net cost would be too low without saying so. From 2016 the ledgers must hold the trial's lines too:
-- a trial cost that is not delivered is missing, never zero.
-- Leaves out: every year that lacks a file or the trial's lines.
SELECT municipality_code.unit_code, CAST(accounts.period AS INTEGER) AS accounting_year
FROM reference.municipality_code
INNER JOIN core.delivery_in_force AS accounts
    ON accounts.stem = 'kostra_accounts'
    AND accounts.source_unit_code = municipality_code.source_municipality_code
    AND CAST(accounts.period AS INTEGER) BETWEEN municipality_code.valid_from_year AND municipality_code.valid_to_year
INNER JOIN core.delivery_in_force AS ledger
    ON ledger.stem = 'ledger'
    AND ledger.source_unit_code = accounts.source_unit_code
    AND ledger.period = accounts.period
GROUP BY municipality_code.unit_code, accounts.period
HAVING count(DISTINCT municipality_code.source_municipality_code) = (
    SELECT count(*)
    FROM reference.municipality_code AS needed
    WHERE needed.unit_code = municipality_code.unit_code
    AND CAST(accounts.period AS INTEGER) BETWEEN needed.valid_from_year AND needed.valid_to_year
)
AND (
    CAST(accounts.period AS INTEGER) < 2016
    OR EXISTS (
        SELECT 1
        FROM core.ledger_line AS trial_line
        WHERE trial_line.unit_code = municipality_code.unit_code
        AND trial_line.accounting_year = CAST(accounts.period AS INTEGER)
        AND trial_line.function_code = '285'
        AND trial_line.is_trial
    )
)
