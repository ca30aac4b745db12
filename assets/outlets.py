"""The last assets: findings in force and the published release."""

import dagster as dg

from assets.findings import gather_findings
from assets.publication import publish
from assets.warehouse_resource import WarehouseResource
from warehouse.database import rows, writing

_MARTS = dg.AssetKey(["marts", "indicator_value"])


@dg.asset(key=["findings", "finding"], group_name="findings", deps=[_MARTS], kinds={"python"},
          description="Funnene som gjelder nå.")
def finding(warehouse: WarehouseResource) -> dg.MaterializeResult:
    """The findings in force."""
    with writing(warehouse.home) as connection:
        return dg.MaterializeResult(metadata={"funn": gather_findings(connection)})


@dg.asset(key=["published", "release"], group_name="published", deps=[_MARTS, dg.AssetKey(["findings", "finding"])],
          kinds={"html"}, description="Utgivelsen: tabeller og nettsted etter skjerming av små tall.")
def release(warehouse: WarehouseResource) -> dg.MaterializeResult:
    """The release in force. Fails when a table broke its contract the last time it was checked."""
    with writing(warehouse.home) as connection:
        broken = rows(
            connection, "SELECT DISTINCT table_name FROM findings.expectation_result WHERE NOT success ORDER BY 1")
        if broken:
            raise dg.Failure(f"Ingenting publiseres: {', '.join(name for (name,) in broken)} bryter kontrakten sin.")
        published = publish(connection, warehouse.home, warehouse.small_number_threshold)
    return dg.MaterializeResult(metadata={"utgivelse": published.folder.name, "ny": published.is_new})
