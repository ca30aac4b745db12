"""The sensor on the inbox, evaluated by hand: what it takes in, and that it asks for exactly what the files touch."""

import fcntl
import os
import time

import dagster as dg
import pytest
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG
from dagster._core.test_utils import create_run_for_test

from assets.intake import take_in, waiting_files
from pipelines.dagster_runs import prepare_instance
from pipelines.definitions import build_definitions
from pipelines.jobs import REBUILD_JOB
from pipelines.sensors import ASKED_TAG, MOST_ATTEMPTS, UNFINISHED
from pipelines.settings import now
from warehouse.database import one, reading, writing

pytestmark = pytest.mark.house

GRANT_KEYS = ["0627:2016", "0627:2017", "0627:2018", "0722:2016", "0722:2017", "0729:2018", "2012:2016", "2012:2017",
              "2012:2018"]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")


@pytest.fixture
def instance(copied_home):
    prepare_instance(copied_home)
    with dg.DagsterInstance.from_config(str(copied_home.dagster)) as instance:
        yield instance


def evaluate(home, instance):
    """What one look of the sensor gives: the run requests, or the reason why there are none."""
    sensor = build_definitions(home, 3).resolve_sensor_def("inbox")
    with dg.build_sensor_context(instance=instance) as context:
        outcome = sensor(context)
    return outcome.skip_message if isinstance(outcome, dg.SkipReason) else outcome.run_requests


def asked(requests):
    """Each request as (job, first key, last key, priority)."""
    return [(request.job_name, request.tags.get(ASSET_PARTITION_RANGE_START_TAG),
             request.tags.get(ASSET_PARTITION_RANGE_END_TAG), request.tags["dagster/priority"]) for request in requests]


def drop(home, path, content, age=60.0):
    target = home.inbox / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    os.utime(target, (time.time() - age, time.time() - age))
    return target


def newest_delivery(home):
    with writing(home) as connection:
        return one(connection, "SELECT max(delivery_id) FROM register.delivery")


def more_compensation(demo_files):
    return demo_files["tilskudd.csv"].replace(b"2012;2018;kompensasjon;25500", b"2012;2018;kompensasjon;26000")


def correction(demo_files, path):
    """The same accounts file with one more krone (thousand) on its last line."""
    lines = demo_files[path].splitlines(keepends=True)
    amount = lines[-1].split()[-1]
    lines[-1] = lines[-1].replace(amount, str(int(amount) + 1).encode().rjust(len(amount)))
    return b"".join(lines)


def test_an_empty_home_is_left_alone(fresh_home):
    with dg.DagsterInstance.ephemeral() as instance:
        assert evaluate(fresh_home, instance) == "Innboksen er tom."
    assert not fresh_home.root.exists()


def test_nothing_new_asks_for_nothing(copied_home, instance):
    assert evaluate(copied_home, instance) == "Ingenting nytt i innboksen."


def test_a_corrected_file_asks_for_its_scope_keys_and_one_rebuild_after_them(copied_home, instance, demo_files):
    dropped = drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    requests = evaluate(copied_home, instance)
    assert asked(requests) == [("load_grants", "0627:2016", "2012:2018", "1"), (REBUILD_JOB, None, None, "0")]
    keys = list(instance.get_dynamic_partitions("grants"))
    assert keys[keys.index("0627:2016"):keys.index("2012:2018") + 1] == GRANT_KEYS
    assert not dropped.exists()


def test_files_of_several_sources_and_units_ask_for_a_run_per_stretch_of_keys_and_for_one_rebuild(
        copied_home, instance, demo_files):
    for path in ("0627/kostra_0A_2016.dat", "2012/kostra_0A_2018.dat"):
        drop(copied_home, path, correction(demo_files, path))
    drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    found = asked(evaluate(copied_home, instance))
    assert sorted(found[:-1]) == [("load_grants", "0627:2016", "2012:2018", "1"),
                                  ("load_kostra_accounts", "0627:2016", "0627:2016", "1"),
                                  ("load_kostra_accounts", "2012:2018", "2012:2018", "1")]
    assert found[-1] == (REBUILD_JOB, None, None, "0")


def test_a_key_nobody_has_delivered_before_becomes_a_partition(fresh_home, demo_files):
    prepare_instance(fresh_home)
    drop(fresh_home, "2012/kostra_0A_2018.dat", demo_files["2012/kostra_0A_2018.dat"])
    with dg.DagsterInstance.from_config(str(fresh_home.dagster)) as instance:
        assert asked(evaluate(fresh_home, instance))[0] == ("load_kostra_accounts", "2012:2018", "2012:2018", "1")
        assert list(instance.get_dynamic_partitions("kostra_accounts")) == ["2012:2018"]


def test_looking_again_asks_for_nothing_that_was_not_asked_for(copied_home, instance, demo_files):
    drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    first, second = evaluate(copied_home, instance), evaluate(copied_home, instance)
    assert [request.run_key for request in first] == [request.run_key for request in second]
    assert len({request.run_key for request in first}) == 2


def test_a_delivery_registered_before_a_crash_is_asked_for(copied_home, instance, demo_files):
    drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    with writing(copied_home) as connection:
        list(take_in(connection, copied_home, waiting_files(copied_home), now()))
    assert [request.job_name for request in evaluate(copied_home, instance)] == ["load_grants", REBUILD_JOB]


def test_a_file_just_written_is_left_for_the_next_look(copied_home, instance, demo_files):
    young = drop(copied_home, "tilskudd.csv", more_compensation(demo_files), age=0.0)
    assert evaluate(copied_home, instance) == "Ingenting nytt i innboksen." and young.exists()


@pytest.mark.parametrize(("content", "state"), [(b"", "refused"), (None, "duplicate")])
def test_a_refused_file_or_a_copy_asks_for_a_rebuild_only(copied_home, instance, demo_files, content, state):
    drop(copied_home, "fil.csv", demo_files["tilskudd.csv"] if content is None else content)
    assert asked(evaluate(copied_home, instance)) == [(REBUILD_JOB, None, None, "0")]
    with writing(copied_home) as connection:
        assert one(connection, "SELECT delivery_state FROM register.delivery ORDER BY delivery_id DESC LIMIT 1") == state


def test_a_busy_warehouse_is_left_in_peace(copied_home, instance, demo_files):
    dropped = drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    with copied_home.lock.open("a+", encoding="utf-8") as another:
        fcntl.flock(another, fcntl.LOCK_EX)
        reason = evaluate(copied_home, instance)
    assert reason.startswith("Varehuset er opptatt: ") and dropped.exists()


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING,
                                    dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING])
def test_nothing_comes_into_force_under_a_run(copied_home, instance, demo_files, status):
    dropped = drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    create_run_for_test(instance, REBUILD_JOB, status=status)
    assert evaluate(copied_home, instance) == "1 kjøringer er ikke ferdige. Innboksen ses på igjen etterpå."
    assert dropped.exists()


def test_a_run_is_unfinished_until_it_has_succeeded_failed_or_been_stopped():
    assert set(dg.DagsterRunStatus) - set(UNFINISHED) == {
        dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED}


def test_a_run_that_failed_is_asked_for_again_until_a_person_must_look(copied_home, instance, demo_files):
    drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    keys = []
    for _ in range(MOST_ATTEMPTS):
        requests = evaluate(copied_home, instance)
        keys += [request.run_key for request in requests]
        for request in requests:
            create_run_for_test(instance, request.job_name, status=dg.DagsterRunStatus.FAILURE,
                                tags={ASKED_TAG: request.tags[ASKED_TAG]})
    assert len(set(keys)) == len(keys) == 2 * MOST_ATTEMPTS
    assert evaluate(copied_home, instance) == (
        f"Leveranse {newest_delivery(copied_home)} er ikke kommet med etter 3 forsøk. Se kjøringene i Dagster, rett feilen "
        "og kjør «folgeeval refresh».")


def test_the_runs_asked_for_make_a_release_and_a_fresh_snapshot_and_then_nothing_is_lacking(
        copied_home, instance, demo_files):
    drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    definitions = build_definitions(copied_home, 3)
    for request in sorted(evaluate(copied_home, instance), key=lambda request: -int(request.tags["dagster/priority"])):
        assert definitions.resolve_job_def(request.job_name).execute_in_process(
            instance=instance, tags=request.tags).success
    newest = newest_delivery(copied_home)
    assert os.readlink(copied_home.current) == "releases/2" and not copied_home.refresh_state.exists()
    with reading(copied_home) as connection:
        assert one(connection, "SELECT max(delivery_id) FROM register.delivery") == newest
        assert one(connection, "SELECT as_of FROM register.clock") == now()
        assert one(connection, "SELECT value FROM marts.indicator_value WHERE indicator_id = 'G1-03' "
                   "AND unit_code = '2012' AND period = '2018'") == 26.0
    assert evaluate(copied_home, instance) == "Ingenting nytt i innboksen."


def test_nothing_is_built_while_a_delivery_in_force_is_not_loaded(copied_home, instance, demo_files):
    """Its numbers would vanish from the release. The rebuild stops before it changes anything."""
    drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    evaluate(copied_home, instance)
    rebuild = build_definitions(copied_home, 3).resolve_job_def(REBUILD_JOB)
    outcome = rebuild.execute_in_process(instance=instance, raise_on_error=False)
    (failure,) = [event for event in outcome.all_events if event.is_step_failure]
    assert not outcome.success and failure.step_key == "register__clock"
    told = failure.step_failure_data.error.to_string()
    assert f"Leveranse {newest_delivery(copied_home)} (tilskudd.csv) er godtatt, men ikke lastet." in told
    assert os.readlink(copied_home.current) == "releases/1"
