"""The table of findings in force, each with its state, and the history of states."""

from assets.finding_life import with_state, write_events
from assets.findings_in_force import findings_in_force
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import Connection, append
from warehouse.tables import create_table_sql


def gather_findings(connection: Connection) -> int:
    """Makes findings.finding anew and adds what changed to findings.finding_event. Returns the number of findings."""
    contract = contract_of("findings", "finding")
    found = with_state(connection, findings_in_force(connection))
    connection.execute(create_table_sql(contract))
    if found:
        append(connection, contract, arrow_table(contract, found))
    write_events(connection, found)
    return len(found)
