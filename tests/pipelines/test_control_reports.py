"""`folgeeval check --report --workbook` and `folgeeval report`: what is written, about whom, and where."""

import json
import re
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from assets.forms.entry import Entry
from assets.forms.layout import form_fields
from assets.forms.periods import period_days
from assets.forms.workbook import workbook
from pipelines.command_line import main
from pipelines.control_reports import made, without_others
from pipelines.delivered_reports import deliveries, write_reports
from warehouse.database import one, records

pytestmark = pytest.mark.house

ACCOUNTS = Path(__file__).parents[1] / "deliveries" / "kostra_accounts"
LEDGER = ("kommunenr;regnskapsaar;bilagsnr;bilagsdato;funksjon;art;ansvar;prosjekt;formaal_funksjon;fakturanr;"
          "leverandoer_orgnr;tekst;beloep_kr;omraade\n"
          "2012;2018;B1;15.03.2018;285;010;310;28516;244;;123456789;Kurs;52 000,00;\n").encode()


@cache
def form(unit="2012", **numbers):
    first, last = period_days("data_requests", "2018")
    entries = {field.field_id: Entry(sign="..") for field in form_fields("data_requests") if field.is_figure}
    entries |= {"periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry("vedtaksdato")}
    return workbook("data_requests", unit, "2018", entries | {name: Entry(value) for name, value in numbers.items()})


FAULTY = {"fosterhjem_i_alt": 19, "over_1ks": 20}


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "svar.xlsx"
    path.write_bytes(form(**FAULTY))
    return path


def shown(path):
    text = re.sub(r"<style>.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.mark.parametrize(("language", "title", "said"), [
    ("nb", "Kontroll", "Fant 1 feil som ikke er forklart."), ("nn", "Kontroll", "Fann 1 feil som ikkje er forklart.")])
def test_check_writes_the_report_and_the_workbook_and_says_the_same_as_without(faulty, tmp_path, capsys, language, title, said):
    assert main(["check", str(faulty)]) == 10
    told = capsys.readouterr().out
    out = tmp_path / "rapport.html", tmp_path / "rettes.xlsx"
    assert main(["check", str(faulty), "--report", str(out[0]), "--workbook", str(out[1]), "--language", language]) == 10
    assert capsys.readouterr().out == told
    text, book = shown(out[0]), openpyxl.load_workbook(out[1])
    assert said in text and "Alta, 2018" in text and "rettes.xlsx" in text and "VR07" in text
    assert book.sheetnames[0] == title and "VR07" in book["Fosterhjem"]["B4"].comment.text


def test_what_check_wrote_can_be_checked_and_has_the_same_findings(faulty, tmp_path, capsys):
    main(["check", str(faulty), "--workbook", str(tmp_path / "svar2.xlsx"), "--json"])
    first = json.loads(capsys.readouterr().out)
    main(["check", str(tmp_path / "svar2.xlsx"), "--json"])
    second = json.loads(capsys.readouterr().out)
    assert [{**finding, "file": ""} for finding in second] == [{**finding, "file": ""} for finding in first] and first


def test_a_file_without_faults_gets_a_report_that_says_so(tmp_path, capsys):
    assert main(["check", str(ACCOUNTS / "innocent.dat"), "--report", str(tmp_path / "r.html")]) == 0
    text = shown(tmp_path / "r.html")
    assert "Ingen feil funnet." in text and "Du trenger ikke gjøre noe." in text and "Alta, 2018" in text
    assert "Blir godtatt hvis den leveres slik" in text and "0A" not in text.split("Oppsummering")[0].replace("innocent", "")


def test_a_report_on_a_text_file_has_the_fields_of_the_line(tmp_path, capsys):
    assert main(["check", str(ACCOUNTS / "unknown_function.dat"), "--report", str(tmp_path / "r.html")]) == 10
    assert re.search(r"Linje 9: Skjema 0A · .*Funksjon eller kapittel 999", shown(tmp_path / "r.html"))


@pytest.mark.parametrize("name", ["line_of_47_characters.dat", "empty.dat"])
def test_a_file_that_would_be_refused_gets_a_report_that_claims_nothing_of_what_was_not_looked_at(tmp_path, capsys, name):
    assert main(["check", str(ACCOUNTS / name), "--report", str(tmp_path / "r.html")]) == 11
    text = shown(tmp_path / "r.html")
    assert "Blir avvist hvis den leveres slik" in text and "Ingen feil funnet" not in text


def test_a_refused_form_is_handed_back_with_its_faulty_cell_marked(tmp_path, capsys):
    book_path = tmp_path / "svar.xlsx"
    book_path.write_bytes(form())
    book = openpyxl.load_workbook(book_path)
    book["Fosterhjem"]["B4"], book["Fosterhjem"]["C4"] = -3, None
    book.save(book_path)
    assert main(["check", str(book_path), "--workbook", str(tmp_path / "ut.xlsx")]) == 11
    assert "Kritisk feil F39" in openpyxl.load_workbook(tmp_path / "ut.xlsx")["Fosterhjem"]["B4"].comment.text


@pytest.mark.parametrize(("options", "said"), [
    (["--report", "r.txt"], ".html"), (["--workbook", "w.html"], ".xlsx"), (["--workbook", "svar.xlsx"], "filen som kontrolleres"),
    (["--report", "borte/r.html"], "kan ikke skrives"), (["--report", "er_her.html"], "finnes fra før")])
def test_a_name_that_cannot_be_written_is_wrong_usage_and_nothing_is_lost(faulty, tmp_path, capsys, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "er_her.html").write_text("min fil")
    before = faulty.read_bytes()
    assert main(["check", "svar.xlsx", *options]) == 2
    assert said in capsys.readouterr().err and faulty.read_bytes() == before
    assert (tmp_path / "er_her.html").read_text() == "min fil"


def test_a_report_is_written_over_when_one_says_so(faulty, tmp_path, capsys):
    (tmp_path / "r.html").write_text("gammel")
    assert main(["check", str(faulty), "--report", str(tmp_path / "r.html"), "--force"]) == 10
    assert "VR07" in shown(tmp_path / "r.html")


@pytest.mark.parametrize("files", [["svar.xlsx", "svar.xlsx"], ["a.dat", "svar.xlsx"]])
def test_a_report_is_about_one_file(faulty, tmp_path, capsys, monkeypatch, files):
    monkeypatch.chdir(tmp_path)
    assert main(["check", *files, "--report", "r.html"]) == 2
    assert "én fil" in capsys.readouterr().err and not (tmp_path / "r.html").exists()


def test_a_file_that_is_no_form_has_no_workbook(tmp_path, capsys):
    assert main(["check", str(ACCOUNTS / "innocent.dat"), "--workbook", str(tmp_path / "w.xlsx")]) == 2
    assert "ikke et skjema" in capsys.readouterr().err and not (tmp_path / "w.xlsx").exists()


def finding(**changes):
    return {"finding_id": "0" * 16, "rule_id": "VR05", "level": "feil", "state": "åpen", "sheet": None, "cell": None,
            "line_numbers": None, "found": "4711", "expected": None, "message": "Fant 4711.", "explanation_nb": None,
            "explained_by": None, "unit_code": "2012", "period": "2018", **changes}


@pytest.mark.parametrize(("changes", "withheld"), [
    ({"message": "Alta, 2018: fant 4711, som i Færder."}, True), ({"message": "Fant 4711 i kommune 0729."}, True),
    ({"found": "4711 (Røyken)"}, True), ({"explanation_nb": "Nøtterøy har det samme."}, True),
    ({"message": "Alta, 2018: fant 4711."}, False), ({"message": "I 2012 var det 4711."}, False),
    ({"message": "Fant 4711 i regnskapet for kommune 2012, linje 729."}, False), ({"message": "Færdigheter: 4711."}, False),
])
def test_a_finding_that_names_another_municipality_is_told_without_its_text(changes, withheld):
    assert without_others(finding(**changes), ["2012"])["is_withheld"] is withheld


def test_a_file_about_both_may_name_both():
    assert not without_others(finding(message="Alta og Færder"), ["2012", "0729", "R-NORD"])["is_withheld"]
    assert not without_others(finding(message="Alta og Færder"), [])["is_withheld"]


def test_what_is_withheld_stands_nowhere_in_the_page():
    from dashboards.control_findings import Delivered

    delivered = Delivered("x.csv", "ledger", ("Alta",), ("2018",), "ab" * 32, "in_force")
    page = made(delivered, [finding(message="Færder: 4711")], b"", controls=(), codes=["2012"], language="nb", workbook_name=None)
    assert "4711" not in page.page.decode() and "Spør evaluator" in page.page.decode()


@pytest.fixture
def written(demo_desk, tmp_path):
    """Writes reports of the desk's deliveries to a folder: by delivery, what was written. `home` holds the files."""
    def run(*ids, unit=None, period=None, language="nb", home=demo_desk.home):
        asked = deliveries(demo_desk.connection, ids, unit, period)
        found = write_reports(demo_desk.connection, home, asked, tmp_path / "ut", language)
        return {report.delivery_id: report for report in found}
    return run


def test_one_units_reports_are_of_its_own_deliveries_only(written, demo_desk):
    reports = written(unit="2012", period="2018")
    units = records(demo_desk.connection, "SELECT DISTINCT source_unit_code AS code FROM register.delivery_scope "
                    "WHERE delivery_id IN (SELECT unnest(?))", [list(reports)])
    assert {unit["code"] for unit in units} == {"2012"} and len(reports) == 8
    for report in reports.values():
        assert not re.search(r"Færder|Røyken|Nøtterøy", report.report.read_text(encoding="utf-8"))


def test_a_report_lies_under_its_unit_and_period_and_has_what_the_rules_across_sources_find(written, demo_desk, demo_home):
    delivery_id = one(demo_desk.connection, "SELECT delivery_id FROM findings.finding WHERE rule_id = 'VR34'")
    (report,) = written(delivery_id, home=demo_home).values()
    assert report.report.parent.parts[-2:] == ("0729", "2018-T3") and report.finding_count >= 2
    assert "VR34" in openpyxl.load_workbook(report.workbook)["G Økonomi"]["B11"].comment.text
    text = shown(report.report)
    assert "VR34" in text and "VR15" in text and "Forklart av evaluator" in text and "Demo:" in text


@pytest.mark.parametrize(("asked", "language"), [(None, "nn"), ("nb", "nb")])
def test_a_report_is_in_the_language_the_municipality_has_chosen_unless_another_is_asked_for(written, demo_desk, asked, language):
    demo_desk.home.alert_settings.parent.mkdir(parents=True, exist_ok=True)
    demo_desk.home.alert_settings.write_text('[2012]\nchannel = "file"\nlanguage = "nn"\n', encoding="utf-8")
    (report,) = written(unit="2012", period="2018-T3", language=asked).values()
    assert f'<html lang="{language}">' in report.report.read_text(encoding="utf-8")


def test_a_form_without_findings_is_not_handed_back_and_an_earlier_copy_is_taken_away(demo_desk, demo_home, written):
    delivery_id = one(demo_desk.connection, "SELECT delivery_id FROM findings.finding WHERE rule_id = 'VR34'")
    book = written(delivery_id, home=demo_home)[delivery_id].workbook
    assert book.is_file()
    demo_desk.connection.execute("DELETE FROM findings.finding")
    demo_desk.connection.execute("DELETE FROM findings.delivery_finding")
    assert written(delivery_id, home=demo_home)[delivery_id].workbook is None and not book.exists()


def test_interview_codings_get_no_report_that_a_withdrawal_would_have_to_find(written, demo_desk):
    ids = [row["delivery_id"] for row in records(
        demo_desk.connection, "SELECT delivery_id FROM register.delivery WHERE stem = 'interview_codings'")]
    assert ids and written(*ids) == {}


def test_the_report_of_a_replaced_delivery_says_so_and_claims_nothing_of_rules_run_on_the_newer_one(demo_desk, written):
    demo_desk.put("2012/svar.xlsx", form(**FAULTY))
    (first,) = demo_desk.take_in()
    demo_desk.put("2012/svar.xlsx", form(fosterhjem_i_alt=21, over_1ks=20))
    (second,) = demo_desk.take_in()
    demo_desk.build()
    reports = written(first.delivery_id, second.delivery_id)
    old, new = (shown(reports[outcome.delivery_id].report) for outcome in (first, second))
    assert "erstattet av en nyere leveranse" in old and "F30 " in old and "VR07" not in old
    assert "Versjon 3" in new and "Godtatt, og gjelder nå" in new and re.search(r"VR07 .{0,80}Feil Ingen feil funnet", new)


def test_a_refused_file_is_reported_under_its_sender_from_quarantine(demo_desk, written):
    demo_desk.put("2012/hovedbok.csv", LEDGER.replace(b"52 000,00", b"mye"))
    (outcome,) = demo_desk.take_in()
    (report,) = written(outcome.delivery_id).values()
    assert outcome.state == "refused" and report.report.parent.parts[-2:] == ("2012", "ukjent")
    text = shown(report.report)
    assert "Avvist" in text and "F03" in text and "beloep_kr mye" in text and "Ingen feil funnet" not in text


def test_the_command_writes_to_a_folder_and_lists_what_it_wrote(demo_home, tmp_path, capsys):
    assert main(["report", "--unit", "2012", "--period", "2018-T3", "--out", str(tmp_path), "--home", str(demo_home.root),
                 "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert Path(report["report"]).is_file() and set(report) == {"delivery_id", "report", "workbook", "open", "findings"}
    assert main(["report", "9999", "--home", str(demo_home.root)]) == 2
    assert "9999" in capsys.readouterr().err


def test_an_unknown_unit_is_wrong_usage(demo_home, tmp_path, capsys):
    assert main(["report", "--unit", "0301", "--home", str(demo_home.root), "--out", str(tmp_path)]) == 2
