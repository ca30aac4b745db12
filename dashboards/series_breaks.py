"""Where a series is broken because what is counted was changed: no line is drawn from before to after."""

from functools import cache

from warehouse.reference_data import reference_rows


@cache
def break_periods(indicator_id: str, unit_code: str) -> frozenset[str]:
    """The first periods counted in a new way, for an indicator's series of a unit."""
    figures = {row["key_figure_code"] for row in reference_rows("figure_indicator")
               if row["indicator_id"] == indicator_id}
    return frozenset(row["period"] for row in reference_rows("series_break")
                     if row["unit_code"] == unit_code and row["key_figure_code"] in figures)
