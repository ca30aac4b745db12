"""`folgeeval read`: every number with its place, exit codes, and that one bad file does not stop the others."""

import argparse
import json
from pathlib import Path

import pytest

from pipelines.commands.read import add_arguments, as_text, read_file, run

DELIVERIES = Path(__file__).parents[1] / "deliveries"
LEDGER = DELIVERIES / "ledger" / "innocent.csv"
KEY_FIGURES = DELIVERIES / "kostra_statistics" / "innocent.json"
REFUSED = DELIVERIES / "ledger" / "amount_with_comma_dash.csv"
KEYS = ["source", "file", "sheet", "cell", "line", "keys", "value", "unit", "status"]


def read(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([str(argument) for argument in arguments]))


def test_json_is_one_array_with_every_cell_of_every_file(capsys):
    assert read("--json", LEDGER, KEY_FIGURES) == 0
    output = capsys.readouterr()
    cells = json.loads(output.out)
    assert [list(cell) for cell in cells] == [KEYS] * 10
    assert cells[0] | {"keys": None} == {
        "source": "ledger", "file": "innocent.csv", "sheet": None, "cell": None, "line": 2, "keys": None,
        "value": 52000, "unit": "NOK", "status": "ok"}
    assert cells[4] == {
        "source": "kostra_statistics", "file": "innocent.json", "sheet": None, "cell": "value[0]", "line": None,
        "keys": {"Region": "2012", "Indikator": "01", "Tid": "2016"}, "value": 255, "unit": "meldinger", "status": "ok"}
    assert "Lønn" in output.out
    assert output.err == ""


def test_a_person_sees_places_numbers_and_why_a_number_is_missing(capsys):
    assert read(KEY_FIGURES) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "innocent.json (kostra_statistics): 6 tall"
    assert lines[2].split() == ["value[0]", "Region=2012", "Indikator=01", "Tid=2016", "255", "meldinger"]
    assert lines[5].endswith("barn       skjermet")


def test_a_person_sees_amounts_in_bokmaal():
    assert "−1\u00a0500,5  NOK" in as_text(read_file("innocent.csv", LEDGER.read_bytes()))


def test_the_first_twenty_are_shown_and_the_rest_counted():
    content = "aar;tiltak;sats_kr_per_maaned\n" + "".join(f"2018;tiltak {number};1\n" for number in range(23))
    text = as_text(read_file("satser.csv", content.encode()))
    assert "satser.csv (rates): 23 tall" in text
    assert text.count("tiltak ") == 20
    assert text.endswith("… og 3 til (--json viser alle)")


def test_a_refused_file_is_told_and_the_others_go_on(capsys):
    assert read("--json", REFUSED, KEY_FIGURES) == 11
    output = capsys.readouterr()
    assert len(json.loads(output.out)) == 6
    assert "Kritisk feil (F03): amount_with_comma_dash.csv, linje 3, kolonne «beloep_kr»: fant «12 500,-»" in output.err


@pytest.mark.parametrize(("content", "told"), [
    (b"dette er et brev\n", "brev.txt: formen er ukjent. Kjente former er regnskap"),
    (b"", "brev.txt: filen er tom."),
    (b"\xef\xbb\xbf\r\n ", "brev.txt: filen er tom."),
])
def test_a_file_of_unknown_form_is_named_with_the_forms_we_know(tmp_path, capsys, content, told):
    (tmp_path / "brev.txt").write_bytes(content)
    assert read(tmp_path / "brev.txt") == 11
    output = capsys.readouterr()
    assert told in output.err
    assert output.out == ""


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path, capsys):
    assert read(tmp_path / "borte.csv", KEY_FIGURES) == 2
    output = capsys.readouterr()
    assert "borte.csv: filen finnes ikke" in output.err
    assert "innocent.json" in output.out


def test_a_folder_is_wrong_usage(tmp_path, capsys):
    assert read(tmp_path) == 2
    assert "dette er en mappe" in capsys.readouterr().err


def test_the_highest_exit_code_wins(tmp_path):
    assert read(tmp_path / "borte.csv", REFUSED) == 11


def test_json_is_an_empty_array_when_nothing_could_be_read(capsys):
    assert read("--json", REFUSED) == 11
    assert json.loads(capsys.readouterr().out) == []


def test_a_finding_that_does_not_refuse_is_told_beside_the_numbers(capsys):
    assert read(DELIVERIES / "ledger" / "supplier_with_wrong_check_digit.csv") == 0
    output = capsys.readouterr()
    assert "Feil (F10)" in output.err
    assert "70\u00a0320" in output.out


def test_accounts_files_are_read_too(capsys):
    line = "0A2018" + " " + "201200" + " " * 18 + "1" + "252 " + "010" + "12500".rjust(9)
    file = read_file("regnskap.dat", f"{line}\n".encode())
    assert len(line) == 48
    assert [(cell["source"], cell["line"], cell["value"], cell["unit"]) for cell in file.cells] == [
        ("kostra_accounts", 1, 12500, "1000 NOK")]
