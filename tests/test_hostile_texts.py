"""Texts from deliveries on their way out: names of files, cells, explanations; to terminal, page, CSV and workbook."""

import csv
import io
import json

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.forms.entry import Entry
from assets.forms.mapping_skeleton import mapping_skeleton
from assets.forms.workbook import workbook
from assets.publication import _csv
from dashboards.site import build_site
from pipelines.command_line import main
from warehouse.database import one
from warehouse.reference_data import reference_rows

SCRIPT = "<script>alert(1)</script>&copy;\"'"
HOSTILE_NAME = "hoved\x1b[2J\u202ebok\n.csv"
SHOWN_NAME = "hoved\\u001b[2J\\u202ebok .csv"
LEDGER = ("kommunenr;regnskapsaar;bilagsnr;bilagsdato;funksjon;art;ansvar;prosjekt;formaal_funksjon;fakturanr;"
          "leverandoer_orgnr;tekst;beloep_kr;omraade\n"
          "2012;2018;B1;15.03.2018;285;010;310;28516;244;;;=HYPERLINK(x);52 000,00;\n").encode()
UNSEEN = ("\x1b", "\u202e", "\x9b", "\x07")
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


def only_seen(text):
    return not any(mark in text for mark in UNSEEN)


@pytest.fixture(scope="module")
def hostile_release():
    """A release where every text a delivery can bring says the same script."""
    from dashboards.release import Release

    finding = {"finding_id": "a", "rule_id": "VR37", "level": "feil", "unit_code": "2012", "period": "2018", "stem": "ledger",
               "state": "åpen", "what": SCRIPT, "details": SCRIPT, "advice": SCRIPT, "explanation": SCRIPT, "indicator_ids": []}
    value = {"indicator_id": "B1-03", "unit_code": "2012", "period": "2018", "breakdown": "", "value": 444, "unit": "saker",
             "status": "ok", "basis": "delivered", "fact_id": None}
    return Release(
        (value,), {row["indicator_id"]: row for row in reference_rows("indicator")},
        {row["unit_code"]: row for row in reference_rows("unit")},
        ({"stem": "ledger", "file_name": SCRIPT, "received_on": "2019-01-01", "row_count": 1},), "2019-10-01", 3, False, (finding,),
        ({"unit_code": "2012", "period": "2018-T3", "delmaal": "B", "text": SCRIPT, "basis": "delivered"},), {"2012": 1})


def test_no_text_of_a_delivery_becomes_markup_on_any_page(hostile_release):
    pages = {name: content.decode() for name, content in build_site(hostile_release).items() if name.endswith(".html")}
    told = [name for name, text in pages.items() if "&lt;script&gt;alert(1)&lt;/script&gt;&amp;copy;" in text]
    assert {"om-tallene.html", "kommune-alta.html", "funn.html"} <= set(told)
    assert all("<script>alert" not in text and "</script>&copy;" not in text for text in pages.values())


def test_a_finding_of_a_delivery_is_no_formula_in_the_release(hostile_release):
    findings = [{**finding, "details": text} for finding in hostile_release.findings for text in ("=1+1", "@x", "-2+3", "\t=1")]
    lines = list(csv.DictReader(io.StringIO(_csv(findings).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [line["details"] for line in lines] == ["'=1+1", "'@x", "'-2+3", "'\t=1"]


def test_a_negative_number_in_the_release_is_a_number():
    (line,) = csv.DictReader(io.StringIO(_csv([{"value": -9.4, "sign": "-", "text": "-9,4"}]).decode("utf-8-sig")), delimiter=";")
    assert line == {"value": "-9.4", "sign": "-", "text": "-9,4"}


@given(st.lists(st.text(alphabet=st.sampled_from("=+-@\t\r\n ;\"'xå1,"), max_size=6), min_size=1, max_size=4))
def test_no_cell_of_a_table_of_ours_begins_as_a_formula_unless_it_is_a_number(texts):
    rows = [{"a": text, "b": text} for text in texts]
    for line, text in zip(csv.DictReader(io.StringIO(_csv(rows).decode("utf-8-sig"), newline=""), delimiter=";"), texts, strict=True):
        is_plain = text == "-" or text.strip("+-").replace(",", "").isdigit()
        assert is_plain or not line["a"].lstrip().startswith(FORMULA_MARKS)
        written = text.replace("\r\n", "\n").replace("\r", "\n")
        assert line["a"] in (written, f"'{written}") and line["a"] == line["b"]


@pytest.mark.parametrize("stem", ["tertial_reports", "data_requests"])
def test_no_cell_of_a_form_or_of_a_mapping_is_a_formula(stem):
    period = "2018-T3" if stem == "tertial_reports" else "2018"
    content = workbook(stem, "2012", period, previous={"meldinger": Entry(2)} if stem == "tertial_reports" else None)
    kinds = {cell.data_type for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row}
    lines = csv.reader(io.StringIO(mapping_skeleton(stem, "2012", period).decode("utf-8-sig"), newline=""), delimiter=";")
    assert kinds <= {"s", "n", "d"}
    assert [cell for line in lines for cell in line if cell.startswith(FORMULA_MARKS)] == []


def test_the_earlier_answer_in_a_form_is_a_text_also_when_it_begins_as_a_formula():
    content = workbook("tertial_reports", "2012", "2018-T3", previous={"tekst_a": Entry("=1+1"), "tekst_b": Entry("@SUM(A1)")})
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells if cell.column_letter == "E"} >= {"=1+1", "@SUM(A1)"}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_a_delivered_text_that_begins_as_a_formula_is_kept_as_it_was_delivered(tmp_path, capsys):
    (tmp_path / "hovedbok.csv").write_bytes(LEDGER)
    assert main(["read", str(tmp_path / "hovedbok.csv"), "--json"]) == 0
    assert "=HYPERLINK(x)" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["check"], ["check", "--json"], ["read"], ["read", "--json"], ["accounts"], ["accounts", "--json"]])
@pytest.mark.parametrize("content", [b"brev", "kommunenr;aar;funksjon;art;prosjekt;beloep_kr\n2012;\x1b[31m\u202e\x07;251;010;;1\n".encode()])
def test_nothing_of_a_file_or_its_name_commands_the_terminal(tmp_path, capsys, command, content):
    path = tmp_path / HOSTILE_NAME
    path.write_bytes(content)
    assert main([*command, str(path)]) == 11
    said = capsys.readouterr()
    assert only_seen(said.out) and only_seen(said.err) and "u001b[2J" in said.out + said.err
    if "--json" in command and said.out.strip():
        json.loads(said.out)


def test_a_name_that_cannot_be_written_is_shown_all_the_same(tmp_path, capsys):
    """A name in another encoding than the system's comes to Python as half characters."""
    path = tmp_path / "hovedb\udce5k.csv"
    path.write_bytes(b"brev")
    assert main(["check", str(path)]) == 11
    assert "hovedb\\udce5k.csv: formen er ukjent" in capsys.readouterr().out


def test_a_file_of_a_hostile_name_is_known_and_kept_under_what_can_be_seen_of_it(desk):
    desk.put(f"2012/{HOSTILE_NAME}", LEDGER)
    desk.put("2012/\x1b.txt", b"brev")
    desk.put("2012/hovedb\udce5k.csv", b"")
    outcomes = {outcome.file_name: outcome for outcome in desk.take_in()}
    desk.build()
    assert {name: outcome.state for name, outcome in outcomes.items()} == {
        SHOWN_NAME: "accepted", "\\u001b.txt": "refused", "hovedb\\udce5k.csv": "refused"}
    assert one(desk.connection, "SELECT file_name FROM register.delivery WHERE delivery_state = 'accepted'") == SHOWN_NAME
    assert [path.name for path in desk.home.deliveries.rglob("*.csv")] == [SHOWN_NAME]
    assert not [path for path in desk.home.inbox.rglob("*") if path.is_file()]
    assert one(desk.connection, "SELECT count(*) FROM raw.ledger_line") == 1


def test_a_hostile_name_as_long_as_a_name_can_be_is_kept_too(desk):
    desk.put("2012/" + "\x1b" * 200 + ".txt", b"brev")
    (outcome,) = desk.take_in()
    assert outcome.state == "refused" and outcome.file_name.endswith("\\u001b\\u001b.txt") and len(outcome.file_name) == 60
