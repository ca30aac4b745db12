"""The sensor on the checks' evaluations: it tells once of each, keeps what waits moving, and lets itself be heard."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import dagster as dg
import pytest

from assets.rule_checks import FINDINGS
from pipelines import alert_sensor
from pipelines.alert_sensor import LONGEST_SILENCE, Heard, evaluated, listen
from pipelines.failures import WrongUsage
from warehouse.database import NoWarehouse
from warehouse.lock import WarehouseBusy

NOW = datetime(2019, 10, 1, 8, 0)
VR05 = "vr05_components_sum_to_total"


@pytest.fixture
def instance(fresh_home):
    fresh_home.dagster.mkdir(parents=True)
    with dg.DagsterInstance.local_temp(str(fresh_home.dagster)) as opened:
        yield opened


@pytest.fixture
def calls(monkeypatch):
    """What the sensor asked of alerting; each call gives `answer`, or raises it."""
    asked = SimpleNamespace(told=[], answer=[])

    def called(name):
        def call(home, now, **options):
            asked.told.append((name, options.get("heartbeat", False)))
            if isinstance(asked.answer, Exception):
                raise asked.answer
            return asked.answer
        return call

    monkeypatch.setattr("pipelines.alerts.alert", called("alert"))
    monkeypatch.setattr("pipelines.alerts.carry_on", called("carry_on"))
    monkeypatch.setattr(alert_sensor, "now", lambda: NOW)
    return asked


def evaluate(instance, passed):
    """One run with an evaluation of the check of VR05."""
    @dg.op
    def judge(_):
        yield dg.AssetCheckEvaluation(asset_key=FINDINGS, check_name=VR05, passed=passed)
        yield dg.Output(None)

    @dg.job
    def judging():
        judge()

    assert judging.execute_in_process(instance=instance).success


def look(home, instance, cursor=None):
    """What one look says, and the cursor after it."""
    with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
        said = listen(context, home).skip_message
        return said, context.cursor


def heard_now(evaluation=0):
    return Heard(evaluation, NOW).cursor


def test_a_new_evaluation_is_told_once(fresh_home, instance, calls):
    evaluate(instance, passed=False)
    said, cursor = look(fresh_home, instance, heard_now())
    assert calls.told == [("alert", False)] and said.startswith("Kontroller som ikke holder: 1.")
    look(fresh_home, instance, cursor)
    assert calls.told == [("alert", False), ("carry_on", False)]


def test_a_green_run_whose_check_failed_is_heard_and_one_that_holds_again_too(fresh_home, instance, calls):
    evaluate(instance, passed=False)
    newest, failed = evaluated(instance)
    assert failed == [VR05]
    evaluate(instance, passed=True)
    assert evaluated(instance)[0] > newest and evaluated(instance)[1] == []


def test_without_evaluations_what_waits_is_tried_again(fresh_home, instance, calls):
    look(fresh_home, instance, heard_now())
    assert calls.told == [("carry_on", False)]


@pytest.mark.parametrize(("silent_for", "heartbeat"), [
    (LONGEST_SILENCE, True), (LONGEST_SILENCE - timedelta(minutes=1), False)])
def test_after_a_week_of_silence_it_lets_itself_be_heard(fresh_home, instance, calls, silent_for, heartbeat):
    _, cursor = look(fresh_home, instance, Heard(0, NOW - silent_for).cursor)
    assert calls.told == [("alert", True) if heartbeat else ("carry_on", False)]
    assert Heard.of(cursor).heartbeat == (NOW if heartbeat else NOW - silent_for)


def test_the_first_look_is_a_heartbeat(fresh_home, instance, calls):
    look(fresh_home, instance)
    assert calls.told == [("alert", True)]


@pytest.mark.parametrize(("error", "said"), [
    (NoWarehouse("Fant ikke noe varehus."), "Det er ikke noe varehus ennå."), (WarehouseBusy("opptatt"), "opptatt"),
    (WrongUsage("alerts.toml: ukjent kanal"), "Meldingene er stanset: alerts.toml: ukjent kanal")])
def test_when_alerting_cannot_run_it_says_why_and_asks_again_later(fresh_home, instance, calls, error, said):
    evaluate(instance, passed=False)
    calls.answer = error
    assert look(fresh_home, instance, heard_now()) == (said, heard_now())


def test_a_message_that_did_not_arrive_is_named_with_its_reason(fresh_home, instance, calls):
    recipient = SimpleNamespace(name="Alta")
    calls.answer = [SimpleNamespace(recipient=recipient, outcome="not_accepted", reason="tjeneren svarte 500"),
                    SimpleNamespace(recipient=recipient, outcome="sent", reason="")]
    assert look(fresh_home, instance, heard_now())[0].endswith(
        "Meldinger gitt: 1, ikke kommet fram: 1. Alta: tjeneren svarte 500.")


def test_while_a_run_is_unfinished_nothing_is_told(fresh_home, instance, calls):
    from dagster._core.test_utils import create_run_for_test

    create_run_for_test(instance, status=dg.DagsterRunStatus.STARTED)
    assert look(fresh_home, instance, heard_now()) == ("En kjøring er ikke ferdig. Meldingene venter.", heard_now())
    assert calls.told == []
