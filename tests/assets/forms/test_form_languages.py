"""The form in bokmål and in nynorsk: all its texts, and that both are read alike."""

import io
import re
from datetime import date

import openpyxl
import pytest

from assets.forms import layout
from assets.forms.entry import WORD_OF_SIGN, Entry
from assets.forms.language import said
from assets.forms.layout import FORM_VERSION, TITLES, form_fields
from assets.forms.workbook import workbook
from assets.sources import reader_of
from assets.sources.form_answers import sign_of
from expectations.finding import DeliveryRefused
from warehouse.reference_data import reference_rows

PERIOD = {"tertial_reports": "2018-T3", "data_requests": "2018"}
ONLY_BOKMAAL = re.compile(
    r"\b(?:ikke|hvor|hva|hvilket|hvordan|hvorfor|noe|noen|bare|også|dem|selv|siden|fra|tall|tallene|navn|uten|"
    r"barneverntjenesten|fosterhjem|meldinger|plasseringer|undersøkelser|veiledning|måneder|dager|ansatte|ansatt|velg|"
    r"et|ett|en|én|annen|flere|hele|egen|egne|ble|begynte|gjelder|telles|slags|høyere|bekreftet)\b", re.IGNORECASE)


def texts_of(content):
    """Everything a reporter can read in a workbook: cells, comments, lists, help and error texts, names of sheets."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[:-1]:
        yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                yield from filter(None, (cell.value, cell.comment and cell.comment.text))
        for rule in sheet.data_validations.dataValidation:
            yield from filter(None, (rule.error, rule.errorTitle, rule.prompt, rule.promptTitle))
            yield from (rule.formula1.strip('"').split(",") if rule.type == "list" else ())


@pytest.fixture
def in_nynorsk(stem):
    before = {"akuttplasseringer": Entry(sign=".."), "akutt_familie": Entry(3)}
    return workbook(stem, "2012", PERIOD[stem], {}, before, language="nn")


def test_no_text_of_the_nynorsk_form_is_left_in_bokmaal(in_nynorsk):
    texts = {text for text in texts_of(in_nynorsk) if isinstance(text, str)}
    assert len(texts) > 100
    assert [text for text in texts if ONLY_BOKMAAL.search(text)] == []


@pytest.mark.parametrize(("text", "is_bokmaal"), [
    ("Meldinger i alt", True), ("Skriv ikke namn", True), ("fra beskjed", True), ("En gong", True),
    ("Det er fint", False), ("Éin tilsett", False), ("Frå vedtak", False), ("Tal som manglar", False)])
def test_the_words_looked_for_are_those_nynorsk_does_not_have(text, is_bokmaal):
    assert bool(ONLY_BOKMAAL.search(text)) == is_bokmaal


def test_every_text_has_one_nynorsk_and_no_nynorsk_is_for_a_text_nobody_writes():
    table = reference_rows("form_text_nn")
    assert len({row["text_nb"] for row in table}) == len(table)
    assert all(row["text_nn"] for row in table)
    written = {text for stem in TITLES for field in form_fields(stem)
               for text in (field.sheet, field.definition)} | {row["label_nb"] for row in reference_rows("form_field")}
    in_forms = {row["text_nb"] for row in table}
    assert written - {""} <= in_forms
    assert len(in_forms - written) < 40


def test_the_parts_of_a_text_are_the_same_in_both():
    for row in reference_rows("form_text_nn"):
        parts = [re.findall(r"\{\w+\}", text) for text in (row["text_nb"], row["text_nn"])]
        assert parts[0] == parts[1]


def test_a_text_without_nynorsk_is_an_error_and_never_bokmaal_in_its_place():
    with pytest.raises(KeyError):
        said("En tekst ingen har skrevet", "nn")


@pytest.mark.parametrize("sign", WORD_OF_SIGN)
def test_the_reasons_are_understood_in_both_languages(sign):
    assert sign_of(WORD_OF_SIGN[sign]) == sign_of(said(WORD_OF_SIGN[sign], "nn")) == sign


def test_the_choices_are_the_same_words_in_both(stem):
    assert [field.choices for field in form_fields(stem)] == [field.choices for field in form_fields(stem, "nn")]


def test_the_two_forms_are_read_alike(stem, fields):
    first, last = (date(2018, 9, 1), date(2018, 12, 31)) if stem == "tertial_reports" else (
        date(2018, 1, 1), date(2018, 12, 31))
    entries = {"periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry("plasseringsdato"),
               "akuttplasseringer": Entry(26, explanation="talt på nytt"), "akutt_familie": Entry(0, "-"),
               "akutt_institusjon": Entry(sign="...")}
    bokmaal, nynorsk = (reader_of(stem).read(workbook(stem, "2012", PERIOD[stem], entries, language=language), "x.xlsx")
                        for language in ("nb", "nn"))
    assert nynorsk.rows.drop_columns(["sheet"]).equals(bokmaal.rows.drop_columns(["sheet"]))
    assert (nynorsk.scope_keys, nynorsk.form_version) == (bokmaal.scope_keys, bokmaal.form_version)
    assert nynorsk.findings == bokmaal.findings == ()
    assert [cell.value for cell in nynorsk.cells] == [cell.value for cell in bokmaal.cells]


def test_the_hidden_sheet_says_the_language(in_nynorsk, filled):
    for content, language in ((in_nynorsk, "nn"), (filled(), "nb")):
        hidden = openpyxl.load_workbook(io.BytesIO(content))["_skjema"]
        assert (hidden["C1"].value, hidden["D1"].value) == ("språk", language)


def without_language(book):
    book["_skjema"]["C1"] = book["_skjema"]["D1"] = None


def test_a_form_from_before_there_were_languages_is_read_the_same(stem, filled, edited):
    content = filled(stem, entries={"akuttplasseringer": Entry(26)})
    assert reader_of(stem).read(edited(content, without_language), "x.xlsx").rows.equals(
        reader_of(stem).read(content, "x.xlsx").rows)


# Versions

@pytest.fixture
def next_version(monkeypatch):
    """Reading as it will be when the form has got a new version and `aarsverk_barnevern` has changed meaning in it."""
    monkeypatch.setitem(layout.FORM_VERSION, "tertial_reports", "tertial_reports 2")
    monkeypatch.setitem(layout.OLDER_VERSIONS, "tertial_reports", {
        "tertial_reports 1": frozenset({"aarsverk_barnevern", "taken_away"})})


def of_an_older_version(book):
    hidden = book["_skjema"]
    assert (hidden["A11"].value, hidden["A12"].value) == ("kompetanse_barnevern", "kompetanse_tiltaksteam")
    hidden["B2"], hidden["A11"], hidden["A12"] = "tertial_reports 1", None, "taken_away"


def test_an_older_form_is_read_and_what_it_cannot_say_is_not_reported(filled, edited, next_version):
    content = edited(filled(entries={"meldinger": Entry(255), "aarsverk_barnevern": Entry(30)}), of_an_older_version)
    reading = reader_of("tertial_reports").read(content, "x.xlsx")
    rows = {row["field_id"]: row for row in reading.rows.to_pylist()}
    assert reading.form_version == "tertial_reports 1" and rows["meldinger"]["value"] == 255
    for field_id in ("aarsverk_barnevern", "kompetanse_barnevern", "kompetanse_tiltaksteam"):
        assert (rows[field_id]["value"], rows[field_id]["status_sign"]) == (None, "..")
        assert (rows[field_id]["sheet"], rows[field_id]["cell"]) == ("_skjema", "A1")
    assert set(rows) == {field.field_id for field in form_fields("tertial_reports")}


def test_a_form_of_the_present_version_must_have_every_field(filled, edited, next_version):
    def change(book):
        book["_skjema"]["A11"] = None
    with pytest.raises(DeliveryRefused) as refused:
        reader_of("tertial_reports").read(edited(filled(), change), "x.xlsx")
    assert [finding.rule_id for finding in refused.value.findings] == ["F34"]
    assert FORM_VERSION["tertial_reports"] == "tertial_reports 2"
