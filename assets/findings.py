"""The findings in force: those of the deliveries in force, the refusals not yet mended, and those across sources."""

from assets.finding_rows import finding_rows
from expectations.rule import all_rules
from expectations.cross_source import accounts_and_ledger_agree_on_285, money_of_every_year_is_whole
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import Connection, append, records, rows
from warehouse.tables import create_table_sql

# Both sums leave out investment and species outside the year's net formula, as the two files must agree on net.
_FUNCTION_285 = """
WITH net_species AS (SELECT * FROM reference.concept_formula WHERE concept_code = 'AGD2'),
accounts AS (
    SELECT unit_code, source_municipality_code, accounting_year, sum(amount_thousand_nok) AS amount,
        count(*) AS line_count
    FROM core.account_line INNER JOIN net_species
        ON accounting_year BETWEEN valid_from_year AND valid_to_year
        AND species_code BETWEEN species_from AND species_to
    WHERE function_code = '285' AND account_class = '1' GROUP BY ALL
),
ledger AS (
    SELECT unit_code, source_municipality_code, accounting_year, CAST(sum(amount_nok) AS DOUBLE) / 1000 AS amount
    FROM core.ledger_line INNER JOIN net_species
        ON accounting_year BETWEEN valid_from_year AND valid_to_year
        AND species_code BETWEEN species_from AND species_to
    WHERE function_code = '285' GROUP BY ALL
)
SELECT unit_code, source_municipality_code, accounting_year, accounts.amount AS accounts_thousand_nok,
    ledger.amount AS ledger_thousand_nok, coalesce(accounts.line_count, 0) AS line_count
FROM accounts FULL JOIN ledger USING (unit_code, source_municipality_code, accounting_year)
WHERE 2 = (
    SELECT count(DISTINCT stem) FROM core.delivery_in_force
    WHERE stem IN ('kostra_accounts', 'ledger') AND source_unit_code = source_municipality_code
    AND period = CAST(accounting_year AS VARCHAR)
)
ORDER BY unit_code, source_municipality_code, accounting_year
"""

_MONEY_YEARS = """
SELECT DISTINCT code.unit_code, CAST(force.period AS INTEGER) AS accounting_year,
    complete_year.unit_code IS NOT NULL AS is_whole
FROM core.delivery_in_force AS force
INNER JOIN reference.municipality_code AS code
    ON code.source_municipality_code = force.source_unit_code
    AND CAST(force.period AS INTEGER) BETWEEN code.valid_from_year AND code.valid_to_year
LEFT JOIN core.complete_year
    ON complete_year.unit_code = code.unit_code AND complete_year.accounting_year = CAST(force.period AS INTEGER)
WHERE force.stem IN ('kostra_accounts', 'ledger')
ORDER BY 1, 2
"""

_IN_FORCE = """
SELECT DISTINCT finding.* FROM findings.delivery_finding AS finding
INNER JOIN core.delivery_in_force AS force ON force.delivery_id = finding.delivery_id
"""

# A refusal stands until a file of that name has come from the same sender and was not refused.
_REFUSED = """
SELECT finding.* FROM findings.delivery_finding AS finding
INNER JOIN register.delivery ON delivery.delivery_id = finding.delivery_id
CROSS JOIN register.clock
WHERE delivery_state = 'refused' AND received_at <= as_of AND NOT EXISTS (
    SELECT 1 FROM register.delivery AS later
    WHERE later.delivery_state <> 'refused' AND later.delivery_id > delivery.delivery_id
    AND later.received_at <= as_of AND later.file_name = delivery.file_name
    AND later.sender_code IS NOT DISTINCT FROM delivery.sender_code
)
"""


def gather_findings(connection: Connection) -> int:
    """Makes findings.finding anew. Returns the number of findings."""
    contract = contract_of("findings", "finding")
    connection.execute(create_table_sql(contract))
    gathered = [*records(connection, _IN_FORCE), *records(connection, _REFUSED)]
    across = [*accounts_and_ledger_agree_on_285(records(connection, _FUNCTION_285)),
              *money_of_every_year_is_whole(records(connection, _MONEY_YEARS)),
              *(finding for rule in all_rules() for finding in rule.findings(records(connection, rule.select)))]
    gathered += finding_rows(across, None, None)
    unique = {row["finding_id"]: row for row in _under_the_units_code(connection, gathered)}
    if unique:
        append(connection, contract, arrow_table(
            contract, [{"explanation_nb": None, "explained_by": None, **row} for row in unique.values()]))
    return len(unique)


def _under_the_units_code(connection: Connection, gathered: list[dict]) -> list[dict]:
    """A file's own rules know its municipality code only; whoever asks for 0729 is also asking for 0722 and 0723."""
    units = dict(rows(connection, "SELECT DISTINCT source_municipality_code, unit_code FROM reference.municipality_code"))
    return [{**row, "unit_code": units.get(row["unit_code"], row["unit_code"])} for row in gathered]
