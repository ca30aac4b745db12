"""A form handed back: a comment and a mark in each faulty cell, a list with links, and all else as it was delivered."""

import io
import zipfile
from functools import cache

import openpyxl
import pytest

from assets.forms import handed_back as module
from assets.forms.control_sheet import TITLES, is_control_sheet
from assets.forms.entry import Entry
from assets.forms.handed_back import EXPLAINED_FILL, FILLS, handed_back
from assets.forms.layout import form_fields
from assets.forms.periods import period_days
from assets.forms.workbook import workbook
from assets.sources import reader_of

STEM, PERIOD = "data_requests", "2018"
HEAD = "— Kontroll fra Følgeeval —"


@cache
def form(language="nb", **numbers):
    first, last = period_days(STEM, PERIOD)
    entries = {"periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry("vedtaksdato")}
    for field in form_fields(STEM):
        words = ("to\nlinjer «x»", "=1+1", "_x000D_ og _x005F_", "")[field.number % 4]
        if field.is_figure:
            value = field.number + 0.25 if field.kind in ("amount", "fte", "months", "days") else field.number
            entries[field.field_id] = Entry(sign="..", explanation=words) if field.number % 5 == 0 else Entry(value, explanation=words)
    entries |= {name: Entry(value) for name, value in numbers.items()}
    return workbook(STEM, "2012", PERIOD, entries, {"akuttplasseringer": Entry(7)}, language=language)


def place(field_id):
    field = next(field for field in form_fields(STEM) if field.field_id == field_id)
    return field.sheet, field.value_cell


def row(field_id="akuttplasseringer", **changes):
    sheet, cell = place(field_id)
    return {"finding_id": "0123456789abcdef", "rule_id": "VR05", "level": "feil", "state": "åpen", "sheet": sheet, "cell": cell,
            "line_numbers": None, "found": "25", "expected": "26", "message": "Fant 25. Summen er 26.", "explanation_nb": None,
            "explained_by": None, **changes}


MADE = {}


def back(findings, content=None, language="nb"):
    """Handed back; the same asked for twice is made once."""
    key = content, repr(findings), language
    if key not in MADE:
        MADE[key] = handed_back(content or form(), "svar.xlsx", findings, "Alta · 2018 · svar.xlsx", language)
    return MADE[key]


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def read(content):
    return reader_of(STEM).read(content, "svar.xlsx")


def comment(book, field_id="akuttplasseringer"):
    sheet, cell = place(field_id)
    return book[sheet][cell].comment


def fill(book, field_id="akuttplasseringer"):
    sheet, cell = place(field_id)
    return book[sheet][cell].fill.start_color.rgb[-6:]


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("findings", [[], [row()], [row(), row("fosterhjem_i_alt", level="advarsel")]])
def test_what_is_handed_back_reads_as_what_was_delivered_and_gives_no_finding_of_form(language, findings):
    content = form(language)
    before, after = read(content), read(back(findings, content, language))
    assert after.rows.to_pylist() == before.rows.to_pylist() and after.cells == before.cells
    assert after.findings == before.findings == () and after.scope_keys == before.scope_keys


def test_a_number_mended_in_what_is_handed_back_is_the_only_thing_that_is_changed():
    book = opened(back([row()]))
    sheet, cell = place("akuttplasseringer")
    book[sheet][cell] = 26
    saved = io.BytesIO()
    book.save(saved)
    before, after = ({one["field_id"]: one for one in read(content).rows.to_pylist()} for content in (form(), saved.getvalue()))
    assert {name for name in before if before[name] != after[name]} == {"akuttplasseringer"}
    assert after["akuttplasseringer"]["value"] == 26


def test_locks_typing_rules_comments_and_the_hidden_sheet_are_kept():
    before, after = opened(form()), opened(back([row()]))
    assert after.sheetnames == ["Kontroll", *before.sheetnames]
    assert after["_skjema"].sheet_state == "veryHidden" and after.security.lockStructure
    assert list(after["_skjema"].values) == list(before["_skjema"].values)
    for sheet in before.worksheets[:-1]:
        again = after[sheet.title]
        assert again.protection.sheet and len(again.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        for cells in sheet.iter_rows():
            for cell in cells:
                assert again[cell.coordinate].protection.locked == cell.protection.locked
                if cell.comment:
                    assert again[cell.coordinate].comment.text == cell.comment.text


def test_a_faulty_cell_has_level_message_and_what_to_do_in_its_comment():
    assert comment(opened(back([row()]))).text == (
        f"{HEAD}\n\nFeil VR05: Fant 25. Summen er 26.\nHva du skal gjøre: Rett totalen eller delene, eller forklar avviket.")


def test_in_nynorsk_the_comment_has_the_sentence_and_the_message_in_bokmaal():
    text = comment(opened(back([row()], language="nn"))).text
    assert "Feil VR05: Fann 25 i ark «Akutt og institusjon», celle B4. Venta 26." in text
    assert "Meldinga på bokmål: Fant 25. Summen er 26." in text and "Kva du skal gjere: Rett totalen" in text


def test_several_findings_in_one_cell_stand_in_one_comment_and_the_gravest_open_one_gives_the_mark():
    book = opened(back([row(), row(rule_id="VR58", level="advarsel", message="Mangler.")]))
    assert comment(book).text.count("Feil VR05") == comment(book).text.count("Advarsel VR58") == 1
    assert fill(book) == FILLS["feil"]


@pytest.mark.parametrize(("level", "state", "colour"), [
    ("kritisk_feil", "åpen", FILLS["kritisk_feil"]), ("advarsel", "åpen", FILLS["advarsel"]), ("feil", "forklart", EXPLAINED_FILL)])
def test_the_mark_follows_the_level_and_an_explained_finding_has_a_mark_of_its_own(level, state, colour):
    book = opened(back([row(level=level, state=state)]))
    assert fill(book) == colour and ("(forklart)" in comment(book).text) == (state == "forklart")


def test_a_comment_the_reporter_has_made_stands_before_ours_and_is_left_when_the_fault_is_mended():
    book = opened(form())
    sheet, cell = place("akuttplasseringer")
    book[sheet][cell].comment = openpyxl.comments.Comment("Se _x000D_ arkivsak", "Kari")
    saved = io.BytesIO()
    book.save(saved)
    once = back([row()], saved.getvalue())
    assert comment(opened(once)).text.startswith(f"Se _x000D_ arkivsak\n\n{HEAD}")
    assert comment(opened(back([], once))).text == "Se _x000D_ arkivsak"


def test_handed_back_again_it_says_only_what_is_found_now_and_a_mended_cell_looks_as_in_the_form():
    again = opened(back([row("fosterhjem_i_alt")], back([row()]), "nn"))
    assert comment(again) is None and fill(again) == fill(opened(form()))
    assert comment(again, "fosterhjem_i_alt").text.count("Feil VR05") == 1
    assert [name for name in again.sheetnames if name.startswith("Kontroll")] == ["Kontroll"]


def test_handed_back_twice_with_the_same_findings_it_is_the_same():
    once = back([row()])
    MADE.clear()
    assert back([row()]) == once and comment(opened(back([row()], once))).text == comment(opened(once)).text


def test_the_list_has_every_finding_and_a_link_to_each_cell_that_can_be_seen():
    hidden = row(sheet="_skjema", cell="A6", rule_id="F34", level="kritisk_feil")
    sheet = opened(back([hidden, row(), row(sheet=None, cell=None, rule_id="F47")]))["Kontroll"]
    lines = list(sheet.iter_rows(min_row=6))
    assert [line[1].value for line in lines] == ["F34", "VR05", "F47"]
    assert [line[2].hyperlink and line[2].hyperlink.location for line in lines] == [None, "'Akutt og institusjon'!B4", None]
    assert all(cell.data_type in ("s", "n") for line in sheet.iter_rows() for cell in line)


def test_without_a_finding_the_list_says_so():
    assert opened(back([]))["Kontroll"]["A6"].value == "Ingen feil funnet"


HOSTILE = ("=HYPERLINK(x)", "@SUM(A1)", "+1+1", "-2+3", "\t=1", "<script>&amp;", "\x1b[2J", "\ufffe", "_x000D_")


def test_no_text_found_in_a_file_is_a_formula_or_breaks_the_workbook():
    content = back([row(found=text, expected=text, message=text, explanation_nb=text, explained_by=text) for text in HOSTILE])
    book = opened(content)
    cells = [cell for line in book["Kontroll"].iter_rows() for cell in line if cell.value]
    assert {cell.data_type for cell in cells} == {"s"} and sum("script" in cell.value for cell in cells) == 4
    assert not [cell.value for cell in cells if cell.value.startswith(("=", "@", "+", "-", "\t"))]
    assert comment(book).text.startswith(HEAD) and read(content).findings == ()


def test_of_a_finding_that_is_withheld_the_list_and_the_comment_tell_the_rule_only():
    book = opened(back([row(is_withheld=True, message="Færder har 4711", found="4711", explanation_nb="4712")]))
    text = " ".join(str(cell.value) for line in book["Kontroll"].iter_rows() for cell in line if cell.value)
    for told in (text, comment(book).text):
        assert "VR05" in told and "Spør evaluator" in told and "471" not in told and "Færder" not in told


def test_a_formula_is_replaced_by_the_value_it_gave_and_the_list_says_so():
    content = form(akuttplasseringer=23)
    sheet_path = f"xl/worksheets/sheet{opened(content).sheetnames.index('Akutt og institusjon') + 1}.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[sheet_path] = members[sheet_path].replace(b"<v>23</v>", b"<f>10+13</f><v>23</v>")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    again = back([row()], packed.getvalue())
    assert b"<f>10+13</f>" in members[sheet_path] and "Formler" in opened(again)["Kontroll"]["A3"].value
    assert read(again).rows.to_pylist() == read(packed.getvalue()).rows.to_pylist()


def test_a_sheet_of_the_reporters_own_with_our_name_is_kept_and_told_of_as_before():
    book = opened(form())
    book.create_sheet("Kontroll")["A1"] = "Egne notater"
    saved = io.BytesIO()
    book.save(saved)
    again = back([row()], saved.getvalue())
    assert opened(again).sheetnames[0] == "Kontroll 2" and opened(again)["Kontroll"]["A1"].value == "Egne notater"
    assert [(one.rule_id, one.sheet) for one in read(again).findings] == [("F40", "Kontroll")]


@pytest.mark.parametrize(("name", "mark", "is_ours"), [
    ("Kontroll", TITLES[0], True), ("Kontroll 2", TITLES[1], True), ("Kontroll", "Notat", False), ("Notat", TITLES[0], False),
    ("Kontroll", None, False)])
def test_our_list_is_known_by_its_name_and_its_heading(name, mark, is_ours):
    assert is_control_sheet(name, mark) is is_ours


def no_form():
    saved = io.BytesIO()
    openpyxl.Workbook().save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"brev", no_form()])
def test_what_is_no_form_of_ours_is_not_handed_back(content):
    assert handed_back(content, "x.xlsx", [row()], "", "nb") is None


def test_a_workbook_far_larger_than_a_form_is_not_handed_back(monkeypatch):
    monkeypatch.setattr(module, "LARGEST_HANDED_BACK", 10_000)
    assert handed_back(form(), "svar.xlsx", [row()], "", "nb") is None
