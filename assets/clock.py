"""The first asset of a rebuild: the moment the tables are to be built for, and the corrections of the home's list.

What the time is belongs to `pipelines`; it is handed in.
"""

from collections.abc import Callable
from datetime import datetime

import dagster as dg

from assets.build import set_clock
from assets.corrections import load_corrections
from assets.raw_loading import demand_all_loaded
from assets.warehouse_resource import WarehouseResource
from warehouse.database import writing


class Moment(dg.Config):
    """`as_of`: an ISO date and time; without it, the moment the step runs."""

    as_of: str | None = None


def clock_asset(now: Callable[[], datetime]) -> dg.AssetsDefinition:
    """The asset of `register.clock`. It fails when a delivery in force at the moment is not loaded yet, and when the list
    of corrections cannot be read."""
    @dg.asset(key=["register", "clock"], group_name="register", kinds={"duckdb"},
              description="Tidspunktet tabellene bygges for.")
    def clock(config: Moment, warehouse: WarehouseResource) -> dg.MaterializeResult:
        moment = datetime.fromisoformat(config.as_of) if config.as_of else now()
        with writing(warehouse.home) as connection:
            demand_all_loaded(connection, moment)
            # What the last refresh wrote must not vouch for tables built for another moment.
            warehouse.home.refresh_state.unlink(missing_ok=True)
            set_clock(connection, moment)
            load_corrections(connection, warehouse.home)
        return dg.MaterializeResult(metadata={"tidspunkt": moment.isoformat(sep=" ")})

    return clock
