"""The last assets: findings in force, the published release, and the snapshot readers open."""

import dagster as dg

from assets.findings import gather_findings
from assets.publication import publish
from assets.raw_loading import demand_all_loaded
from assets.warehouse_resource import WarehouseResource
from warehouse.database import one, rows, take_snapshot, writing

_MARTS = dg.AssetKey(["marts", "indicator_value"])
_COVERAGE = dg.AssetKey(["marts", "interview_coverage"])


@dg.asset(key=["findings", "finding"], group_name="findings", deps=[_MARTS], kinds={"python"},
          description="Funnene som gjelder nå.")
def finding(warehouse: WarehouseResource) -> dg.MaterializeResult:
    """The findings in force."""
    with writing(warehouse.home) as connection:
        return dg.MaterializeResult(metadata={"funn": gather_findings(connection)})


@dg.asset(key=["published", "release"], group_name="published",
          deps=[_MARTS, _COVERAGE, dg.AssetKey(["findings", "finding"])], kinds={"html"}, description="Utgivelsen: tabeller og nettsted etter skjerming av små tall.")
def release(warehouse: WarehouseResource) -> dg.MaterializeResult:
    """The release in force. Fails when a table broke its contract the last time it was checked.

    Fails also when a delivery came in while the tables were being built, and is in force without being loaded.
    """
    with writing(warehouse.home) as connection:
        demand_all_loaded(connection, one(connection, "SELECT as_of FROM register.clock"))
        broken = rows(
            connection, "SELECT DISTINCT table_name FROM findings.expectation_result "
            "WHERE NOT success AND severity = 'critical' ORDER BY 1")
        if broken:
            raise dg.Failure(f"Ingenting publiseres: {', '.join(name for (name,) in broken)} bryter kontrakten sin.")
        published = publish(connection, warehouse.home, warehouse.small_number_threshold)
    return dg.MaterializeResult(metadata={"utgivelse": published.folder.name, "ny": published.is_new})


@dg.asset(key=["warehouse", "snapshot"], group_name="warehouse", deps=[dg.AssetKey(["published", "release"])],
          kinds={"duckdb"}, description="Øyeblikksbildet av varehuset som alle lesere åpner.")
def snapshot(warehouse: WarehouseResource) -> dg.MaterializeResult:
    """The read-only snapshot, taken last so that it never shows half a rebuild."""
    take_snapshot(warehouse.home)
    return dg.MaterializeResult(metadata={"byte": warehouse.home.snapshot.stat().st_size})
