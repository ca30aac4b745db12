"""When Dagster is to show the tertial reports as stale: after a deadline without a report since the tertial ended.

It sees the table as a whole: one municipality's report makes it fresh. Which unit lacks which report is the checks
`rapport_<enhet>_<tertial>` and the finding of VR63.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import dagster as dg

from pipelines.schedules import TIME_ZONE
from warehouse.reference_data import reference_rows

REPORTS = dg.AssetKey(["raw", "tertial_reports_cell"])


def report_freshness() -> dg.FreshnessPolicy:
    """Fresh when something was loaded between the end of the latest tertial that is due, and its deadline."""
    deadlines = [date.fromisoformat(row["deadline"]) for row in reference_rows("reporting_period")]
    (day,) = {deadline.day for deadline in deadlines}
    months = ",".join(str(month) for month in sorted({deadline.month for deadline in deadlines}))
    shortest = min(date.fromisoformat(row["deadline"]) - date.fromisoformat(row["period_to"])
                   for row in reference_rows("reporting_period"))
    return dg.FreshnessPolicy.cron(
        deadline_cron=f"59 23 {day} {months} *", lower_bound_delta=shortest + timedelta(days=1), timezone=TIME_ZONE)


def with_report_freshness(assets: Iterable[dg.AssetsDefinition]) -> Iterator[dg.AssetsDefinition]:
    """The assets, with the policy on the table of tertial reports."""
    for each in assets:
        yield each.map_asset_specs(
            lambda spec: spec.replace_attributes(freshness_policy=report_freshness()) if spec.key == REPORTS else spec)
