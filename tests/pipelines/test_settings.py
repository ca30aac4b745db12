"""Settings from the environment: what each means, its default, and what is no setting."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from pipelines.settings import (
    default_home, home_for_child, now, parse_moment, pxweb_address, quiet_libraries, small_number_threshold,
)


def test_the_home_is_the_one_named_or_data_where_one_stands(monkeypatch):
    assert default_home() == Path("data")
    monkeypatch.setenv("FOLGEEVAL_HOME", "/tmp/et_hjem")
    assert default_home() == Path("/tmp/et_hjem")


@pytest.mark.parametrize(("text", "moment"), [
    ("2019-10-01", datetime(2019, 10, 1, 23, 59, 59)), ("2020-02-29", datetime(2020, 2, 29, 23, 59, 59)),
    ("2019-10-01T08:30", datetime(2019, 10, 1, 8, 30)), ("2019-10-01 08:30:15", datetime(2019, 10, 1, 8, 30, 15)),
    ("2019-10-01T00:00:00", datetime(2019, 10, 1)), ("2019-10-01T08:30:00+02:00", datetime(2019, 10, 1, 8, 30)),
])
def test_a_date_means_the_end_of_that_day_and_a_time_means_itself(text, moment):
    assert parse_moment(text) == moment


@pytest.mark.parametrize("text", ["", "i går", "01.10.2019", "2019-02-29", "2019-13-01", "2019", "2019-10"])
def test_what_is_no_date_is_told_with_an_example(text):
    with pytest.raises(ValueError, match=r"er ikke en dato; skriv for eksempel 2019-10-01"):
        parse_moment(text)


def test_now_is_the_setting_or_the_machines_clock_in_whole_seconds(monkeypatch):
    before = datetime.now().replace(microsecond=0)
    assert before <= now() <= datetime.now() and now().microsecond == 0
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    assert now() == datetime(2019, 10, 1, 23, 59, 59)


def test_a_clock_that_is_no_date_is_told_by_the_settings_name(monkeypatch):
    monkeypatch.setenv("FOLGEEVAL_NOW", "snart")
    with pytest.raises(ValueError, match=r"FOLGEEVAL_NOW: «snart» er ikke en dato"):
        now()


@pytest.mark.parametrize(("given", "expected"), [(None, 3), ("3", 3), ("5", 5), ("10", 10)])
def test_the_threshold_of_small_numbers_may_be_raised(monkeypatch, given, expected):
    if given:
        monkeypatch.setenv("FOLGEEVAL_SMALL_NUMBER_THRESHOLD", given)
    assert small_number_threshold() == expected


@pytest.mark.parametrize("given", ["0", "2", "-3", "3.5", "tre", "", " 4"])
def test_the_threshold_of_small_numbers_is_never_below_three(monkeypatch, given):
    monkeypatch.setenv("FOLGEEVAL_SMALL_NUMBER_THRESHOLD", given)
    with pytest.raises(ValueError, match="er ikke et helt tall på minst 3"):
        small_number_threshold()


def test_libraries_are_told_to_be_quiet_and_where_the_instance_is(tmp_path, monkeypatch):
    for name in ("DAGSTER_HOME", "DAGSTER_DISABLE_TELEMETRY", "GX_ANALYTICS_ENABLED"):
        monkeypatch.setenv(name, "")
    quiet_libraries(tmp_path)
    assert os.environ["DAGSTER_HOME"] == str(tmp_path)
    assert (os.environ["DAGSTER_DISABLE_TELEMETRY"], os.environ["GX_ANALYTICS_ENABLED"]) == ("1", "false")


def test_a_child_process_finds_the_same_home_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FOLGEEVAL_HOME", "")
    monkeypatch.chdir(tmp_path)
    home_for_child(Path("hjem"))
    assert default_home() == tmp_path / "hjem"


def test_the_statistics_bank_is_the_one_named_or_the_public_one(monkeypatch):
    assert pxweb_address() is None
    monkeypatch.setenv("FOLGEEVAL_PXWEB", "https://statistikk.example/api")
    assert pxweb_address() == "https://statistikk.example/api"
    monkeypatch.setenv("FOLGEEVAL_PXWEB", "")
    assert pxweb_address() is None
