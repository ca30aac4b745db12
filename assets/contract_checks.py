"""The contracts as asset checks: one Great Expectations validation per raw and core table and refresh.

A broken contract here is a fault of ours: deliveries that break theirs never got this far. Then nothing is published:
the values carry one blocking check that holds only when every contract does. (The checks of the core tables cannot
block themselves: core tables are built from each other, and each would wait for all.)
"""

from collections.abc import Iterable, Iterator

import dagster as dg

from assets.warehouse_resource import WarehouseResource
from warehouse.arrow import arrow_table
from warehouse.contracts import CORE, MARTS, RAW, contract_of
from warehouse.database import Connection, append, arrow, one, rows, writing
from warehouse.tables import Table, create_table_sql

CHECK_NAME = "contract"
GATE_NAME = "may_be_published"
CHECKED = RAW + CORE + MARTS
_GATED = dg.AssetKey(["marts", "indicator_value"])


def _key(contract: Table) -> dg.AssetKey:
    return dg.AssetKey([contract.schema, contract.name])


def validate_contracts(connection: Connection) -> list:
    """Judges every raw and core table and stores the outcomes. Returns the outcomes."""
    from expectations.contract_suite import violation_counts_sql
    from expectations.great_expectations_runner import LARGE_TABLE_ROWS, validate, validate_counts

    sizes = {contract: one(connection, f"SELECT count(*) FROM {contract.full_name}") for contract in CHECKED}
    frames = {contract: arrow(connection, f"SELECT * FROM {contract.full_name}").to_pandas()
              for contract, size in sizes.items() if size <= LARGE_TABLE_ROWS}
    counts = {contract: rows(connection, violation_counts_sql(contract))
              for contract, size in sizes.items() if size > LARGE_TABLE_ROWS}
    outcomes = [*validate(frames), *(validate_counts(counts) if counts else ())]
    store_outcomes(connection, outcomes)
    return outcomes


def store_outcomes(connection: Connection, outcomes: Iterable) -> None:
    """Replaces findings.expectation_result with the outcomes of this refresh."""
    contract = contract_of("findings", "expectation_result")
    connection.execute(create_table_sql(contract))
    append(connection, contract, arrow_table(contract, [vars(outcome) for outcome in outcomes]))


@dg.multi_asset_check(
    name="contract_checks",
    specs=[
        *(dg.AssetCheckSpec(CHECK_NAME, asset=_key(contract), description="Tabellen holder kontrakten sin.")
          for contract in CHECKED),
        dg.AssetCheckSpec(GATE_NAME, asset=_GATED, blocking=True, description="Alle kontrakter holder."),
    ],
)
def contract_checks(warehouse: WarehouseResource) -> Iterator[dg.AssetCheckResult]:
    """Every raw, core and mart table against its contract."""
    with writing(warehouse.home) as connection:
        outcomes = validate_contracts(connection)
    for contract in CHECKED:
        mine = [outcome for outcome in outcomes if outcome.table_name == contract.full_name]
        yield _result(CHECK_NAME, _key(contract), mine)
    yield _result(GATE_NAME, _GATED, outcomes)


def _result(name: str, asset_key: dg.AssetKey, outcomes: list) -> dg.AssetCheckResult:
    broken = [outcome for outcome in outcomes if not outcome.success]
    named = ", ".join(f"{o.table_name}.{o.column_name or ''} {o.expectation}" for o in broken[:10])
    return dg.AssetCheckResult(
        passed=not broken, check_name=name, asset_key=asset_key, severity=dg.AssetCheckSeverity.ERROR,
        metadata={"forventninger": len(outcomes), "brudd": len(broken), "brutt": named})
