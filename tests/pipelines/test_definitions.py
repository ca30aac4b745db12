"""What Dagster sees: every table an asset under its address, every contract a check, and one job that rebuilds all."""

import subprocess
import sys

import pytest
from dagster import AssetKey

from assets.rule_checks import rule_checks
from assets.sql_files import SQL_LAYERS, sql_tables
from pipelines.dagster_runs import prepare_instance
from pipelines.definitions import build_definitions
from pipelines.jobs import REBUILD_JOB, load_job_name
from warehouse.contracts import CORE, MARTS, RAW, RAW_BY_STEM, REFERENCE
from warehouse.home import Home


@pytest.fixture(scope="module")
def definitions(tmp_path_factory):
    return build_definitions(Home(tmp_path_factory.mktemp("home")), 3)


@pytest.fixture(scope="module")
def graph(definitions):
    return definitions.resolve_asset_graph()


def key_of(*path):
    return AssetKey(list(path))


def tables_of_ours():
    return {
        *((contract.schema, contract.name) for contract in (*RAW, *REFERENCE)),
        *((layer, table.name) for layer in SQL_LAYERS for table in sql_tables(layer)),
        ("register", "clock"), ("findings", "finding"), ("published", "release"), ("warehouse", "snapshot")}


def test_every_table_is_an_asset_whose_key_is_its_address(graph):
    assert {tuple(key.path) for key in graph.get_all_asset_keys()} == tables_of_ours()


def test_the_group_of_an_asset_is_its_layer_and_each_says_what_a_row_is(graph):
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    assert [node.group_name for node in nodes] == [node.key.path[0] for node in nodes]
    assert all(node.description for node in nodes)


def test_every_raw_core_and_mart_table_has_a_check_and_the_values_a_gate(graph):
    checks = {(*key.asset_key.path, key.name) for key in graph.asset_check_keys - rule_checks.check_keys}
    assert checks == {
        *((contract.schema, contract.name, "contract") for contract in (*RAW, *CORE, *MARTS)),
        ("marts", "indicator_value", "may_be_published")}


def test_the_rebuild_judges_every_rule(definitions):
    assert rule_checks.check_keys <= definitions.resolve_job_def(REBUILD_JOB).asset_layer.asset_graph.asset_check_keys


def test_only_the_gate_blocks(graph):
    assert {key.name for key in graph.asset_check_keys if graph.get_check_spec(key).blocking} == {"may_be_published"}


def test_an_asset_depends_on_the_tables_its_select_reads(graph):
    for layer in SQL_LAYERS:
        for table in sql_tables(layer):
            parents = {tuple(key.path) for key in graph.get(key_of(layer, table.name)).parent_keys}
            assert {read for read in table.reads if read[0] != "register" or read[1] == "clock"} == parents


def test_the_values_depend_on_every_indicator_and_the_release_on_values_and_findings(graph):
    parents = {tuple(key.path) for key in graph.get(key_of("marts", "indicator_value")).parent_keys}
    assert {("indicators", table.name) for table in sql_tables("indicators")} <= parents
    assert {tuple(key.path) for key in graph.get(key_of("published", "release")).parent_keys} == {
        ("marts", "indicator_value"), ("marts", "interview_coverage"), ("findings", "finding")}


def test_only_raw_is_partitioned(graph):
    partitioned = {key.path[0] for key in graph.get_all_asset_keys() if graph.get(key).is_partitioned}
    assert partitioned == {"raw"}
    assert all(graph.get(key_of("raw", contract.name)).is_partitioned for contract in RAW)


def test_the_rebuild_makes_everything_but_raw(definitions):
    made = {tuple(key.path) for key in definitions.resolve_job_def(REBUILD_JOB).asset_layer.selected_asset_keys}
    assert made == {key for key in tables_of_ours() if key[0] != "raw"}


def test_the_snapshot_is_taken_after_the_release_and_the_clock_is_set_before_all(graph):
    assert {tuple(key.path) for key in graph.get(key_of("warehouse", "snapshot")).parent_keys} == {
        ("published", "release")}
    assert graph.get(key_of("register", "clock")).parent_keys == set()
    assert key_of("register", "clock") in graph.get(key_of("core", "delivery_in_force")).parent_keys


def test_each_source_has_a_job_that_loads_its_raw_table_and_nothing_else(definitions):
    for stem, contract in RAW_BY_STEM.items():
        layer = definitions.resolve_job_def(load_job_name(stem)).asset_layer
        assert {tuple(key.path) for key in layer.selected_asset_keys} == {("raw", contract.name)}
        assert layer.asset_graph.asset_check_keys == set()


def test_the_schedule_and_the_sensor_run_as_soon_as_the_daemon_does(definitions):
    repository = definitions.get_repository_def()
    assert [(each.name, each.default_status.value) for each in (*repository.schedule_defs, *repository.sensor_defs)] == [
        ("after_deadline", "RUNNING"), ("inbox", "RUNNING")]


def test_dagster_itself_finds_the_definitions_valid(fresh_home, monkeypatch):
    prepare_instance(fresh_home)
    monkeypatch.setenv("FOLGEEVAL_HOME", str(fresh_home.root))
    told = subprocess.run([sys.executable, "-m", "dagster", "definitions", "validate", "-m", "pipelines.definitions"],
                          capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "Validation successful" in told.stdout + told.stderr
    assert not (fresh_home.root / "warehouse").exists()
