"""Turns reference CSVs and `.sql` files into Dagster assets: the key is the table's address, the group its layer.

A layer is one step, because each Dagster step costs more than any of these SELECTs; any table in it can still be made
alone.
"""

import hashlib
from collections.abc import Callable, Iterator

import dagster as dg

from assets.build import build_reference_table, build_sql_table
from assets.sql_files import SQL_LAYERS, SqlTable, in_order, sql_tables
from assets.warehouse_resource import WarehouseResource
from warehouse.contracts import REFERENCE
from warehouse.database import Connection, writing
from warehouse.tables import Table

Maker = Callable[[Connection], int]

_CLOCK = ("register", "clock")


def layer_assets() -> list[dg.AssetsDefinition]:
    """One definition per layer, with one asset per table: reference, core, indicators, marts."""
    reference = [(_reference_spec(contract), _reference_maker(contract)) for contract in REFERENCE]
    sql = {layer: [(_sql_spec(table), _sql_maker(table)) for table in in_order() if table.schema == layer]
           for layer in SQL_LAYERS}
    return [_layer("reference", reference), *(_layer(layer, tables) for layer, tables in sql.items())]


def _layer(layer: str, tables: list[tuple[dg.AssetSpec, Maker]]) -> dg.AssetsDefinition:
    """The tables of a layer, made in the order given; only those asked for."""
    @dg.multi_asset(name=layer, specs=[spec for spec, _ in tables], can_subset=True)
    def make(context: dg.AssetExecutionContext, warehouse: WarehouseResource) -> Iterator[dg.MaterializeResult]:
        with writing(warehouse.home) as connection:
            for spec, maker in tables:
                if spec.key in context.selected_asset_keys:
                    yield dg.MaterializeResult(asset_key=spec.key, metadata={"rader": maker(connection)})

    return make


def _reference_spec(contract: Table) -> dg.AssetSpec:
    return dg.AssetSpec(["reference", contract.name], group_name="reference", kinds={"csv"}, description=contract.grain)


def _reference_maker(contract: Table) -> Maker:
    return lambda connection: build_reference_table(connection, contract)


def _sql_spec(table: SqlTable) -> dg.AssetSpec:
    # The rest of the register is written at intake and is no asset: nobody should rerun what was delivered.
    upstream = [dg.AssetKey(list(read)) for read in table.reads if read[0] != "register" or read == _CLOCK]
    if "{indicator_parts}" in table.text:
        upstream += [dg.AssetKey(["indicators", indicator.name]) for indicator in sql_tables("indicators")]
    return dg.AssetSpec([table.schema, table.name], group_name=table.schema, kinds={"sql", "duckdb"},
                        description=table.contract.grain, deps=sorted(set(upstream)), code_version=_version(table))


def _sql_maker(table: SqlTable) -> Maker:
    return lambda connection: build_sql_table(connection, table)


def _version(table: SqlTable) -> str:
    """Changes when the SELECT does, so that the UI shows which tables are behind their definition."""
    return hashlib.sha256(table.select.encode()).hexdigest()[:12]
