"""Forms read back: what was written comes back, each fault is named with its cell, and missing is never zero."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.forms.entry import WORD_OF_SIGN, Entry
from assets.forms.layout import FORM_VERSION, form_fields
from assets.forms.periods import period_days
from assets.forms.workbook import workbook
from assets.sources import recognise, reader_of
from assets.sources.reading import ScopeKey
from expectations.finding import DeliveryRefused

PERIOD = {"tertial_reports": "2018-T3", "data_requests": "2018"}
REPORTS, COUNT, AMOUNT, PERIOD_SHEET = "B Forebygging", "B4", "B4", "Om rapporten"


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


# What is read

def test_a_form_is_known_by_what_it_says_of_itself(stem, filled):
    reading = read(filled(stem), stem)
    assert recognise(filled(stem), "uten_endelse").STEM == stem
    assert (reading.stem, reading.form_version) == (stem, FORM_VERSION[stem])
    assert reading.scope_keys == (ScopeKey("2012", PERIOD[stem]),)
    assert reading.findings == ()


def test_every_field_is_a_row_with_its_number_sheet_and_cell(stem, filled):
    rows = read(filled(stem), stem).rows.to_pylist()
    assert [(row["cell_number"], row["field_id"], row["sheet"], row["cell"]) for row in rows] == [
        (field.number, field.field_id, field.sheet, field.value_cell) for field in form_fields(stem)]
    assert {(row["municipality_code"], row["period"]) for row in rows} == {("2012", PERIOD[stem])}


def test_an_empty_figure_is_not_reported_and_never_zero(stem, filled):
    rows = rows_of(read(filled(stem), stem))
    figures = [rows[field.field_id] for field in form_fields(stem) if field.is_figure]
    assert {(row["value"], row["value_text"], row["status_sign"]) for row in figures} == {(None, None, "..")}


@pytest.mark.parametrize(("entry", "value", "sign", "status"), [
    # 0 with nothing chosen is a number somebody wrote; only «bekreftet null» makes it a true zero (VR58).
    (Entry(0), 0.0, None, "ok"),
    (Entry(0, "-"), 0.0, "-", "ok"),
    (Entry(None, "-"), 0.0, "-", "ok"),
    (Entry(None, "."), None, ".", "not_applicable"),
    (Entry(None, "..."), None, "...", "not_yet"),
    (Entry(0, ".."), None, "..", "not_reported"),
    (Entry(26), 26.0, None, "ok"),
    (Entry(), None, "..", "not_reported"),
])
def test_a_number_and_the_reason_for_its_absence(filled, entry, value, sign, status):
    reading = read(filled(entries={"meldinger": entry}))
    row = rows_of(reading)["meldinger"]
    assert (row["value"], row["status_sign"]) == (value, sign)
    (cell,) = [cell for cell in reading.cells if cell.keys["field_id"] == "meldinger"]
    assert (cell.value, cell.status, cell.unit, cell.sheet, cell.cell) == (value, status, "meldinger", REPORTS, COUNT)


def test_texts_choices_and_dates_stand_as_text(filled):
    rows = rows_of(read(filled(entries={"tekst_b": Entry("=1+1\nto linjer"), "meldinger": Entry(3, explanation="+47")})))
    assert [rows[name]["value_text"] for name in ("periode_fra", "periode_til", "dateringsgrunnlag", "tekst_b", "tekst_a")
            ] == ["2018-09-01", "2018-12-31", "vedtaksdato", "=1+1\nto linjer", None]
    assert rows["meldinger"]["explanation"] == "+47" and rows["meldinger_1_5"]["explanation"] is None


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
                 min_size=1, max_size=40).map(str.strip).filter(bool)
_NUMBERS = {"count": st.integers(0, 10**6), "amount": st.integers(-10**8, 10**8).map(lambda number: number / 8)}
# A spreadsheet keeps fifteen digits of a number.
_MEASURED = st.floats(0, 10**6, allow_nan=False).map(lambda number: abs(float(f"{number:.15g}")))


@st.composite
def entry_of(draw, field):
    """Any answer to a field."""
    if field.kind == "choice":
        return Entry(draw(st.sampled_from(field.choices)))
    words = draw(st.just("") | _TEXTS) if field.explanation_cell else ""
    if field.is_figure and draw(st.booleans()):
        return Entry(None, draw(st.sampled_from(tuple(WORD_OF_SIGN))), words)
    return Entry(draw(_TEXTS if field.kind == "text" else _NUMBERS.get(field.kind, _MEASURED)), None, words)


@st.composite
def entries_of(draw, stem):
    """Any answers to some fields of a form, beside the mandatory ones."""
    first, last = period_days(stem, PERIOD[stem])
    fields = draw(st.lists(st.sampled_from([one for one in form_fields(stem) if one.kind != "date"]), unique=True,
                           max_size=8))
    return {"periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry("vedtaksdato"),
            **{field.field_id: draw(entry_of(field)) for field in fields}}


def as_read(field, entry):
    """Value, text, sign and explanation that must come back for what was written."""
    words = entry.explanation or None
    if field.is_figure:
        sign = ".." if entry.value is None and entry.sign is None else entry.sign
        value = 0.0 if sign == "-" else None if entry.value is None else float(entry.value)
        return value, None, sign, words
    if entry.value is None:
        return None, None, "..", words
    return None, entry.value.isoformat() if isinstance(entry.value, date) else entry.value, None, words


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), stem=st.sampled_from(tuple(FORM_VERSION)))
def test_whatever_is_written_is_read_back(data, stem):
    entries = data.draw(entries_of(stem))
    rows = rows_of(read(workbook(stem, "2012", PERIOD[stem], entries), stem))
    for field in form_fields(stem):
        row = rows[field.field_id]
        assert (row["value"], row["value_text"], row["status_sign"], row["explanation"]) == as_read(
            field, entries.get(field.field_id, Entry()))


@pytest.mark.parametrize("text", ["_x000D_", "a_x0041_b", "_x005F_", "__x000a_", "«æøå» 😀 &amp; <b>", "a\tb"])
def test_a_text_with_a_spreadsheets_own_codes_comes_back_as_it_was(filled, text):
    assert rows_of(read(filled(entries={"tekst_a": Entry(text)})))["tekst_a"]["value_text"] == text


def test_line_ends_become_those_of_a_spreadsheet(filled):
    assert rows_of(read(filled(entries={"tekst_a": Entry("a\r\nb\rc")})))["tekst_a"]["value_text"] == "a\nb\nc"


def test_what_another_program_saved_is_read_the_same(stem, filled, edited):
    content = filled(stem, entries={"akuttplasseringer": Entry(26, explanation="alle"), "akutt_familie": Entry(0, "-")})
    assert read(edited(content, lambda book: None), stem).rows.equals(read(content, stem).rows)


# What is taken with a word

@pytest.mark.parametrize(("text", "value"), [
    ("12", 12.0), ("1 200", 1200.0), ("1\u00a0200", 1200.0), ("12,00", 12.0), (" 12 ", 12.0)])
def test_a_number_stored_as_text_is_taken_with_a_warning(filled, edited, text, value):
    reading = read(edited(filled(), setting(REPORTS, COUNT, text)))
    assert rows_of(reading)["meldinger"]["value"] == value
    (finding,) = reading.findings
    assert (finding.rule_id, finding.level, finding.unit_code, finding.period, finding.sheet, finding.cell) == (
        "F37", "advarsel", "2012", "2018-T3", REPORTS, COUNT)
    assert finding.message.startswith("rapport.xlsx, ark «B Forebygging», celle B4: tallet ")


def test_a_number_is_read_whatever_it_looks_like(filled, edited):
    rows = rows_of(read(edited(filled(), setting("G Økonomi", AMOUNT, 34900.5, "0"))))
    assert rows["forsoek_i_alt"]["value"] == 34900.5


@pytest.mark.parametrize("given", [43344, 43344.0, date(2018, 9, 1), "01.09.2018", "2018-09-01", " 1.9.2018 "])
def test_a_date_is_read_as_a_spreadsheet_or_a_person_writes_it(filled, edited, given):
    content = edited(filled(), setting(PERIOD_SHEET, "B4", given, "General" if isinstance(given, int | float) else None))
    assert rows_of(read(content))["periode_fra"]["value_text"] == "2018-09-01"


def test_a_count_a_formula_left_a_hair_beside_a_whole_number_is_whole(filled, edited):
    assert rows_of(read(edited(filled(), setting(REPORTS, COUNT, 2.9999999999999996))))["meldinger"]["value"] == 3.0


@pytest.mark.parametrize(("place", "text", "found"), [
    ("tekst_c", "Gjelder første kvartal 2019.", True), ("tekst_c", "Kvartalet gikk bra", True),
    ("tekst_c", "Tertialet gikk bra", False), ("tekst_c", "kvartalsvis", False)])
def test_the_word_for_a_quarter_in_a_report_is_a_finding_and_no_refusal(filled, place, text, found):
    findings = read(filled(entries={place: Entry(text)})).findings
    assert [(one.rule_id, one.level, one.sheet) for one in findings] == [("VR43", "feil", "Fremdrift")] * found


def test_an_explanation_beside_a_number_may_not_speak_of_quarters_either(filled):
    (finding,) = read(filled(entries={"meldinger": Entry(3, explanation="for 3. kvartal")})).findings
    assert (finding.rule_id, finding.sheet, finding.cell) == ("VR43", REPORTS, COUNT)


def test_a_year_form_about_other_days_is_taken_with_a_warning(filled, edited):
    change = setting("Om dataforespørselen", "B4", date(2018, 4, 1))
    (finding,) = read(edited(filled("data_requests"), change), "data_requests").findings
    assert (finding.rule_id, finding.level, finding.cell) == ("VR09", "advarsel", "B4")
    assert "fant 2018-04-01, men i 2018 ventes 2018-01-01" in finding.message


def test_a_sheet_of_the_reporters_own_is_said_not_to_be_read(filled, edited):
    (finding,) = read(edited(filled(), lambda book: book.create_sheet("Notater"))).findings
    assert (finding.rule_id, finding.level, finding.found) == ("F40", "informasjon", "Notater")


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
