"""The tertial reports are stale in Dagster after a deadline that passed without a report, and the reference data decide."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assets.raw import raw_assets
from pipelines.dagster_runs import prepare_instance
from pipelines.freshness import REPORTS, report_freshness, with_report_freshness
from pipelines.reporting_calendar import reporting_periods


def last_deadline(moment):
    from dagster._utils.schedules import reverse_cron_string_iterator

    policy = report_freshness()
    return next(reverse_cron_string_iterator(moment.timestamp(), policy.deadline_cron, policy.timezone))


def test_every_deadline_of_the_reference_data_is_a_tick_at_the_end_of_its_day():
    for period in reporting_periods():
        morning_after = datetime.combine(period.deadline + timedelta(days=1), datetime.min.time(), ZoneInfo("Europe/Oslo"))
        assert last_deadline(morning_after).date() == period.deadline


def test_a_report_of_the_tertial_before_does_not_make_it_fresh():
    window = report_freshness().lower_bound_delta
    first, second = reporting_periods()[:2]
    assert timedelta(days=30) <= window < second.deadline - first.deadline


def test_only_the_tertial_reports_are_expected_at_a_time():
    policies = {spec.key: spec.freshness_policy for each in with_report_freshness(raw_assets()) for spec in each.specs}
    assert [key for key, policy in policies.items() if policy] == [REPORTS]


def test_the_instance_judges_freshness(fresh_home):
    prepare_instance(fresh_home)
    assert "freshness:\n  enabled: true" in (fresh_home.dagster / "dagster.yaml").read_text(encoding="utf-8")
