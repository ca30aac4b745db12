"""The raw assets: one per source, a partition per scope key, so that one delivery can be loaded again by itself.

Partition keys are `<unit as the source writes it>:<period>`; a run over several keys is one step.
"""

import warnings

import dagster as dg

from assets.raw_loading import load_delivery
from assets.register import deliveries_covering
from assets.warehouse_resource import WarehouseResource
from warehouse.contracts import RAW
from warehouse.database import writing

RAW_TABLE_BY_STEM = {
    "kostra_accounts": "kostra_accounts_line",
    "ledger": "ledger_line",
    "grants": "grants_line",
    "rates": "rates_line",
    "population": "population_cell",
    "kostra_statistics": "kostra_statistics_cell",
}
PARTITIONS_BY_STEM = {stem: dg.DynamicPartitionsDefinition(name=stem) for stem in RAW_TABLE_BY_STEM}
_GRAIN_BY_TABLE = {contract.name: contract.grain for contract in RAW}


def _raw_asset(stem: str, table: str) -> dg.AssetsDefinition:
    @dg.asset(
        key=["raw", table], group_name="raw", kinds={"duckdb"}, description=_GRAIN_BY_TABLE[table],
        partitions_def=PARTITIONS_BY_STEM[stem], backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def load(context: dg.AssetExecutionContext, warehouse: WarehouseResource) -> dg.MaterializeResult:
        with writing(warehouse.home) as connection:
            deliveries = deliveries_covering(connection, stem, context.partition_keys)
            row_count = sum(load_delivery(connection, warehouse.home, delivery) for delivery in deliveries)
        return dg.MaterializeResult(metadata={"leveranser": len(deliveries), "rader": row_count})

    return load


def raw_assets() -> list[dg.AssetsDefinition]:
    """One asset per raw table."""
    with warnings.catch_warnings():
        # Dagster marks backfill policies as beta each time one is used.
        warnings.simplefilter("ignore", category=dg.BetaWarning)
        return [_raw_asset(stem, table) for stem, table in RAW_TABLE_BY_STEM.items()]
