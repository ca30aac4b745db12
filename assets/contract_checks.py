"""The contracts as asset checks: one Great Expectations validation per raw and core table and refresh.

A broken contract here is a fault of ours: deliveries that break theirs never got this far. Then nothing is published:
the values carry one blocking check that holds only when every contract does. (The checks of the core tables cannot
block themselves: core tables are built from each other, and each would wait for all.)
"""

from collections.abc import Iterable, Iterator, Sequence

import dagster as dg

from assets.warehouse_resource import WarehouseResource
from warehouse.arrow import arrow_table
from warehouse.contracts import CORE, MARTS, RAW, contract_of
from warehouse.database import Connection, append, arrow, one, rows, writing
from warehouse.tables import Table

CHECK_NAME = "contract"
GATE_NAME = "may_be_published"
CHECKED = RAW + CORE + MARTS
_SAMPLE = "SELECT * FROM {table} USING SAMPLE reservoir(50000 ROWS) REPEATABLE (1)"
_GATED = dg.AssetKey(["marts", "indicator_value"])


def _key(contract: Table) -> dg.AssetKey:
    return dg.AssetKey([contract.schema, contract.name])


def validate_contracts(connection: Connection, contracts: Sequence[Table] = CHECKED) -> list:
    """Judges the tables, all that have a check unless told otherwise, and stores the outcomes. Returns the outcomes."""
    from expectations.contract_suite import violation_counts_sql
    from expectations.great_expectations_runner import LARGE_TABLE_ROWS, validate, validate_counts, validate_samples

    sizes = {contract: one(connection, f"SELECT count(*) FROM {contract.full_name}") for contract in contracts}
    frames = {contract: arrow(connection, f"SELECT * FROM {contract.full_name}").to_pandas()
              for contract, size in sizes.items() if size <= LARGE_TABLE_ROWS}
    counts = {contract: rows(connection, violation_counts_sql(contract))
              for contract, size in sizes.items() if size > LARGE_TABLE_ROWS}
    samples = {contract: arrow(connection, _SAMPLE.format(table=contract.full_name)).to_pandas() for contract in counts}
    outcomes = [*validate(frames), *(validate_counts(counts) if counts else ()),
                *(validate_samples(samples) if samples else ())]
    store_outcomes(connection, contracts, outcomes)
    return outcomes


def store_outcomes(connection: Connection, contracts: Iterable[Table], outcomes: Iterable) -> None:
    """Replaces what findings.expectation_result says of the tables."""
    contract = contract_of("findings", "expectation_result")
    connection.execute(f"DELETE FROM {contract.full_name} WHERE table_name IN (SELECT unnest(?))",
                       [[judged.full_name for judged in contracts]])
    append(connection, contract, arrow_table(contract, [vars(outcome) for outcome in outcomes]))


@dg.multi_asset_check(
    name="contract_checks", can_subset=True,
    specs=[
        *(dg.AssetCheckSpec(CHECK_NAME, asset=_key(contract), description="Tabellen holder kontrakten sin.")
          for contract in CHECKED),
        dg.AssetCheckSpec(GATE_NAME, asset=_GATED, blocking=True, description="Alle kontrakter holder."),
    ],
)
def contract_checks(
    context: dg.AssetCheckExecutionContext, warehouse: WarehouseResource,
) -> Iterator[dg.AssetCheckResult]:
    """The tables asked for against their contracts; all of them when the gate is asked for."""
    asked = context.selected_asset_check_keys
    gate = dg.AssetCheckKey(_GATED, GATE_NAME)
    mine = [contract for contract in CHECKED if dg.AssetCheckKey(_key(contract), CHECK_NAME) in asked]
    with writing(warehouse.home) as connection:
        outcomes = validate_contracts(connection, CHECKED if gate in asked else mine)
    for contract in mine:
        about = [outcome for outcome in outcomes if outcome.table_name == contract.full_name]
        yield _result(CHECK_NAME, _key(contract), about)
    if gate in asked:
        yield _result(GATE_NAME, _GATED, outcomes)


def _result(name: str, asset_key: dg.AssetKey, outcomes: list) -> dg.AssetCheckResult:
    """Only the contract's own demands count; a distribution out of its limits is a finding."""
    outcomes = [outcome for outcome in outcomes if outcome.severity == "critical"]
    broken = [outcome for outcome in outcomes if not outcome.success]
    named = ", ".join(f"{o.table_name}.{o.column_name or ''} {o.expectation}" for o in broken[:10])
    return dg.AssetCheckResult(
        passed=not broken, check_name=name, asset_key=asset_key, severity=dg.AssetCheckSeverity.ERROR,
        metadata={"forventninger": len(outcomes), "brudd": len(broken), "brutt": named})
