"""Turns reference CSVs and `.sql` files into Dagster assets: the key is the table's address, the group its layer."""

import dagster as dg

from assets.build import build_reference_table, build_sql_table
from assets.sql_files import SQL_LAYERS, SqlTable, indicator_union, sql_tables
from assets.warehouse_resource import WarehouseResource
from warehouse.contracts import REFERENCE
from warehouse.database import writing
from warehouse.tables import Table

# The register is written at intake and is no asset: nobody should rerun what was delivered.
_NO_ASSET = "register"


def _reference_asset(contract: Table) -> dg.AssetsDefinition:
    @dg.asset(key=["reference", contract.name], group_name="reference", kinds={"csv"}, description=contract.grain)
    def fill(warehouse: WarehouseResource) -> dg.MaterializeResult:
        with writing(warehouse.home) as connection:
            return dg.MaterializeResult(metadata={"rader": build_reference_table(connection, contract)})

    return fill


def _sql_asset(table: SqlTable) -> dg.AssetsDefinition:
    upstream = [dg.AssetKey(list(read)) for read in table.reads if read[0] != _NO_ASSET]
    if "{indicator_parts}" in table.text:
        upstream += [dg.AssetKey(["indicators", indicator.name]) for indicator in sql_tables("indicators")]

    @dg.asset(key=[table.schema, table.name], group_name=table.schema, kinds={"sql", "duckdb"},
              description=table.contract.grain, deps=sorted(set(upstream)), code_version=_version(table))
    def make(warehouse: WarehouseResource) -> dg.MaterializeResult:
        with writing(warehouse.home) as connection:
            return dg.MaterializeResult(metadata={"rader": build_sql_table(connection, table)})

    return make


def _version(table: SqlTable) -> str:
    """Changes when the SELECT does, so that the UI shows which tables are behind their definition."""
    import hashlib

    return hashlib.sha256((table.text + indicator_union()).encode()).hexdigest()[:12]


def reference_assets() -> list[dg.AssetsDefinition]:
    """One asset per reference table."""
    return [_reference_asset(contract) for contract in REFERENCE]


def sql_assets() -> list[dg.AssetsDefinition]:
    """One asset per `.sql` file."""
    return [_sql_asset(table) for layer in SQL_LAYERS for table in sql_tables(layer)]
