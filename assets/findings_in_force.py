"""Which findings are in force now: of the deliveries in force, of refusals not yet mended, and of the rules across them."""

from assets.correction_findings import correction_findings
from assets.finding_rows import finding_rows
from expectations.distribution_suite import distribution_finding
from expectations.rule import all_rules
from warehouse.database import Connection, records, rows

_OF_DELIVERIES = """
SELECT DISTINCT finding.* FROM findings.delivery_finding AS finding
INNER JOIN core.delivery_in_force AS force ON force.delivery_id = finding.delivery_id
"""

# A refusal stands until a file of that name has come from the same sender and was not refused.
_OF_REFUSALS = """
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

# What the last validation of the tables said; it runs before the findings are gathered.
_OUT_OF_LIMITS = """
SELECT rule_id, observed FROM findings.expectation_result WHERE rule_id IS NOT NULL AND NOT success ORDER BY rule_id
"""


def findings_in_force(connection: Connection) -> list[dict]:
    """Rows of findings.finding without state of life: each finding once, under the unit's own code."""
    across = [finding for rule in all_rules() for finding in rule.findings(records(connection, rule.select))]
    across += correction_findings(connection)
    across += [distribution_finding(rule_id, observed) for rule_id, observed in rows(connection, _OUT_OF_LIMITS)]
    gathered = [*records(connection, _OF_DELIVERIES), *records(connection, _OF_REFUSALS),
                *finding_rows(across, None, None)]
    return list({row["finding_id"]: row for row in _under_the_units_code(connection, gathered)}.values())


def _under_the_units_code(connection: Connection, gathered: list[dict]) -> list[dict]:
    """A file's own rules know its municipality code only; whoever asks for 0729 is also asking for 0722 and 0723."""
    units = dict(rows(connection, "SELECT DISTINCT source_municipality_code, unit_code FROM reference.municipality_code"))
    return [{**row, "unit_code": units.get(row["unit_code"], row["unit_code"])} for row in gathered]
