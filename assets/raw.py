"""The raw assets: one per source, a partition per scope key, so that one delivery can be loaded again by itself.

Partition keys are `<unit as the source writes it>:<period>`; a run over several keys is one step.
"""

import warnings

import dagster as dg

from assets.raw_loading import load_deliveries
from assets.register import deliveries_covering
from assets.warehouse_resource import WarehouseResource
from warehouse.contracts import RAW_BY_STEM
from warehouse.database import writing
from warehouse.tables import Table


def _raw_asset(stem: str, contract: Table) -> dg.AssetsDefinition:
    @dg.asset(
        key=["raw", contract.name], group_name="raw", kinds={"duckdb"}, description=contract.grain,
        partitions_def=dg.DynamicPartitionsDefinition(name=stem), backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def load(context: dg.AssetExecutionContext, warehouse: WarehouseResource) -> dg.MaterializeResult:
        with writing(warehouse.home) as connection:
            deliveries = deliveries_covering(connection, stem, context.partition_keys)
            row_count = load_deliveries(connection, warehouse.home, deliveries)
        return dg.MaterializeResult(metadata={"leveranser": len(deliveries), "rader": row_count})

    return load


def raw_assets() -> list[dg.AssetsDefinition]:
    """One asset per raw table."""
    with warnings.catch_warnings():
        # Dagster marks backfill policies as beta each time one is used.
        warnings.simplefilter("ignore", category=dg.BetaWarning)
        return [_raw_asset(stem, contract) for stem, contract in RAW_BY_STEM.items()]
