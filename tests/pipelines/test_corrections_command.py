"""A home's own corrections on the command line: a faulty file stops the refresh, a good one is used and listed."""

import json

from assets.build import build_sql_table, set_clock
from assets.corrections import HEADINGS
from assets.sql_files import in_order
from pipelines import dagster_runs
from pipelines.command_line import main
from warehouse.database import reading, rows, take_snapshot, writing

REPORTS = "SELECT amount FROM indicators.b1_03 WHERE unit_code = '2012' AND period = '2018'"
TABLES = ("delivery_in_force", "correction", "key_figure", "b1_03")


def build_what_is_looked_at(home, threshold, as_of):
    """In place of the whole of Dagster's second step."""
    with writing(home) as connection:
        set_clock(connection, as_of)
        for table in in_order():
            if table.name in TABLES:
                build_sql_table(connection, table)
    take_snapshot(home)


def line(number, corrected):
    return (f"R1,kostra_statistics,2012,2018,,key_figure_code=01,override,{number:g},{corrected},Telt på nytt.,"
            "barnevernleder,2019-01-10,2019-01-11,2020-12-31")


def run(home, capsys, *arguments):
    code = main([*arguments, "--home", str(home.root)])
    return code, capsys.readouterr()


def test_a_faulty_file_stops_the_refresh_with_nothing_changed_and_a_good_one_is_used_and_listed(
        copied_home, capsys, leave_out_dagster, monkeypatch):
    leave_out_dagster()
    monkeypatch.setattr(dagster_runs, "rebuild", build_what_is_looked_at)
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    with reading(copied_home) as connection:
        [(number,)] = rows(connection, REPORTS)
    state = copied_home.refresh_state.read_bytes()
    waiting = copied_home.inbox / "2012" / "noe.csv"
    waiting.parent.mkdir(parents=True, exist_ok=True)
    waiting.write_text("noe")
    copied_home.corrections.write_text("\n".join([",".join(HEADINGS), line(number, "mange")]))
    code, told = run(copied_home, capsys, "refresh", "--quiet")
    assert code == 2 and "corrections.csv, linje 2: corrected_value «mange» er ikke et tall" in told.err
    assert "ingenting er endret" in told.err and "Traceback" not in told.err
    assert waiting.exists() and copied_home.refresh_state.read_bytes() == state

    waiting.unlink()
    copied_home.corrections.write_text("\n".join([",".join(HEADINGS), line(number, "300")]))
    assert run(copied_home, capsys, "refresh", "--quiet")[0] == 0
    with reading(copied_home) as connection:
        assert rows(connection, REPORTS) == [(300,)]
    [listed] = json.loads(run(copied_home, capsys, "corrections", "--json")[1].out)
    assert (listed["correction_id"], listed["correction_state"], listed["valid_until"]) == ("R1", "in_use", "2020-12-31")
    assert (listed["delivered_value"], listed["expected_value"], listed["corrected_value"]) == (
        f"{number}", f"{number:g}", "300")
    text = run(copied_home, capsys, "corrections")[1].out
    assert f"R1  [i bruk]  {number:g} rettes til 300" in text and "Meldt til barnevernleder 2019-01-10" in text
    traced = run(copied_home, capsys, "trace", "B1-03", "--unit", "2012", "--period", "2018")[1].out
    assert "[rettet til 300: R1, Telt på nytt.]" in traced


def test_a_home_without_corrections_says_so(demo_home, capsys):
    assert run(demo_home, capsys, "corrections")[1].out == "Ingen rettelser.\n"
    assert json.loads(run(demo_home, capsys, "corrections", "--json")[1].out) == []
