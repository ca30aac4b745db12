"""`folgeeval read` and `check` with a mapping: a rehearsal of the delivery, field by field, that keeps nothing."""

import json

import openpyxl
import pytest

from pipelines.command_line import main

LINES = """felt_id;ark;celle;enhet;verdi
skjema;;;;Tertialrapport
kommunenummer;;;;2012
periode;;;;2018-T3
periode_fra;;;;01.09.2018
periode_til;;;;31.12.2018
dateringsgrunnlag;;;;vedtaksdato
meldinger;Ark;B2;;
meldinger_1_5;Ark;B3;;
forsoek_i_alt;Ark;B4;kr;
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs a command on a home-made workbook and a mapping in a folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    book.active.title = "Ark"
    for row in (("", "3. tertial"), ("Meldinger", 30), ("Av dem 1–5 år", 40), ("Forsøket", 34_900_500)):
        book.active.append(row)
    book.save("hjemme.xlsx")

    def run(*arguments, lines=LINES):
        (tmp_path / "kart.csv").write_text(lines, encoding="utf-8")
        code = main(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_every_field_is_shown_with_its_place_and_value_and_those_without_a_place_are_named(run):
    code, out, err = run("read", "hjemme.xlsx", "--mapping", "kart.csv")
    lines = out.splitlines()
    assert code == 0 and lines[0] == "hjemme.xlsx (tertial_reports): 57 tall" and len(lines) == 59
    (amount,) = [line for line in lines if "field_id=forsoek_i_alt " in line]
    assert amount.startswith("Ark, B4 ") and "34\u00a0900,5  1000 NOK" in amount
    (without,) = [line for line in lines if "field_id=tvistesaker " in line]
    assert without.startswith("hjemme.xlsx.mapping.csv, linje mangler ") and without.endswith("ikke rapportert")
    assert "skjemaet har 51 felt som ikke har noen plass i arbeidsboken; de er ikke rapportert: ansatte_barn" in err


def test_the_cells_are_those_the_delivery_will_have(run):
    code, out, _ = run("read", "hjemme.xlsx", "--mapping", "kart.csv", "--json")
    cells = {cell["keys"]["field_id"]: cell for cell in json.loads(out)}
    assert code == 0 and cells["meldinger"] == {
        "source": "tertial_reports", "file": "hjemme.xlsx", "sheet": "Ark", "cell": "B2", "line": None,
        "keys": {"municipality_code": "2012", "period": "2018-T3", "field_id": "meldinger"}, "value": 30,
        "unit": "meldinger", "status": "ok"}


def test_a_mapping_that_does_not_fit_is_refused_with_its_line(run):
    code, out, err = run("read", "hjemme.xlsx", "--mapping", "kart.csv", lines=LINES.replace("Ark;B2", "Arket;B2"))
    assert (code, out) == (11, "")
    assert "hjemme.xlsx.mapping.csv, linje 8 («meldinger»): arbeidsboken har ikke arket «Arket»" in err


def test_the_numbers_are_checked_as_a_forms_are(run):
    code, out, _ = run("check", "hjemme.xlsx", "--mapping", "kart.csv", "--json")
    (finding,) = [one for one in json.loads(out) if one["level"] == "feil"]
    assert (code, finding["rule_id"], finding["sheet"], finding["cell"]) == (10, "VR05", "Ark", "B2")


@pytest.mark.parametrize("command", ["read", "check"])
def test_a_mapping_is_for_one_workbook_and_must_be_there(run, command):
    assert run(command, "hjemme.xlsx", "hjemme.xlsx", "--mapping", "kart.csv")[0] == 2
    code, out, err = run(command, "hjemme.xlsx", "--mapping", "borte.csv")
    assert (code, out.strip()) == (2, "") and err == "borte.csv: filen finnes ikke. Kontroller navnet.\n"


def test_without_a_mapping_it_is_said_that_one_is_needed(run):
    code, _, err = run("read", "hjemme.xlsx")
    assert code == 11 and "lever den sammen med en mapping" in err
