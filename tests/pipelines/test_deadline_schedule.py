"""The schedule, evaluated at chosen mornings: it asks for a rebuild the day after each deadline and on no other."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from pipelines.definitions import build_definitions
from pipelines.jobs import REBUILD_JOB
from pipelines.reporting_calendar import latest_due, next_due, reporting_periods
from pipelines.schedules import after_deadline

OSLO = ZoneInfo("Europe/Oslo")
MORNINGS_AFTER = {"2017-01-31": "2016-T3", "2017-05-31": "2017-T1", "2017-10-01": "2017-T2", "2018-01-31": "2017-T3",
                  "2018-05-31": "2018-T1", "2018-10-01": "2018-T2", "2019-01-31": "2018-T3", "2019-05-31": "2019-T1"}


def tick(day, instance=None):
    """What the schedule gives at six o'clock in Oslo."""
    moment = datetime(day.year, day.month, day.day, 6, tzinfo=OSLO)
    return after_deadline.evaluate_tick(dg.build_schedule_context(instance, scheduled_execution_time=moment))


def test_it_looks_every_morning_at_six_in_oslo_and_runs_the_rebuild():
    assert (after_deadline.cron_schedule, after_deadline.execution_timezone) == ("0 6 * * *", "Europe/Oslo")
    assert after_deadline.job_name == REBUILD_JOB
    assert after_deadline.default_status is dg.DefaultScheduleStatus.RUNNING


@pytest.mark.parametrize(("morning", "period"), MORNINGS_AFTER.items())
def test_the_morning_after_a_deadline_the_tertial_is_asked_for(fresh_home, morning, period):
    fresh_home.dagster.mkdir(parents=True)
    with dg.DagsterInstance.local_temp(str(fresh_home.dagster)) as instance:
        (request,) = tick(date.fromisoformat(morning), instance).run_requests
    assert (request.run_key, request.tags["folgeeval/tertial"]) == (period, period)


def test_every_other_morning_of_the_trial_it_says_why_not():
    days = [date(2016, 9, 1) + timedelta(days=number) for number in range(1400)]
    asked = {str(day): tick(day).run_requests[0].run_key for day in days if tick(day).run_requests}
    assert asked == MORNINGS_AFTER
    assert all(tick(day).skip_message for day in days if str(day) not in asked)


@pytest.mark.parametrize(("day", "reason"), [
    (date(2016, 12, 1), "Ingen rapporteringsfrist gikk ut i går. Neste er 30.01.2017, for 2016-T3."),
    (date(2018, 5, 30), "Ingen rapporteringsfrist gikk ut i går. Neste er 30.05.2018, for 2018-T1."),
    (date(2018, 6, 1), "Ingen rapporteringsfrist gikk ut i går. Neste er 30.09.2018, for 2018-T2."),
    (date(2019, 6, 1), "Ingen rapporteringsfrist gikk ut i går. Det kommer ingen flere."),
])
def test_the_reason_names_the_next_deadline(day, reason):
    assert tick(day).skip_message == reason


@pytest.mark.parametrize(("day", "due", "coming"), [
    (date(2017, 1, 30), None, "2016-T3"), (date(2017, 1, 31), "2016-T3", "2017-T1"),
    (date(2019, 5, 30), "2018-T3", "2019-T1"), (date(2019, 5, 31), "2019-T1", None),
])
def test_a_report_is_in_time_on_the_day_of_its_deadline(day, due, coming):
    assert getattr(latest_due(day), "period", None) == due and getattr(next_due(day), "period", None) == coming


def test_the_calendar_is_the_eight_reports_of_the_trial_by_deadline():
    periods = reporting_periods()
    assert [period.period for period in periods] == list(MORNINGS_AFTER.values())
    assert [period.deadline + timedelta(days=1) for period in periods] == list(map(date.fromisoformat, MORNINGS_AFTER))


def test_the_schedule_is_one_of_the_definitions(fresh_home):
    assert build_definitions(fresh_home, 3).resolve_schedule_def("after_deadline").job_name == REBUILD_JOB
