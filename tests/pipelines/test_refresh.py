"""A refresh: nothing to do is nothing done; a change is built whole or not at all; what stands keeps standing.

Dagster itself is met in two tests here and in `test_dagster_runs.py`; where only the plan is judged, its two steps are
done without Dagster.
"""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from pipelines import dagster_runs, fingerprint
from pipelines import refresh as module
from pipelines.command_line import main
from pipelines.failures import RefreshFailed
from pipelines.progress import Progress
from pipelines.refresh import STEP_COUNT, refresh
from pipelines.settings import DEMO_CLOCK
from warehouse.database import one, reading, rows, writing
from warehouse.reference_data import reference_rows

pytestmark = pytest.mark.house

RATES = (Path(__file__).parents[1] / "deliveries" / "rates" / "innocent.csv").read_bytes()
HEAVY = {"dagster", "great_expectations", "pandas", "pyarrow", "numpy", "scipy", "jinja2", "plotly"}
NET_GAIN = """
    SELECT value FROM marts.indicator_value
    WHERE indicator_id = 'G1-04' AND unit_code = '2012' AND period = '2018' AND breakdown = ''
"""


@pytest.fixture
def without_dagster(leave_out_dagster):
    leave_out_dagster()


def run(home, *, now=DEMO_CLOCK, as_of=None, threshold=3):
    return refresh(home, now=now, as_of=as_of or now, threshold=threshold, progress=Progress(STEP_COUNT, quiet=True))


def drop(home, path, content, age=3600.0):
    target = home.inbox / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    moment = datetime.now().timestamp() - age
    os.utime(target, (moment, moment))
    return target


def more_compensation(demo_files):
    """Alta's compensation in 2018 is 26 000 and not 25 500 thousand: the net gain rises by 0.5 million."""
    return demo_files["tilskudd.csv"].replace(b"2012;2018;kompensasjon;25500", b"2012;2018;kompensasjon;26000")


def net_gain(home):
    with reading(home) as connection:
        return one(connection, NET_GAIN)


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def imported_by(*arguments, **environment):
    """The result of a command in a process of its own, and the top-level modules it imported."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipelines.command_line", *map(str, arguments)],
        capture_output=True, text=True, check=False, env={**os.environ, **environment})
    lines = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")]
    return done, {name.split(".")[0] for name in lines}


@pytest.mark.parametrize("arguments", [("refresh", "--json"), ("demo",)])
def test_a_second_refresh_does_nothing_and_imports_nothing_heavy(copied_home, arguments):
    before = {path: path.stat().st_mtime_ns for path in copied_home.root.rglob("*") if path.is_file()}
    done, imported = imported_by(*arguments, "--home", copied_home.root, FOLGEEVAL_NOW="2019-10-01")
    assert done.returncode == 0, done.stderr[-2000:]
    assert imported & HEAVY == set() and "duckdb" in imported
    assert {path: path.stat().st_mtime_ns for path in copied_home.root.rglob("*") if path.is_file()} == before
    assert done.stdout == "[]\n" if "--json" in arguments else "Ingenting nytt" in done.stdout


def test_a_refresh_with_nothing_new_tells_what_stands(copied_home, demo_files):
    summary = run(copied_home)
    assert not summary.did_work and summary.outcomes == [] and not summary.release_is_new
    in_catalogue = len(reference_rows("indicator"))
    assert (summary.deliveries, summary.indicators, summary.release) == (len(demo_files), in_catalogue, "1")
    assert summary.values > 2000


def test_a_decision_and_a_list_of_what_is_held_back_are_something_new_and_a_list_nobody_can_read_stops_it(
        copied_home, without_dagster, monkeypatch, capsys):
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01T00:00")
    with reading(copied_home) as connection:
        key = one(connection, "SELECT finding_id FROM findings.finding WHERE rule_id = 'VR24'")
    assert main(["findings", "reopen", key, "--reason", "Nytt.", "--by", "evaluator", "--home", str(copied_home.root)]) == 0
    copied_home.hold_back.write_text("indicator_id\nG1-99\n")
    stands = contents(copied_home.releases)
    assert main(["refresh", "--home", str(copied_home.root), "--quiet"]) == 2
    assert "G1-99" in capsys.readouterr().err and contents(copied_home.releases) == stands
    copied_home.hold_back.write_text("indicator_id\nG1-02\n")
    assert [run(copied_home).did_work for _ in range(2)] == [True, False]
    assert "held_back" in (copied_home.current / "tables" / "indicator_value.csv").read_text(encoding="utf-8")


def test_changed_code_is_built_again_and_equal_content_makes_no_new_release(copied_home, monkeypatch, without_dagster):
    before = contents(copied_home.releases)
    monkeypatch.setattr(fingerprint, "code_version", lambda: "en ny utgave")
    changed, again = run(copied_home), run(copied_home)
    assert (changed.did_work, changed.release, changed.release_is_new, again.did_work) == (True, "1", False, False)
    assert contents(copied_home.releases) == before


def test_a_new_delivery_makes_a_new_release_and_leaves_the_old_untouched(copied_home, demo_files, without_dagster):
    before, gain = contents(copied_home.releases / "1"), net_gain(copied_home)
    drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    summary = run(copied_home, now=datetime(2019, 10, 15))
    assert [outcome["state"] for outcome in summary.outcomes] == ["accepted"]
    assert (summary.release, summary.release_is_new, summary.deliveries) == ("2", True, len(demo_files) + 1)
    assert net_gain(copied_home) == pytest.approx(gain + 0.5)
    assert contents(copied_home.releases / "1") == before
    assert copied_home.current.is_symlink() and os.readlink(copied_home.current) == "releases/2"
    manifest = json.loads((copied_home.current / "manifest.json").read_bytes())
    assert set(manifest["files"]) == set(contents(copied_home.releases / "2")) - {"manifest.json"}


def test_a_refresh_for_an_earlier_day_builds_what_was_known_then(copied_home, demo_files, without_dagster):
    gain = net_gain(copied_home)
    drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    found = []
    for as_of in (datetime(2019, 10, 14), datetime(2019, 10, 15)):
        run(copied_home, now=datetime(2019, 10, 15), as_of=as_of)
        found.append(net_gain(copied_home))
    assert found == [gain, pytest.approx(gain + 0.5)]


def test_a_copy_of_a_known_file_is_put_aside_and_the_release_stands(copied_home, demo_files, without_dagster):
    drop(copied_home, "igjen.csv", demo_files["tilskudd.csv"])
    summary = run(copied_home)
    assert [(outcome["file_name"], outcome["state"]) for outcome in summary.outcomes] == [("igjen.csv", "duplicate")]
    assert (summary.release, summary.release_is_new, summary.deliveries) == ("1", False, len(demo_files))


def test_a_file_younger_than_two_seconds_is_waited_for_once(fresh_home, monkeypatch, without_dagster):
    young = drop(fresh_home, "satser.csv", RATES, age=0.0)
    naps = []

    def nap(seconds):
        naps.append(seconds)
        os.utime(young, (0, 0))

    monkeypatch.setattr(module.time, "sleep", nap)
    assert [outcome["state"] for outcome in run(fresh_home).outcomes] == ["accepted"]
    assert naps == [2.0]


def test_a_file_still_being_written_to_is_left_and_the_others_are_taken_in(fresh_home, monkeypatch, without_dagster):
    drop(fresh_home, "a.csv", RATES)
    drop(fresh_home, "b.csv", RATES + b"2019;institusjon;70000;x\n", age=0.0)
    monkeypatch.setattr(module.time, "sleep", lambda seconds: None)
    assert [outcome["file_name"] for outcome in run(fresh_home).outcomes] == ["a.csv"]
    assert [path.name for path in fresh_home.inbox.iterdir()] == ["b.csv"]


def test_settled_files_are_not_waited_for(fresh_home, monkeypatch, without_dagster):
    drop(fresh_home, "satser.csv", RATES)
    drop(fresh_home, "halv.csv.part", RATES, age=0.0)
    monkeypatch.setattr(module.time, "sleep", lambda seconds: pytest.fail("ventet"))
    assert [outcome["state"] for outcome in run(fresh_home).outcomes] == ["accepted"]


@pytest.mark.parametrize("step", ["load_raw", "rebuild"])
def test_a_refresh_that_stops_halfway_is_taken_up_by_the_next(
        copied_home, demo_files, monkeypatch, without_dagster, step):
    def stop(*arguments):
        raise RefreshFailed("stoppet")

    gain = net_gain(copied_home)
    drop(copied_home, "tilskudd.csv", more_compensation(demo_files))
    with monkeypatch.context() as patch:
        patch.setattr(dagster_runs, step, stop)
        with pytest.raises(RefreshFailed):
            run(copied_home)
    assert net_gain(copied_home) == gain and os.readlink(copied_home.current) == "releases/1"
    summary = run(copied_home)
    assert summary.did_work and summary.deliveries == len(demo_files) + 1 and net_gain(copied_home) == pytest.approx(gain + 0.5)


def test_a_broken_contract_stops_the_refresh_and_the_former_release_stands(copied_home, monkeypatch, capsys):
    """Through Dagster and Great Expectations: a line twice in raw would count its compensation twice."""
    standing, gain = contents(copied_home.published), net_gain(copied_home)
    with writing(copied_home) as connection:
        connection.execute("INSERT INTO raw.grants_line SELECT * FROM raw.grants_line WHERE municipality_code = '2012' "
                           "AND year = 2018")
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    monkeypatch.setenv("FOLGEEVAL_SMALL_NUMBER_THRESHOLD", "4")
    assert main(["refresh", "--home", str(copied_home.root), "--quiet"]) == 1
    out, err = capsys.readouterr()
    message = err[err.index("folgeeval: "):]
    assert out == "" and "Traceback" not in message
    assert message.startswith("folgeeval: Oppdateringen stoppet i contract_checks. Kontrakter som brytes: ")
    assert "raw.grants_line" in message and "Ingenting er publisert; forrige utgivelse står." in message
    assert contents(copied_home.published) == standing and net_gain(copied_home) == gain
    with writing(copied_home) as connection:
        broken = {table for (table,) in rows(
            connection, "SELECT table_name FROM findings.expectation_result WHERE NOT success")}
    assert broken == {
        "core.compensation_line", "core.grant_line", "core.trial_balance_line", "raw.grants_line"}


def test_progress_is_written_step_by_step_to_standard_error_unless_quiet(capsys, fresh_home, without_dagster):
    assert main(["refresh", "--home", str(fresh_home.root)]) == 0
    out, err = capsys.readouterr()
    assert err.splitlines()[0].startswith("[1/4] Tar inn leveranser … ") and len(err.splitlines()) == STEP_COUNT
    assert "Leveranser:  0 godtatt i alt" in out and "Utgivelse:   1 (ny)" in out
    drop(fresh_home, "satser.csv", RATES)
    assert main(["refresh", "--home", str(fresh_home.root), "--quiet"]) == 0
    out, err = capsys.readouterr()
    assert err == "" and "Leveranser:  1 godtatt i alt, 1 nye" in out


def test_a_refusal_is_told_with_its_reason_and_exit_code_11(capsys, fresh_home, without_dagster):
    drop(fresh_home, "2012/tom.dat", b"")
    drop(fresh_home, "satser.csv", RATES)
    assert main(["refresh", "--home", str(fresh_home.root), "--quiet"]) == 11
    out = capsys.readouterr().out
    assert "AVVIST tom.dat: filen er tom." in out and "1 kritisk feil" in out and "1 godtatt i alt" in out
