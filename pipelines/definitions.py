"""What Dagster sees. `build_definitions` makes it for any home; the module-level `defs` is the default home's."""

import dagster as dg

from assets.contract_checks import contract_checks
from assets.from_sql import layer_assets
from assets.outlets import finding, release
from assets.raw import raw_assets
from assets.warehouse_resource import WarehouseResource
from pipelines.settings import default_home, small_number_threshold
from warehouse.home import Home

REBUILD_JOB = "rebuild"


def build_definitions(home: Home, threshold: int) -> dg.Definitions:
    """All assets, checks and jobs over one home."""
    rebuilt = [*layer_assets(), finding, release]
    checks = [contract_checks]
    rebuild = dg.define_asset_job(
        REBUILD_JOB, selection=dg.AssetSelection.assets(*rebuilt) | dg.AssetSelection.checks(contract_checks),
        description="Bygger core, indikatorer, marts, funn og utgivelse på nytt.", executor_def=dg.in_process_executor)
    return dg.Definitions(
        assets=[*raw_assets(), *rebuilt], asset_checks=checks, jobs=[rebuild], executor=dg.in_process_executor,
        resources={"warehouse": WarehouseResource(root=str(home.root.resolve()), small_number_threshold=threshold)})


defs = build_definitions(Home(default_home()), small_number_threshold())
