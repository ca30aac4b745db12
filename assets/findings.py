"""The findings in force: those of the deliveries in force, the refusals not yet mended, and those across sources."""

from assets.raw_loading import finding_rows
from expectations.cross_source import accounts_and_ledger_agree_on_285
from expectations.finding import Finding
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
INNER JOIN core.complete_year USING (unit_code, accounting_year)
ORDER BY unit_code, source_municipality_code, accounting_year
"""

_IN_FORCE = """
SELECT DISTINCT finding.* FROM findings.delivery_finding AS finding
INNER JOIN core.delivery_in_force AS force ON force.delivery_id = finding.delivery_id
"""

_REFUSED = """
SELECT delivery.delivery_id, delivery.stem, delivery.file_name, delivery.reason,
    concat_ws('/', delivery.sender_code, delivery.file_name) AS place,
    (SELECT min(unit_code) FROM reference.municipality_code WHERE source_municipality_code = delivery.sender_code)
        AS unit_code
FROM register.delivery CROSS JOIN register.clock
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
    gathered = [*records(connection, _IN_FORCE), *_refusals(connection)]
    gathered += finding_rows(accounts_and_ledger_agree_on_285(records(connection, _FUNCTION_285)), None, None)
    unique = {row["finding_id"]: row for row in _under_the_units_code(connection, gathered)}
    if unique:
        append(connection, contract, arrow_table(contract, unique.values()))
    return len(unique)


def _under_the_units_code(connection: Connection, gathered: list[dict]) -> list[dict]:
    """A file's own rules know its municipality code only; whoever asks for 0729 is also asking for 0722 and 0723."""
    units = dict(rows(connection, "SELECT DISTINCT source_municipality_code, unit_code FROM reference.municipality_code"))
    return [{**row, "unit_code": units.get(row["unit_code"], row["unit_code"])} for row in gathered]


def _refusals(connection: Connection) -> list[dict]:
    """One finding for each refused file that has not been delivered again under its name."""
    return [row for refused in records(connection, _REFUSED) for row in finding_rows(
        [Finding("AVVIST", "kritisk_feil", refused["reason"], unit_code=refused["unit_code"], file=refused["file_name"],
                 source=refused["stem"], cell=refused["place"])], refused["stem"], refused["delivery_id"])]
