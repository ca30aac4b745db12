"""`folgeeval trace`: a number, its formula in words and its parts, for machines and for people."""

import json

import openpyxl
import pytest

from pipelines.command_line import main
from warehouse.database import reading, rows


@pytest.fixture
def trace(demo_home, capsys):
    """Runs the command on the demo and returns what it printed."""
    def run(*arguments):
        assert main(["trace", *arguments, "--home", str(demo_home.root)]) == 0
        return capsys.readouterr().out
    return run


def test_as_json_a_number_comes_with_its_formula_and_its_parts(trace):
    found = json.loads(trace("G1-04", "--unit", "2012", "--period", "2018", "--json"))
    assert [one["breakdown"] for one in found] == ["", "accumulation=since_2016"]
    gain = found[0]
    assert list(gain) == ["indicator_id", "unit_code", "period", "breakdown", "value", "unit", "status", "basis",
                          "formula", "value_from_parts", "parts", "dropped"]
    assert gain["formula"] == "kompensasjon − merkostnad i forsøket (M2)"
    assert round(gain["value"], 1) == -9.4
    assert abs(gain["value_from_parts"] - gain["value"]) < 1e-6
    assert abs(sum(part["amount"] for part in gain["parts"]) - gain["value"]) < 1e-6
    assert {part["stem"] for part in gain["parts"]} == {"grants", "ledger"}
    assert {name for part in gain["parts"] for name in part} == {
        "breakdown", "term", "role", "amount", "status", "delivery_id", "stem", "file_name", "version", "received_on",
        "line", "sheet", "cell", "delivered", "delivered_unit", "factor", "offset", "corrections"}


def test_one_breakdown_can_be_asked_for(trace):
    found = json.loads(trace("E2-01", "--unit", "0729", "--period", "2017", "--breakdown", "trial_cost=excluded", "--json"))
    assert [one["breakdown"] for one in found] == ["trial_cost=excluded"]
    whole = json.loads(trace("G1-02", "--unit", "0729", "--period", "2017", "--breakdown", "", "--json"))
    assert [one["breakdown"] for one in whole] == [""]


def test_as_text_every_part_stands_with_its_file_and_place(trace):
    text = trace("C6-02", "--unit", "2012", "--period", "2018")
    assert text.splitlines()[0].startswith("C6-02 2012 2018: 20")
    assert text.splitlines()[1] == "Slik er tallet regnet ut: barn med institusjonstiltak / plasserte barn"
    assert "teller" in text and "nevner" in text
    assert text.count("nokkeltall_kommuner.json, value[") == 2


def test_as_text_lines_of_a_ledger_have_line_numbers(trace):
    text = trace("G1-02", "--unit", "2012", "--period", "2018", "--breakdown", "purpose=252")
    assert "hovedbok_2018.csv, linje " in text and "(leveranse " in text


def test_a_missing_number_says_why_and_which_part_is_missing(trace):
    text = trace("C1-02", "--unit", "2012", "--period", "2013")
    assert "category=7: : (skjermet)" in text
    assert "suppressed  nokkeltall_kommuner.json" in text


def test_as_of_a_day_before_the_delivery_there_is_no_number(demo_home, capsys):
    assert main(["trace", "G1-04", "--unit", "2012", "--period", "2018", "--as-of", "2019-09-30", "--home",
                 str(demo_home.root)]) == 2
    assert "G1-04 har ingen verdi for 2012 i 2018" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "words"), [
    (["G1-04", "--unit", "2012", "--period", "2014"], "har ingen verdi"),
    (["G1-04", "--unit", "2012", "--period", "2018", "--breakdown", "purpose=252"], "fordelingen «purpose=252» finnes ikke"),
    (["Q1-01", "--unit", "2012", "--period", "2018"], "har ingen verdi")])
def test_what_is_not_there_is_exit_code_2_with_one_message(demo_home, capsys, arguments, words):
    assert main(["trace", *arguments, "--home", str(demo_home.root)]) == 2
    printed = capsys.readouterr()
    assert words in printed.err and printed.out == "" and "Traceback" not in printed.err


def test_a_number_from_a_form_is_followed_to_its_workbook_sheet_and_cell(trace, demo_home):
    """Emergency placements among new ones, Alta, third tertial of 2018; openpyxl finds each number in its cell."""
    (found,) = json.loads(trace("C5-02", "--unit", "2012", "--period", "2018-T3", "--json"))
    assert [(part["stem"], part["line"], part["sheet"], part["cell"]) for part in found["parts"]] == [
        ("tertial_reports", None, "C Tiltak", "B5"), ("tertial_reports", None, "C Tiltak", "B4")]
    (delivery_id,) = {part["delivery_id"] for part in found["parts"]}
    with reading(demo_home) as connection:
        ((sha256, name),) = rows(
            connection, "SELECT sha256, file_name FROM register.delivery WHERE delivery_id = ?", [delivery_id])
    sheet = openpyxl.load_workbook(demo_home.deliveries / sha256 / name)["C Tiltak"]
    assert [sheet[part["cell"]].value for part in found["parts"]] == [part["amount"] for part in found["parts"]]
    text = trace("C5-02", "--unit", "2012", "--period", "2018-T3")
    assert f"{name}, ark «C Tiltak», celle B5 (leveranse {delivery_id}, versjon 1, mottatt 2019-10-01)" in text
