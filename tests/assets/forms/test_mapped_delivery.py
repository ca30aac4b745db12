"""A home-made workbook through the door: joined with its mapping, kept together, read again the same, never half."""

import json
import os
from datetime import datetime

import openpyxl
import pytest

from assets.intake import settled, waiting_files
from assets.mapping_side_car import joined, mapping_of
from assets.provenance_marks import side_car_of
from assets.raw_loading import load_delivery
from assets.sources.mapped_pair import pair_in
from pipelines.trace import trace
from warehouse.database import records, rows

LINES = """felt_id;ark;celle;radtekst;kolonnetekst;enhet;verdi
skjema;;;;;;Tertialrapport
kommunenummer;;;;;;2012
periode;;;;;;2018-T3
periode_fra;;;;;;01.09.2018
periode_til;;;;;;31.12.2018
dateringsgrunnlag;;;;;;vedtaksdato
meldinger;Ark;;Meldinger;3. tertial;;
forsoek_i_alt;Ark;C3;;;kr;
"""
FILE = "2012/hjemme.xlsx"


@pytest.fixture
def home_made(tmp_path):
    """A workbook with 255 reports and an amount in kroner."""
    book = openpyxl.Workbook()
    book.active.title = "Ark"
    for row in (("", "2. tertial", "3. tertial"), ("Meldinger", 200, 255), ("Forsøket", 1, 34_900_500), ("Akutt", 9, 14),
                ("I alt", 30, 35)):
        book.active.append(row)
    book.save(tmp_path / "bok.xlsx")
    return (tmp_path / "bok.xlsx").read_bytes()


@pytest.fixture
def put_both(desk, home_made):
    def put(lines=LINES, name=FILE):
        desk.put(name + ".mapping.csv", lines.encode())
        return desk.put(name, home_made)
    return put


def in_force(desk):
    desk.build()
    return dict(rows(desk.connection, "SELECT field_id, value FROM core.form_value WHERE status = 'ok'"))


def test_the_two_become_one_delivery_with_the_numbers_in_our_units(desk, put_both, home_made):
    put_both()
    (outcome,) = desk.take_in()
    assert (outcome.state, outcome.stem, outcome.file_name) == ("accepted", "tertial_reports", "hjemme.xlsx.zip")
    assert in_force(desk) == {"meldinger": 255, "forsoek_i_alt": 34_900.5}
    (delivery,) = records(desk.connection, "SELECT sha256, form_version, file_name FROM register.delivery")
    (kept,) = (desk.home.deliveries / delivery["sha256"]).iterdir()
    pair = pair_in(kept.read_bytes())
    assert (kept.name, delivery["form_version"]) == ("hjemme.xlsx.zip", "mapping 1")
    assert (pair.workbook, pair.mapping) == (home_made, LINES.encode())
    assert [path.name for path in desk.home.inbox.rglob("*") if path.is_file()] == []


def test_the_trace_goes_to_the_municipalitys_own_cell(desk, put_both):
    put_both(LINES + "akuttplasseringer;Ark;C4;;;;\nnye_plasseringer;Ark;;I alt;3. tertial;;\n")
    desk.take_in()
    desk.build()
    (value,) = trace(desk.connection, "C5-02", "2012", "2018-T3")
    assert value.value == value.from_parts == 14 / 35
    assert {(part["file_name"], part["sheet"], part["cell"], part["amount"]) for part in value.parts} == {
        ("hjemme.xlsx.zip", "Ark", "C4", 14), ("hjemme.xlsx.zip", "Ark", "C5", 35)}


def test_what_is_kept_is_enough_to_read_it_again(desk, put_both):
    put_both()
    desk.take_in()
    before = rows(desk.connection, "SELECT * FROM raw.tertial_reports_cell ORDER BY ALL")
    load_delivery(desk.connection, desk.home, 1)
    assert rows(desk.connection, "SELECT * FROM raw.tertial_reports_cell ORDER BY ALL") == before and len(before) == 57


def test_the_same_two_are_a_duplicate_and_another_mapping_is_another_delivery(desk, put_both):
    for lines, state, value in ((LINES, "accepted", 255), (LINES, "duplicate", 255),
                                (LINES.replace("3. tertial", "2. tertial"), "accepted", 200)):
        put_both(lines)
        assert [outcome.state for outcome in desk.take_in()] == [state]
        assert in_force(desk)["meldinger"] == value
    assert rows(desk.connection, "SELECT count(DISTINCT sha256) FROM register.delivery") == [(2,)]


def test_a_refused_one_is_kept_with_its_mapping_and_the_line_that_was_wrong(desk, put_both, home_made):
    put_both(LINES.replace("Meldinger;3. tertial", "Bekymringsmeldinger;3. tertial"))
    desk.put("2012/ren.xlsx", home_made)
    assert [outcome.state for outcome in desk.take_in()] == ["refused", "refused"]
    reasons = {file["file"]: file["reasons"] for path in desk.home.quarantine.glob("*/reason.json")
               if (file := json.loads(path.read_bytes()))}
    assert [(one["rule_id"], one["line_numbers"]) for one in reasons["hjemme.xlsx.zip"]] == [("F44", [8])]
    (without,) = reasons["ren.xlsx"]
    assert without["rule_id"] == "F32" and "<arbeidsbokens navn>.mapping.csv" in without["message"]


def test_our_own_form_is_not_read_through_a_mapping(desk, filled):
    desk.put(FILE + ".mapping.csv", LINES.encode())
    desk.put(FILE, filled())
    (outcome,) = desk.take_in()
    assert outcome.state == "refused" and "leses uten mapping" in outcome.findings[0].message


def test_anothers_workbook_and_a_period_that_is_not_over_are_refused_as_a_forms_are(desk, put_both):
    put_both(name="0729/hjemme.xlsx")
    assert [finding.rule_id for finding in desk.take_in()[0].findings] == ["A01"]
    put_both()
    assert [finding.rule_id for finding in desk.take_in(datetime(2018, 12, 31))[0].findings] == ["A05"]


# On disk

def test_a_mapping_is_not_a_file_to_take_in_and_both_must_have_settled(desk, put_both):
    path = put_both()
    assert waiting_files(desk.home) == [path]
    written = path.stat().st_mtime
    os.utime(mapping_of(path), (written + 9, written + 9))
    assert not settled(path, lambda: written + 10) and settled(path, lambda: written + 12)


@pytest.mark.parametrize("left", ["all three", "the workbook and the joined file", "the joined file"])
def test_wherever_the_joining_was_broken_off_there_is_one_delivery_in_the_end(desk, put_both, home_made, left):
    path = put_both()
    target = joined(path)
    assert not path.exists() and not mapping_of(path).exists()
    if left != "the joined file":
        desk.put(FILE, home_made)
    if left == "all three":
        desk.put(FILE + ".mapping.csv", LINES.encode())
    assert target.name == "hjemme.xlsx.zip"
    assert [(outcome.state, outcome.file_name) for outcome in desk.take_in()] == [("accepted", "hjemme.xlsx.zip")]
    assert [path for path in desk.home.inbox.rglob("*") if path.is_file()] == []


def test_marks_of_basis_follow_the_workbook_into_the_joined_file(desk, put_both):
    path = put_both()
    marks = {"constructed_demo": True, "pieces": [{"place_from": 1, "place_to": 57, "basis": "constructed"}]}
    side_car_of(path).write_text(json.dumps(marks), encoding="utf-8")
    desk.take_in()
    assert rows(desk.connection, "SELECT place_from, place_to, basis FROM register.provenance") == [
        (1, 57, "constructed")]
    assert [path for path in desk.home.inbox.rglob("*") if path.is_file()] == []


def test_a_file_that_is_no_workbook_is_left_as_it_is(desk):
    path = desk.put("2012/hovedbok.csv", b"kommunenr;beloep_kr")
    desk.put("2012/hovedbok.csv.mapping.csv", LINES.encode())
    assert joined(path) == path and mapping_of(path).exists()
