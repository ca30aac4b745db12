"""The morning after a tertial's deadline: what is missing by then has become a finding, so everything is rebuilt.

The deadlines are reference data; what the rebuild does belongs to `jobs.py`.
"""

from datetime import date, timedelta

import dagster as dg

from pipelines.jobs import REBUILD_JOB
from pipelines.reporting_calendar import latest_due, next_due

TERTIAL_TAG = "folgeeval/tertial"
TIME_ZONE = "Europe/Oslo"


@dg.schedule(
    name="after_deadline", job_name=REBUILD_JOB, cron_schedule="0 6 * * *", execution_timezone=TIME_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Hver morgen: bygger på nytt dagen etter en rapporteringsfrist, ellers ingenting.")
def after_deadline(context: dg.ScheduleEvaluationContext):
    """One rebuild, for the moment it runs, the day after a deadline; otherwise the reason why not."""
    today = context.scheduled_execution_time.date()
    due = latest_due(today)
    if due is None or due.deadline != today - timedelta(days=1):
        return dg.SkipReason(_why_not(today))
    return dg.RunRequest(run_key=due.period, tags={TERTIAL_TAG: due.period})


def _why_not(today: date) -> str:
    coming = next_due(today)
    after = f"Neste er {coming.deadline:%d.%m.%Y}, for {coming.period}." if coming else "Det kommer ingen flere."
    return f"Ingen rapporteringsfrist gikk ut i går. {after}"
