"""`folgeeval template`: a form that can be filled in and delivered, with the period before when the home knows it."""

import json

import openpyxl
import pytest

from assets.sources import recognise
from assets.sources.form_mapping import read_mapping
from expectations.finding import DeliveryRefused
from pipelines.command_line import main
from warehouse.database import reading, rows


@pytest.fixture
def template(tmp_path, monkeypatch, capsys):
    """Runs the command in an empty folder with an empty home: exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, home=tmp_path / "home"):
        code = main(["template", *map(str, arguments), "--home", str(home)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def columns(path, sheet, column):
    return [row[column].value for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=4)]


@pytest.mark.parametrize(("arguments", "name", "stem"), [
    (["--unit", "2012", "--period", "2018-T3"], "tertialrapport_2012_2018-T3.xlsx", "tertial_reports"),
    (["--unit", "0722", "--period", "2017-T1", "--form", "tertial"], "tertialrapport_0722_2017-T1.xlsx",
     "tertial_reports"),
    (["--unit", "0627", "--period", "2018", "--form", "data"], "dataforesporsel_0627_2018.xlsx", "data_requests"),
])
def test_a_form_is_written_where_one_stands(template, tmp_path, arguments, name, stem):
    code, out, err = template(*arguments)
    assert (code, err) == (0, "") and out.startswith(f"Laget {name}. Det er ingen tall fra forrige periode å vise.")
    assert recognise((tmp_path / name).read_bytes(), name).STEM == stem
    assert not (tmp_path / "home").exists()


def test_the_form_is_written_in_the_language_that_is_asked_for(template):
    code, out, _ = template("--unit", "2012", "--period", "2018-T3", "--language", "nn", "--json")
    assert (code, json.loads(out)[0]["language"]) == (0, "nn")
    book = openpyxl.load_workbook("tertialrapport_2012_2018-T3.xlsx")
    assert book["B Førebygging"]["A4"].value == "Meldingar i alt"
    assert book["Framdrift"]["A4"].value.startswith("Framdrift på delmål A")


@pytest.mark.parametrize(("arguments", "name", "code"), [
    (["--unit", "2012", "--period", "2018-T3"], "tertialrapport_2012_2018-T3.mapping.csv", "2012"),
    (["--unit", "0627", "--period", "2018", "--form", "data"], "dataforesporsel_0627_2018.mapping.csv", "0627")])
def test_an_empty_mapping_lacks_only_what_the_person_must_say(template, tmp_path, arguments, name, code):
    assert template(*arguments, "--mapping")[1].startswith(f"Laget {name}. Skriv plassen")
    content = (tmp_path / name).read_bytes()
    with pytest.raises(DeliveryRefused) as refused:
        read_mapping(content, name)
    assert [(one.rule_id, one.expected) for one in refused.value.findings] == [("F43", "dateringsgrunnlag")]
    filled = content.replace("dateringsgrunnlag;;;;;;;".encode(), b"dateringsgrunnlag;;;;;;vedtaksdato;")
    mapping = read_mapping(filled.replace(b"kompetanse_barnevern;;;", b"kompetanse_barnevern;Ark;B4;"), name)
    assert mapping.head["kommunenummer"].value == code and len(mapping.fields) == 4
    assert template(*arguments, "--mapping")[0] == 2 and template(*arguments, "--mapping", "--force")[0] == 0


def test_the_form_is_empty_so_that_the_reporter_says_the_period(template, tmp_path):
    template("--unit", "2012", "--period", "2018-T3")
    assert set(columns("tertialrapport_2012_2018-T3.xlsx", "Om rapporten", 1)) == {None}
    assert set(columns("tertialrapport_2012_2018-T3.xlsx", "C Tiltak", 1)) == {None}


def test_an_empty_form_checked_says_what_must_be_filled_in(template, capsys):
    template("--unit", "2012", "--period", "2018-T3")
    assert main(["check", "tertialrapport_2012_2018-T3.xlsx", "--json"]) == 11
    found = json.loads(capsys.readouterr().out)
    assert [(one["rule_id"], one["sheet"], one["cell"]) for one in found] == [
        ("VR09", "Om rapporten", cell) for cell in ("B4", "B5", "B6")]


def test_a_filled_in_form_is_read_with_the_place_of_each_number(template, capsys):
    template("--unit", "2012", "--period", "2018-T3")
    book = openpyxl.load_workbook("tertialrapport_2012_2018-T3.xlsx")
    for cell, value in (("B4", "01.09.2018"), ("B5", "31.12.2018"), ("B6", "vedtaksdato")):
        book["Om rapporten"][cell] = value
    book["B Forebygging"]["B4"] = 255
    book["Fremdrift"]["B5"] = "en lang tekst\n" * 20
    book.save("rapport.xlsx")
    assert main(["read", "rapport.xlsx", "--json"]) == 0
    cells = {cell["keys"]["field_id"]: cell for cell in json.loads(capsys.readouterr().out)}
    assert cells["meldinger"] == {
        "source": "tertial_reports", "file": "rapport.xlsx", "sheet": "B Forebygging", "cell": "B4", "line": None,
        "keys": {"municipality_code": "2012", "period": "2018-T3", "field_id": "meldinger"}, "value": 255,
        "unit": "meldinger", "status": "ok"}
    assert (cells["meldinger_1_5"]["value"], cells["meldinger_1_5"]["status"]) == (None, "not_reported")
    assert main(["read", "rapport.xlsx"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if "field_id=meldinger " in line).startswith("B Forebygging, B4 ")
    assert len(lines) == 23 and max(map(len, lines)) < 200
    assert main(["check", "rapport.xlsx"]) in (0, 10)


def test_the_figures_of_the_period_before_stand_beside_from_the_home(template, demo_home):
    code, out, _ = template("--unit", "2012", "--period", "2018-T3", "--json", home=demo_home.root)
    (made,) = json.loads(out)
    with reading(demo_home) as connection:
        before = dict(rows(connection, "SELECT field_id, value FROM core.form_value WHERE stem = 'tertial_reports' "
                           "AND unit_code = '2012' AND period = '2018-T2'"))
    assert (code, made["previous_count"]) == (0, len(before)) and len(before) > 40
    assert made | {"previous_count": 0} == {
        "file": "tertialrapport_2012_2018-T3.xlsx", "source": "tertial_reports", "municipality_code": "2012",
        "period": "2018-T3", "language": "nb", "previous_count": 0}
    sheet = openpyxl.load_workbook(made["file"])["C Tiltak"]
    assert sheet["E3"].value == "Forrige periode (2018-T2)"
    assert (sheet["E4"].value, sheet["E5"].value) == (before["nye_plasseringer"], before["akuttplasseringer"])
    assert sheet["E4"].value is not None and sheet["E4"].protection.locked


def test_before_faerders_first_tertial_stands_noetteroeys_last(template, demo_home):
    _, out, _ = template("--unit", "0729", "--period", "2018-T1", "--json", home=demo_home.root)
    (made,) = json.loads(out)
    assert made["previous_count"] > 40
    assert columns(made["file"], "B Forebygging", 4)[0] is not None


def test_a_form_that_is_there_is_never_written_over_unasked(template, tmp_path):
    asked = ("--unit", "2012", "--period", "2018-T3", "--out", tmp_path / "rapport.xlsx")
    (tmp_path / "rapport.xlsx").write_bytes(b"utfylt")
    code, out, err = template(*asked)
    assert (code, out) == (2, "") and "finnes fra før" in err and "--force" in err
    assert (tmp_path / "rapport.xlsx").read_bytes() == b"utfylt"
    assert template(*asked, "--force")[0] == 0
    assert (tmp_path / "rapport.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(("arguments", "text"), [
    (["--unit", "0723", "--period", "2017-T1"],
     "vertskommunen 0722 rapporterer for kommune 0723 i 2017. Bruk --unit 0722"),
    (["--unit", "0729", "--period", "2017-T1"], "ikke en forsøkskommune i 2017"),
    (["--unit", "0301", "--period", "2018-T1"], "ikke en forsøkskommune i 2018"),
    (["--unit", "5601", "--period", "2024-T1"], "2024 er etter at forsøket sluttet for kommune 5601"),
    (["--unit", "2012", "--period", "2018-K1"], "«2018-K1» er ikke et tertial, skrevet som 2018-T3"),
    (["--unit", "2012", "--period", "2018"], "«2018» er ikke et tertial"),
    (["--unit", "2012", "--period", "2018-T3", "--form", "data"], "«2018-T3» er ikke et år"),
    (["--unit", "2012", "--period", "2018-T3", "--out", "borte/rapport.xlsx"], "kan ikke skrives"),
])
def test_a_form_nobody_should_fill_in_is_not_made(template, tmp_path, arguments, text):
    code, out, err = template(*arguments)
    assert (code, out) == (2, "") and text in err and err.count("\n") == 1
    assert list(tmp_path.glob("*.xlsx")) == []


def test_unit_and_period_must_be_said(template):
    with pytest.raises(SystemExit) as stop:
        template()
    assert stop.value.code == 2
