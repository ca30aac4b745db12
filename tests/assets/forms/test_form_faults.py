"""Forms that are refused: each fault is named with its sheet and cell and what to do, and all are told at once."""

import io
from datetime import date

import openpyxl
import pytest

from assets.forms.entry import Entry
from assets.sources import reader_of, recognise
from expectations.finding import DeliveryRefused

REPORTS, COUNT, PERIOD_SHEET = "B Forebygging", "B4", "Om rapporten"


def read(content, stem="tertial_reports", name="rapport.xlsx"):
    return reader_of(stem).read(content, name)


def rows_of(reading):
    return {row["field_id"]: row for row in reading.rows.to_pylist()}


def refused(content, stem="tertial_reports"):
    with pytest.raises(DeliveryRefused) as refusal:
        read(content, stem)
    assert {finding.level for finding in refusal.value.findings} == {"kritisk_feil"}
    return refusal.value.findings


def setting(sheet, cell, value, number_format=None):
    """A change: this value in this cell, as somebody's spreadsheet would put it there."""
    def change(book):
        book[sheet][cell] = value
        if number_format:
            book[sheet][cell].number_format = number_format
    return change


# What is refused, one fault at a time

FAULTS = {
    "text where a number belongs": (setting(REPORTS, COUNT, "12 500,-"), "F03", REPORTS, COUNT, "fant «12 500,-»"),
    "a word where a number belongs": (
        setting(REPORTS, COUNT, "ikke rapportert"), "F03", REPORTS, COUNT, "velg ordet i listen ved siden av"),
    "a number that could mean two": (setting(REPORTS, COUNT, "12.500"), "F03", REPORTS, COUNT, "fant «12.500»"),
    "a date where a number belongs": (
        setting(REPORTS, COUNT, date(2018, 3, 2)), "F03", REPORTS, COUNT, "fant «2018-03-02», som er en dato"),
    "a number that looks like a date": (
        setting(REPORTS, COUNT, 12, "dd.mm.yyyy"), "F03", REPORTS, COUNT, "som er en dato"),
    "true where a number belongs": (setting(REPORTS, COUNT, True), "F03", REPORTS, COUNT, "som er sant eller usant"),
    "an impossible number": (setting(REPORTS, COUNT, 1e12), "F03", REPORTS, COUNT, "større enn noe tall"),
    "a negative count": (setting(REPORTS, COUNT, -1), "F39", REPORTS, COUNT, "fant «-1», som er negativt"),
    "a count with decimals": (setting(REPORTS, COUNT, 2.5), "F39", REPORTS, COUNT, "fant «2,5», som har desimaler"),
    "negative staff": (setting("A Kompetanse", "B5", -0.5), "F39", "A Kompetanse", "B5", "som er negativt"),
    "a formula without value": (
        setting(REPORTS, COUNT, "=1+2"), "F36", REPORTS, COUNT, "formelen i cellen har ingen verdi"),
    "a formula without value in the list": (
        setting(REPORTS, "C4", "=A1"), "F36", REPORTS, "C4", "formelen i cellen har ingen verdi"),
    "an error in the cell": (setting(REPORTS, COUNT, "#DIV/0!"), "F36", REPORTS, COUNT, "cellen viser feilen #DIV/0!"),
    "a word outside the list": (setting(REPORTS, "C4", "vet ikke"), "F04", REPORTS, "C4", "fant «vet ikke»"),
    "a dating basis outside the list": (
        setting(PERIOD_SHEET, "B6", "slump"), "F04", PERIOD_SHEET, "B6", "Velg vedtaksdato, oppstartsdato"),
    "no first day": (setting(PERIOD_SHEET, "B4", None), "VR09", PERIOD_SHEET, "B4", "cellen er tom"),
    "no last day": (setting(PERIOD_SHEET, "B5", None), "VR09", PERIOD_SHEET, "B5", "cellen er tom"),
    "no dating basis": (setting(PERIOD_SHEET, "B6", "  "), "VR09", PERIOD_SHEET, "B6", "cellen er tom"),
    "the last day of a quarter": (
        setting(PERIOD_SHEET, "B5", date(2018, 9, 30)), "VR43", PERIOD_SHEET, "B5", "skal det stå 2018-12-31"),
    "the first day of another tertial": (
        setting(PERIOD_SHEET, "B4", date(2018, 5, 1)), "VR43", PERIOD_SHEET, "B4", "skal det stå 2018-09-01"),
    "a quarter in words": (
        setting(PERIOD_SHEET, "B4", "3. kvartal 2018"), "VR43", PERIOD_SHEET, "B4", "aldri et kvartal"),
    "no day of any calendar": (setting(PERIOD_SHEET, "B4", "31.09.2018"), "F05", PERIOD_SHEET, "B4", "ikke finnes"),
    "a number that is no day": (setting(PERIOD_SHEET, "B4", 9, "General"), "F05", PERIOD_SHEET, "B4", "ikke er en dato"),
    "a quarter as period": (setting("_skjema", "B4", "2019-K1"), "VR43", "_skjema", "B4", "fant «2019-K1»"),
    "a quarter as a person says it": (
        setting("_skjema", "B4", "1. kvartal 2019"), "VR43", "_skjema", "B4", "aldri et kvartal"),
    "a quarter in English": (setting("_skjema", "B4", "2019 Q1"), "VR43", "_skjema", "B4", "som er et kvartal"),
    "a year in place of a tertial": (setting("_skjema", "B4", 2018), "F05", "_skjema", "B4", "ikke er et tertial"),
    "a name in place of a municipality number": (
        setting("_skjema", "B3", "Alta"), "F04", "_skjema", "B3", "ikke er et kommunenummer"),
    "a number that lost its zero": (setting("_skjema", "B3", 627), "F04", "_skjema", "B3", "fant «627»"),
    "a municipality that never was": (setting("_skjema", "B3", "9999"), "F04", "_skjema", "B3", "fant «9999»"),
    "another version": (setting("_skjema", "B2", "tertial_reports 9"), "F33", "_skjema", "B2", "tertial_reports 9"),
    "another form": (setting("_skjema", "B1", "noe_annet"), "F32", "_skjema", "B1", "fant «noe_annet»"),
    "an unknown field": (setting("_skjema", "A10", "meldinger_nye"), "F34", "_skjema", "A10", "«meldinger_nye» finnes ikke"),
    "a field twice": (setting("_skjema", "A11", "ansatte_barnevern"), "F34", "_skjema", "A11", "«ansatte_barnevern» står to ganger"),
    "a field taken out": (setting("_skjema", "A10", None), "F34", "_skjema", None, "aarsverk_barnevern mangler"),
    "a place on no sheet": (setting("_skjema", "B10", "Borte"), "F32", "_skjema", "A10", "Borte!B5, C5, D5"),
    "a place that is no cell": (setting("_skjema", "C10", "ZZZZ1"), "F32", "_skjema", "A10", "finnes ikke"),
    "a place outside the sheet": (setting("_skjema", "C10", "B1048577"), "F32", "_skjema", "A10", "finnes ikke"),
    "a place in the hidden sheet": (setting("_skjema", "B10", "_skjema"), "F32", "_skjema", "A10", "finnes ikke"),
    "two fields in one cell": (setting("_skjema", "C10", "B4"), "F32", "_skjema", "A10", "samme celle"),
    "a label somebody changed": (
        setting(REPORTS, "A4", "Bekymringsmeldinger"), "F35", REPORTS, "A4", "her skal det stå «Meldinger i alt»"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_sheet_and_cell_and_what_to_do(filled, edited, name):
    change, rule_id, sheet, cell, text = FAULTS[name]
    found = refused(edited(filled(), change))
    finding = next(one for one in found if (one.rule_id, one.sheet, one.cell) == (rule_id, sheet, cell))
    place = f"rapport.xlsx, ark «{sheet}»" + (f", celle {cell}" if cell else "")
    assert finding.message.startswith(place) and text in finding.message
    assert finding.message.rstrip().endswith(".") and finding.file == "rapport.xlsx"
    assert finding.source == "tertial_reports"


def test_a_row_that_was_moved_is_refused_and_never_read_as_another_field(filled, edited):
    found = refused(edited(filled(entries={"meldinger": Entry(90)}), lambda book: book[REPORTS].insert_rows(5)))
    assert {(one.rule_id, one.sheet) for one in found} == {("F35", REPORTS)}
    assert found[0].cell == "A5" and found[0].expected == "Meldinger om nyfødte og ufødte"


@pytest.mark.parametrize("word", ["ikke rapportert", "ikke aktuelt", "bekreftet null", "kommer senere"])
def test_a_number_beside_any_reason_for_its_absence_is_refused(filled, edited, word):
    def change(book):
        book[REPORTS]["B4"], book[REPORTS]["C4"] = 4, word
    (finding,) = refused(edited(filled(), change))
    assert (finding.rule_id, finding.sheet, finding.cell) == ("F38", REPORTS, COUNT)
    assert f"fant «4», som står sammen med «{word}»" in finding.message


@pytest.mark.parametrize("word", ["Bekreftet null", " BEKREFTET NULL "])
def test_a_reason_typed_with_other_capitals_is_the_same_reason(filled, edited, word):
    assert rows_of(read(edited(filled(), setting(REPORTS, "C4", word))))["meldinger"]["status_sign"] == "-"


def test_every_fault_of_a_form_is_told_at_once(filled, edited):
    def change(book):
        book[REPORTS]["B4"], book[REPORTS]["B5"], book[PERIOD_SHEET]["B6"] = "mange", -1, None
    assert [(one.rule_id, one.sheet, one.cell) for one in refused(edited(filled(), change))] == [
        ("F03", REPORTS, "B4"), ("F39", REPORTS, "B5"), ("VR09", PERIOD_SHEET, "B6")]


def test_a_fault_belongs_to_the_municipality_and_period_of_the_form(filled, edited):
    content = edited(filled(code="0722", period="2017-T3"), setting(REPORTS, COUNT, "x"))
    assert [(one.unit_code, one.period) for one in refused(content)] == [("0729", "2017-T3")]


def test_a_formula_with_its_value_is_read_as_the_value(filled, repacked):
    """As a spreadsheet saves it: the formula and what it came to."""
    def change(members):
        sheet = "xl/worksheets/sheet3.xml"
        before = members[sheet]
        members[sheet] = before.replace(b"<v>90</v>", b"<f>80+10</f><v>90</v>")
        assert members[sheet] != before
    content = repacked(filled(entries={"meldinger": Entry(90)}), change)
    assert rows_of(read(content))["meldinger"]["value"] == 90.0


def test_a_formula_outside_the_fields_does_not_matter(filled, edited):
    assert read(edited(filled(), setting(REPORTS, "F30", "=1+2"))).findings == ()


def test_a_year_form_whose_period_ends_before_it_begins_is_refused(filled, edited):
    change = setting("Om dataforespørselen", "B4", date(2019, 1, 1))
    assert [(one.rule_id, one.cell) for one in refused(edited(filled("data_requests"), change), "data_requests")] == [
        ("F05", "B5")]


def test_a_workbook_without_the_hidden_sheet_is_refused_with_the_way_to_a_form(filled, edited):
    def change(book):
        del book["_skjema"]
    content = edited(filled(), change)
    assert recognise(content, "rapport.xlsx").STEM == "tertial_reports"
    (finding,) = refused(content)
    assert finding.rule_id == "F32" and "«folgeeval template»" in finding.message


def test_anybodys_workbook_is_refused_the_same_way():
    book = openpyxl.Workbook()
    book.active["A1"] = "budsjett"
    saved = io.BytesIO()
    book.save(saved)
    assert [one.rule_id for one in refused(saved.getvalue())] == ["F32"]
