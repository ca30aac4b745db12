"""The home's own Dagster instance: quiet, with the scope keys delivered, the checks made, and single assets rerun."""

import os
from datetime import datetime

import dagster as dg
import pytest

from assets.intake import take_in
from assets.register import accepted_deliveries
from assets.rule_checks import rule_checks
from pipelines.dagster_runs import new_partitions, prepare_instance, quick_history, raw_runs, stretches
from pipelines.definitions import build_definitions
from pipelines.settings import DEMO_CLOCK
from warehouse.contracts import CORE, MARTS, RAW, RAW_BY_STEM
from warehouse.database import one, reading, rows, writing

pytestmark = pytest.mark.house


@pytest.fixture
def instance(copied_home):
    with dg.DagsterInstance.from_config(str(copied_home.dagster)) as instance:
        yield instance


def rerun(home, instance, *path, partition=None):
    """What «Materialize» on one asset does."""
    job = build_definitions(home, 3).resolve_implicit_global_asset_job_def()
    return job.get_subset(asset_selection={dg.AssetKey(list(path))}).execute_in_process(
        instance=instance, partition_key=partition, raise_on_error=False)


def materialised(outcome):
    return {tuple(event.asset_key.path): {name: value.value for name, value in event.materialization.metadata.items()}
            for event in outcome.get_asset_materialization_events()}


def test_the_instance_tells_nobody_anything_and_runs_one_at_a_time(instance):
    assert instance.get_settings("telemetry") == {"enabled": False}
    assert instance.get_settings("concurrency") == {"runs": {"max_concurrent_runs": 1}}


def test_settings_edited_by_hand_are_written_over(fresh_home):
    for _ in range(2):
        prepare_instance(fresh_home)
        path = fresh_home.dagster / "dagster.yaml"
        assert "enabled: false" in path.read_text(encoding="utf-8")
        path.write_text("telemetry:\n  enabled: true\n", encoding="utf-8")


@pytest.mark.parametrize(("all_keys", "wanted", "expected"), [
    ("abcde", "", []), ("", "", []), ("abcde", "c", [("c", "c")]), ("abcde", "abcde", [("a", "e")]),
    ("abcde", "bcd", [("b", "d")]), ("abcde", "abde", [("a", "b"), ("d", "e")]),
    ("abcde", "ace", [("a", "a"), ("c", "c"), ("e", "e")]), ("edcba", "ad", [("d", "d"), ("a", "a")]),
])
def test_stretches_cover_the_wanted_keys_and_no_other(all_keys, wanted, expected):
    assert stretches(list(all_keys), list(wanted)) == expected


def test_new_partitions_are_the_scope_keys_of_the_deliveries_by_source(demo_home):
    with reading(demo_home) as connection:
        ids = dict(rows(connection, "SELECT file_name, delivery_id FROM register.delivery WHERE sender_code IS NULL OR "
                        "sender_code = '0729'"))
        found = new_partitions(connection, [ids["kostra_0A_2018.dat"], ids["hovedbok_2018.csv"], ids["tilskudd.csv"]])
    assert found == {"kostra_accounts": ["0729:2018"], "ledger": ["0729:2018"], "grants": [
        "0627:2016", "0627:2017", "0627:2018", "0722:2016", "0722:2017", "0729:2018", "2012:2016", "2012:2017",
        "2012:2018"]}


def test_a_first_refresh_makes_one_run_per_source(demo_home):
    with reading(demo_home) as connection:
        partitions = new_partitions(connection, accepted_deliveries(connection))
    with dg.DagsterInstance.ephemeral() as instance:
        assert sorted(run.stem for run in raw_runs(instance, partitions)) == sorted(partitions)
    assert set(RAW_BY_STEM) - set(partitions) == {"child_records"}, "the demo delivers nothing of individuals"


def test_the_history_waits_for_the_disk_at_checkpoints_only_while_a_refresh_runs(instance):
    def waits() -> tuple[str, int]:
        with instance.event_log_storage.index_connection() as connection:
            return tuple(connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous"))

    full, normal = ("wal", 2), ("wal", 1)
    assert waits() == full
    with quick_history():
        assert waits() == normal
    assert waits() == full
    with pytest.raises(OSError), quick_history():
        raise OSError
    assert waits() == full


def test_the_partitions_of_raw_are_the_scope_keys_delivered(copied_home, instance):
    with reading(copied_home) as connection:
        for stem in RAW_BY_STEM:
            delivered = rows(
                connection, "SELECT DISTINCT rtrim(concat_ws(':', source_unit_code, period, dataset_code), ':') "
                "FROM register.delivery_scope "
                "INNER JOIN register.delivery USING (delivery_id) WHERE stem = ?", [stem])
            assert sorted(instance.get_dynamic_partitions(stem)) == sorted(key for (key,) in delivered)
            assert bool(delivered) is (stem != "child_records")


def test_every_check_of_the_refresh_is_kept_on_the_instance_with_what_it_counted(copied_home, instance):
    keys = build_definitions(copied_home, 3).resolve_asset_graph().asset_check_keys
    kept = instance.event_log_storage.get_latest_asset_check_execution_by_key(list(keys))
    evaluations = {(*key.asset_key.path, key.name): record.event.dagster_event.event_specific_data
                   for key, record in kept.items()}
    contracts = [each for each in evaluations.values() if "forventninger" in each.metadata]
    assert len(contracts) == len(RAW) + len(CORE) + len(MARTS) + 1
    assert all(each.passed and each.metadata["forventninger"].value > 3 and each.metadata["brudd"].value == 0
               for each in contracts)
    assert len(evaluations) - len(contracts) == len(rule_checks.check_keys)
    large_changes = evaluations["findings", "finding", "vr52_large_change_is_explained"]
    assert not large_changes.passed and len(large_changes.metadata["rader"].records) == large_changes.metadata["funn"].value


def test_the_outcomes_of_great_expectations_are_rows(demo_home):
    with reading(demo_home) as connection:
        judged = {table for (table,) in rows(connection, "SELECT DISTINCT table_name FROM findings.expectation_result")}
        assert one(connection, "SELECT count(*) FROM findings.expectation_result WHERE NOT success") == 0
    assert judged == {contract.full_name for contract in (*RAW, *CORE, *MARTS)}


def test_one_table_of_core_can_be_made_again_alone_with_its_check(copied_home, instance):
    with writing(copied_home) as connection:
        connection.execute("DELETE FROM core.grant_line")
        before = rows(connection, "FROM findings.expectation_result ORDER BY ALL")
    outcome = rerun(copied_home, instance, "core", "grant_line")
    assert outcome.success and materialised(outcome) == {("core", "grant_line"): {"rader": 12}}
    (check,) = outcome.get_asset_check_evaluations()
    assert (check.asset_key.path[-1], check.check_name, check.passed) == ("grant_line", "contract", True)
    with writing(copied_home) as connection:
        assert one(connection, "SELECT count(*) FROM core.grant_line") == 12
        assert rows(connection, "FROM findings.expectation_result ORDER BY ALL") == before


def test_one_partition_of_raw_can_be_loaded_again_alone(copied_home, instance):
    with writing(copied_home) as connection:
        connection.execute(
            "DELETE FROM raw.kostra_accounts_line WHERE region_code = '201200' AND accounting_year = 2018")
        assert one(connection, "SELECT count(*) FROM raw.kostra_accounts_line WHERE region_code = '201200'") > 0
        left = one(connection, "SELECT count(*) FROM raw.kostra_accounts_line")
    outcome = rerun(copied_home, instance, "raw", "kostra_accounts_line", partition="2012:2018")
    assert outcome.success and materialised(outcome) == {
        ("raw", "kostra_accounts_line"): {"leveranser": 1, "rader": 809}}
    with writing(copied_home) as connection:
        assert one(connection, "SELECT count(*) FROM raw.kostra_accounts_line") == left + 809


def test_a_release_made_by_hand_is_stopped_by_a_broken_contract(copied_home, instance):
    standing = copied_home.current.resolve()
    with writing(copied_home) as connection:
        connection.execute(
            "UPDATE findings.expectation_result SET success = false WHERE table_name = 'core.grant_line'")
    outcome = rerun(copied_home, instance, "published", "release")
    assert not outcome.success and materialised(outcome) == {}
    assert copied_home.current.resolve() == standing and len(list(copied_home.releases.iterdir())) == 1


@pytest.mark.parametrize(("received_at", "releases"), [(DEMO_CLOCK, False), (datetime(2019, 10, 2), True)])
def test_a_delivery_that_comes_into_force_while_the_tables_are_made_stops_the_release_until_it_is_loaded(
        copied_home, instance, demo_files, received_at, releases):
    path = copied_home.inbox / "tilskudd.csv"
    path.write_bytes(demo_files["tilskudd.csv"].replace(b"2018;kompensasjon;25500", b"2018;kompensasjon;26000"))
    with writing(copied_home) as connection:
        (outcome,) = take_in(connection, copied_home, [path], received_at)
    assert outcome.state == "accepted"
    assert rerun(copied_home, instance, "published", "release").success is releases
    assert os.readlink(copied_home.current) == "releases/1"


@pytest.mark.parametrize(("given", "moment"), [
    ({}, datetime(2019, 11, 5, 23, 59, 59)), ({"as_of": "2018-06-01T12:00:00"}, datetime(2018, 6, 1, 12))])
def test_the_clock_is_now_unless_a_refresh_says_otherwise(copied_home, instance, monkeypatch, given, moment):
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-11-05")
    key = dg.AssetKey(["register", "clock"])
    job = build_definitions(copied_home, 3).resolve_implicit_global_asset_job_def().get_subset(asset_selection={key})
    assert job.execute_in_process(instance=instance, run_config={"ops": {"register__clock": {"config": given}}}).success
    with writing(copied_home) as connection:
        assert rows(connection, "SELECT as_of FROM register.clock") == [(moment,)]
    assert not copied_home.refresh_state.exists()


def test_a_run_that_lost_its_process_does_not_close_the_queue_for_ever(instance):
    assert instance.run_monitoring_enabled and instance.run_monitoring_max_runtime_seconds == 1800
