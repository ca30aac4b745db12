"""The tables of Statistics Norway's statistics bank that concern the trial: which one a data set is."""

import re

from assets.sources.cube import Cube
from warehouse.reference_data import reference_rows


def statistics_table(table_id: str) -> dict[str, str] | None:
    """The row of a table number, None for a table we know nothing of."""
    return next((row for row in reference_rows("statistics_table") if row["table_id"] == table_id), None)


def table_of(cube: Cube) -> dict[str, str] | None:
    """The table a data set was drawn from, where it says so: in the extension, else first in its title."""
    px = cube.extension.get("px")
    named = px.get("tableid") if isinstance(px, dict) else None
    title = re.match(r"([0-9]{5}):", cube.label)
    return statistics_table(named if isinstance(named, str) else title[1] if title else "")
