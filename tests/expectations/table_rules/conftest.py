"""Drawn tables for the rules on our own tables and on lists: the rows of one or several tables, one rule, what it finds.

    core.key_figure
    unit_code | year | key_figure_code | value | status
    2012      | 2018 | 15              | ~     | suppressed

A tilde is NULL. A column that is not drawn has the value in USUAL, else NULL. The lists that are shipped stand as they are
where they are not drawn; everything is put back after the look.
"""

from datetime import date

import pytest

from assets.build import build_reference_table, set_clock
from assets.sql_files import sql_tables
from expectations.rule import all_rules
from pipelines.settings import DEMO_CLOCK
from warehouse.arrow import arrow_table
from warehouse.contracts import REFERENCE, contract_of
from warehouse.database import append, in_memory, records
from warehouse.tables import create_table_sql

USUAL = {
    "delivery_id": 1, "cell_number": 1, "line_number": 1, "place_number": 1, "stem": "kostra_statistics", "status": "ok",
    "is_confirmed_zero": False, "term": 1, "role": "numerator", "breakdown": "", "unit": "1000 NOK", "age_code": "005",
    "dataset_code": "nokkeltall", "place_key": "sted", "correction_reason_nb": "grunn", "recorded_by": "evaluator",
    "correction_action": "override", "column_name": "value", "account_class": "1", "is_internal": False,
    "document_key": "dokument", "informant_group": "ungdom", "field_id": "meldinger", "bufetat_figure_code": "egenandel",
    "valid_from": date(2018, 1, 1), "recorded_on": date(2018, 1, 1), "correction_state": "in_force",
}
DELIVERY = {"delivery_id": 1, "sha256": f"{1:064d}", "stem": "kostra_statistics", "received_at": DEMO_CLOCK,
            "delivery_state": "accepted", "file_name": "fil.json"}
TYPED = {"INTEGER": int, "BIGINT": int, "DOUBLE": float, "DATE": date.fromisoformat, "BOOLEAN": "true".__eq__}


def drawn_tables(text):
    """{table: rows} of a drawing; a line with a full stop and no bar names a table."""
    tables, contract, heading = {}, None, None
    for line in filter(None, map(str.strip, text.splitlines())):
        if "|" not in line and "." in line:
            contract, heading = contract_of(*line.split(".")), None
            tables[contract] = []
        elif heading is None:
            heading = [name.strip() for name in line.split("|")]
        else:
            cells = dict(zip(heading, (cell.strip() for cell in line.split("|")), strict=True))
            tables[contract].append({column.name: _value(column, cells) for column in contract.columns})
    return tables


def _value(column, cells):
    if column.name not in cells:
        return USUAL.get(column.name)
    cell = cells[column.name]
    return None if cell == "~" else TYPED.get(column.type, str)(cell)


@pytest.fixture(scope="session")
def listed_warehouse():
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        for table in sql_tables("indicators"):
            connection.execute(create_table_sql(table.contract))
        set_clock(connection, DEMO_CLOCK)
        append(connection, register := contract_of("register", "delivery"), arrow_table(register, [
            {**dict.fromkeys(register.column_names), **DELIVERY}]))
        yield connection


@pytest.fixture
def found(listed_warehouse):
    """The function that gives the findings of a rule in drawn tables."""
    def findings(rule_id, text):
        rule = next(rule for rule in all_rules() if rule.rule_id == rule_id)
        listed_warehouse.execute("BEGIN TRANSACTION")
        try:
            for contract, rows in drawn_tables(text).items():
                listed_warehouse.execute(f"DELETE FROM {contract.full_name}")
                append(listed_warehouse, contract, arrow_table(contract, rows))
            return list(rule.findings(records(listed_warehouse, rule.select)))
        finally:
            listed_warehouse.execute("ROLLBACK")
    return findings
