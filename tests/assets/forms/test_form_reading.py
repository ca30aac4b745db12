"""Forms read back: what was written comes back, what is odd is taken with a word, missing is never zero."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.forms.entry import WORD_OF_SIGN, Entry
from assets.forms.layout import FORM_VERSION, form_fields
from assets.forms.periods import period_days
from assets.forms.workbook import workbook
from assets.sources import recognise, reader_of
from assets.sources.reading import ScopeKey

PERIOD = {"tertial_reports": "2018-T3", "data_requests": "2018"}
REPORTS, COUNT, AMOUNT, PERIOD_SHEET = "B Forebygging", "B4", "B4", "Om rapporten"


def read(content, stem="tertial_reports", name="rapport.xlsx"):
    return reader_of(stem).read(content, name)


def rows_of(reading):
    return {row["field_id"]: row for row in reading.rows.to_pylist()}


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
