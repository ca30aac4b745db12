"""What Dagster sees. `build_definitions` makes it for any home; the module-level `defs` is the default home's."""

import dagster as dg

from assets.clock import clock_asset
from assets.contract_checks import contract_checks
from assets.from_sql import layer_assets
from assets.outlets import finding, release, snapshot
from assets.raw import raw_assets
from assets.rule_checks import rule_checks
from assets.warehouse_resource import WarehouseResource
from pipelines.freshness import with_report_freshness
from pipelines.jobs import load_jobs, rebuild_job
from pipelines.schedules import after_deadline
from pipelines.sensors import inbox_sensor
from pipelines.settings import default_home, now, small_number_threshold
from warehouse.home import Home


def build_definitions(home: Home, threshold: int) -> dg.Definitions:
    """All assets, checks, jobs, the schedule and the sensor over one home."""
    rebuilt = [clock_asset(now), *layer_assets(), finding, release, snapshot]
    loads, rebuild = load_jobs(), rebuild_job(rebuilt)
    return dg.Definitions(
        assets=[*with_report_freshness(raw_assets()), *rebuilt], asset_checks=[contract_checks, rule_checks], jobs=[rebuild, *loads],
        schedules=[after_deadline], sensors=[inbox_sensor(home, [rebuild, *loads])], executor=dg.in_process_executor,
        resources={"warehouse": WarehouseResource(root=str(home.root.resolve()), small_number_threshold=threshold)})


defs = build_definitions(Home(default_home()), small_number_threshold())
