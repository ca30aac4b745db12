"""`folgeeval indicators`: the keys others build on, filters, the published level, and an earlier day."""

import json
import os
from datetime import datetime

import pytest

from assets.build import rebuild
from assets.intake import take_in, waiting_files
from assets.raw_loading import load_delivery, not_loaded
from pipelines.command_line import main
from warehouse.database import take_snapshot, writing
from warehouse.home import Home

KEYS = ("indicator_id", "unit_code", "unit_type", "unit_name", "municipality_name", "period", "breakdown", "value",
        "unit", "status", "basis")
GRANTS = "kommunenr;aar;tilskudd;beloep_1000kr;engang\n2012;2018;kompensasjon;{amount};nei\n"


@pytest.fixture
def indicators(demo_home, capsys):
    """Runs the command on the demo with `--json` and returns its list."""
    def run(*arguments, home=demo_home):
        assert main(["indicators", "--home", str(home.root), "--json", *arguments]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return json.loads(printed.out)
    return run


def test_each_value_has_the_keys_of_the_contract_in_their_order(indicators):
    assert {tuple(row)[:len(KEYS)] for row in indicators()} == {KEYS}


def test_a_value_is_a_number_or_null_with_a_status(indicators):
    for row in indicators():
        assert (row["value"] is None) == (row["status"] != "ok")
        assert row["status"] in ("ok", "suppressed", "not_reported", "not_applicable", "not_yet", "held_back")
        assert row["basis"] in ("published", "constrained", "constructed")
        assert isinstance(row["breakdown"], str)


def test_the_printed_gain_of_2018_comes_out_for_all_three(indicators):
    rows = indicators("--id", "G1-04", "--period", "2018")
    assert {row["unit_name"]: round(row["value"], 1) for row in rows if row["breakdown"] == ""} == {
        "Alta": -9.4, "Færder": 4.9, "Røyken": -1.4}


def test_filters_work_together(indicators):
    rows = indicators("--id", "E2-02", "--unit", "EKG12", "--period", "2018")
    assert [(row["unit_type"], row["municipality_name"], row["breakdown"], row["value"]) for row in rows] == [
        ("kostra_group", None, "trial_cost=excluded", 12700)]


def test_norwegian_letters_stand_as_they_are(indicators, demo_home, capsys):
    main(["indicators", "--home", str(demo_home.root), "--json", "--unit", "0729", "--id", "B1-03"])
    assert "Færder" in capsys.readouterr().out


# What is published

def test_the_evaluators_see_the_small_count_and_the_published_level_hides_it(indicators):
    wanted = ("--id", "C5-04", "--unit", "0729", "--period", "2015")
    assert [(row["value"], row["status"]) for row in indicators(*wanted)] == [(3, "ok")]
    assert [(row["value"], row["status"], row["basis"], row["fact_id"]) for row in indicators(*wanted, "--published")] == [
        (None, "suppressed", None, None)]


def test_the_published_level_is_what_the_release_holds(indicators, demo_home):
    released = json.loads((demo_home.current / "tables" / "indicator_value.json").read_text(encoding="utf-8"))
    names = ("indicator_id", "unit_code", "period", "breakdown", "value", "unit", "status", "basis", "fact_id")
    assert [{name: row[name] for name in names} for row in indicators("--published")] == [
        {name: row[name] for name in names} for row in released]


def test_a_filter_does_not_undo_what_other_numbers_make_necessary(indicators):
    whole = {(row["indicator_id"], row["unit_code"], row["period"], row["breakdown"]): row["status"]
             for row in indicators("--published")}
    for row in indicators("--published", "--id", "C6-02"):
        assert row["status"] == whole["C6-02", row["unit_code"], row["period"], ""]
    assert whole["C6-02", "0627", "2013", ""] == "suppressed"


def test_a_higher_threshold_in_the_settings_hides_more(indicators, monkeypatch):
    hidden = [row["status"] for row in indicators("--published")].count("suppressed")
    monkeypatch.setenv("FOLGEEVAL_SMALL_NUMBER_THRESHOLD", "8")
    assert [row["status"] for row in indicators("--published")].count("suppressed") > hidden


# An earlier day

@pytest.fixture(scope="module")
def corrected_home(tmp_path_factory):
    """A home whose grants came on 1 March and corrected on 15 June."""
    home = Home(tmp_path_factory.mktemp("corrected"))
    for day, amount in ((datetime(2019, 3, 1, 9), 25500), (datetime(2019, 6, 15, 9), 26000)):
        path = home.inbox / f"tilskudd_{amount}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GRANTS.format(amount=amount), encoding="utf-8")
        os.utime(path, (0, 0))
        with writing(home) as connection:
            assert [outcome.state for outcome in take_in(connection, home, waiting_files(home), day)] == ["accepted"]
            for delivery_id in not_loaded(connection):
                load_delivery(connection, home, delivery_id)
            rebuild(connection, day)
    take_snapshot(home)
    return home


@pytest.mark.parametrize(("day", "wanted"), [
    ([], [26.0]), (["--as-of", "2019-06-15"], [26.0]), (["--as-of", "2019-06-15T08:59"], [25.5]),
    (["--as-of", "2019-06-14"], [25.5]), (["--as-of", "2019-02-28"], [])])
def test_as_of_gives_the_number_as_it_was_known_that_day(indicators, corrected_home, day, wanted):
    before = corrected_home.snapshot.read_bytes()
    assert [row["value"] for row in indicators("--id", "G1-03", *day, home=corrected_home)] == wanted
    assert corrected_home.snapshot.read_bytes() == before


def test_what_was_delivered_for_real_has_no_other_basis(indicators, corrected_home):
    assert {row["basis"] for row in indicators(home=corrected_home)} == {"delivered"}


# For people

@pytest.mark.parametrize(("arguments", "words"), [
    (["--unit", "9999"], "enhet «9999» finnes ikke"), (["--id", "H1-01"], "indikator «H1-01» finnes ikke"),
    (["--as-of", "i går"], "ikke en dato")])
def test_a_wrong_argument_is_exit_code_2_with_one_message(demo_home, capsys, arguments, words):
    assert main(["indicators", "--home", str(demo_home.root), *arguments]) == 2
    printed = capsys.readouterr()
    assert words in printed.err and printed.out == "" and "Traceback" not in printed.err


def test_as_text_a_value_is_formatted_and_a_missing_one_says_why(demo_home, capsys):
    main(["indicators", "--home", str(demo_home.root), "--unit", "0729", "--period", "2015", "--id", "C5-04", "--published"])
    assert capsys.readouterr().out.rstrip().endswith(": (skjermet)")
    main(["indicators", "--home", str(demo_home.root), "--unit", "2012", "--period", "2018", "--id", "G1-04"])
    assert "\u22129,4" in capsys.readouterr().out


def test_an_empty_selection_says_so_as_text_and_is_an_empty_list_as_json(indicators, demo_home, capsys):
    wanted = ("--id", "G1-04", "--period", "2014")
    assert indicators(*wanted) == []
    assert main(["indicators", "--home", str(demo_home.root), *wanted]) == 0
    assert capsys.readouterr().out.strip() == "Ingen verdier for dette utvalget."
