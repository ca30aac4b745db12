"""The warehouse as a Dagster resource: the home, and the small-number threshold in force."""

from pathlib import Path

import dagster as dg

from warehouse.home import Home


class WarehouseResource(dg.ConfigurableResource):
    """Where the home is. Assets open the warehouse themselves, through `warehouse.database.writing`."""

    root: str
    small_number_threshold: int = 3

    @property
    def home(self) -> Home:
        return Home(Path(self.root))
