"""The written form as a spreadsheet opens it: lists, definitions, protection, the hidden table, and the same bytes."""

import io
import subprocess
import sys
import time
from datetime import date, datetime

import openpyxl
import pytest

from assets.forms.entry import WORD_OF_SIGN, Entry
from assets.forms.layout import FORM_VERSION, form_fields, sheet_names
from assets.forms.workbook import workbook

PERIOD = {"tertial_reports": "2018-T3", "data_requests": "2018"}
SLOWEST = 0.5
"""Seconds of processor time for one workbook: several times what it takes, so that a slow machine does not fail."""


@pytest.fixture
def book(stem, filled) -> openpyxl.Workbook:
    """The empty form but for what is mandatory."""
    return openpyxl.load_workbook(io.BytesIO(filled(stem)))


def rules_of(sheet, cell):
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


def test_a_sheet_for_each_delmaal_and_one_that_nobody_sees(book, stem):
    assert tuple(book.sheetnames) == (*sheet_names(stem), "_skjema")
    assert [book[name].sheet_state for name in book.sheetnames] == ["visible"] * (len(book.sheetnames) - 1) + ["veryHidden"]


def test_the_title_says_whose_form_it_is_and_for_when(book, stem):
    for name in sheet_names(stem):
        assert book[name]["A1"].value.startswith(f"Alta · {'Tertialrapport' if stem[0] == 't' else 'Dataforespørsel'} "
                                                 f"{PERIOD[stem]} · {name}")


def test_every_field_has_its_label_and_its_definition_in_a_comment(book, stem):
    for field in form_fields(stem):
        label = book[field.sheet][f"A{field.row}"]
        assert label.value == field.label
        assert (label.comment.text if label.comment else "") == field.definition


def test_only_what_a_reporter_fills_in_is_unlocked(book, stem):
    open_cells = {(field.sheet, cell) for field in form_fields(stem)
                  for cell in (field.value_cell, field.status_cell, field.explanation_cell) if cell}
    found = {(sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row
             if not cell.protection.locked}
    assert found == open_cells


def test_structure_and_sheets_are_protected_without_a_password(book):
    assert book.security.lockStructure and book.security.workbookPassword is None
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in book)


def test_each_figure_has_the_four_reasons_in_a_list(book, stem):
    for field in form_fields(stem):
        if field.is_figure:
            (rule,) = rules_of(book[field.sheet], field.status_cell)
            assert (rule.type, rule.formula1) == (
                "list", '"ikke rapportert,ikke aktuelt,bekreftet null,kommer senere"')


def test_a_count_takes_whole_numbers_an_amount_any_and_a_choice_its_alternatives(book, stem):
    wanted = {"count": ("whole", "0"), "fte": ("decimal", "0"), "days": ("decimal", "0"), "months": ("decimal", "0"),
              "amount": ("decimal", "-1000000000")}
    for field in form_fields(stem):
        rules = [(rule.type, rule.formula1) for rule in rules_of(book[field.sheet], field.value_cell)]
        if field.kind == "choice":
            assert rules == [("list", f'"{",".join(field.choices)}"')]
        elif field.kind in wanted:
            assert rules == [wanted[field.kind]]


@pytest.mark.parametrize(("form", "style"), [("tertial_reports", "stop"), ("data_requests", "warning")])
def test_the_dates_are_held_to_the_period_firmly_in_a_tertial(filled, form, style):
    book = openpyxl.load_workbook(io.BytesIO(filled(form)))
    sheet = book.worksheets[0]
    (rule,) = rules_of(sheet, "B5")
    assert (rule.type, rule.operator, rule.errorStyle) == ("date", "equal", style)
    assert openpyxl.utils.datetime.from_excel(int(rule.formula1)) == datetime(2018, 12, 31)
    assert sheet["B5"].number_format == "dd\\.mm\\.yyyy" and sheet["B5"].value == datetime(2018, 12, 31)


def test_the_hidden_table_says_form_version_unit_period_and_where_every_field_is(book, stem):
    rows = list(book["_skjema"].iter_rows(values_only=True))
    assert [row[:2] for row in rows[:4]] == [
        ("skjema", stem), ("versjon", FORM_VERSION[stem]), ("kommunenummer", "2012"), ("periode", PERIOD[stem])]
    assert rows[5:] == [(field.field_id, field.sheet, field.value_cell, field.status_cell, field.explanation_cell,
                         field.label) for field in form_fields(stem)]


def test_an_entry_stands_in_its_cells_and_the_period_before_beside_it(stem, fields):
    field = fields["akuttplasseringer"]
    content = workbook(stem, "2012", PERIOD[stem], {"akuttplasseringer": Entry(0, "-", "ingen i år")}, {
        "akuttplasseringer": Entry(26), "akutt_institusjon": Entry(sign="..")})
    sheet = openpyxl.load_workbook(io.BytesIO(content))[field.sheet]
    assert [sheet[f"{column}{field.row}"].value for column in "BCDE"] == [0, "bekreftet null", "ingen i år", 26]
    assert sheet[f"E{fields['akutt_institusjon'].row}"].value == "ikke rapportert"
    assert sheet["E3"].value == f"Forrige periode ({'2018-T2' if stem[0] == 't' else '2017'})"


@pytest.mark.parametrize("text", ["=1+1", "+47", "-x", "@A1", "=HYPERLINK(\"x\")", "#REF!", "_x000D_"])
def test_a_text_that_looks_like_a_formula_is_a_text(text):
    content = workbook("tertial_reports", "2012", "2018-T3", {
        "tekst_a": Entry(text), "meldinger": Entry(3, explanation=text)})
    book = openpyxl.load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}
    assert book["Fremdrift"]["B4"].value.replace("_x005F", "") == text
    assert book["B Forebygging"]["D4"].number_format == "@"


@pytest.mark.parametrize(("field_id", "entry"), [
    ("meldinger", Entry("mange")), ("meldinger", Entry(True)), ("meldinger", Entry(date(2018, 1, 1))),
    ("meldinger", Entry(float("nan"))), ("periode_fra", Entry(2018)), ("periode_fra", Entry(sign=".")),
    ("dateringsgrunnlag", Entry("slump")), ("tekst_a", Entry("x", explanation="y")), ("tekst_a", Entry("\x00")),
    ("tekst_a", Entry("x" * 32_768)), ("tekst_a", Entry(3)), ("finnes_ikke", Entry(1)),
])
def test_an_entry_its_field_cannot_hold_is_an_error(field_id, entry):
    with pytest.raises(ValueError):
        workbook("tertial_reports", "2012", "2018-T3", {field_id: entry})


@pytest.mark.parametrize(("code", "period"), [
    ("2012", "2018"), ("2012", "2018-K1"), ("0729", "2017-T3"), ("0722", "2018-T1"), ("0301", "2018-T1")])
def test_a_municipality_or_period_that_is_none_is_an_error(code, period):
    with pytest.raises(ValueError):
        workbook("tertial_reports", code, period)


def test_noetteroey_is_named_before_faerder_was():
    book = openpyxl.load_workbook(io.BytesIO(workbook("tertial_reports", "0722", "2017-T3")))
    assert book.worksheets[0]["A1"].value.startswith("Nøtterøy · ")


def test_the_same_entries_give_the_same_bytes_also_in_another_process(stem, filled):
    content = filled(stem)
    assert filled(stem) == content
    program = ("import sys, hashlib; from assets.forms.workbook import workbook; "
               "print(hashlib.sha256(workbook(sys.argv[1], '2012', sys.argv[2])).hexdigest())")
    sums = {subprocess.run([sys.executable, "-c", program, stem, PERIOD[stem]], capture_output=True, text=True, check=True,
                           env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed}).stdout for seed in "12"}
    assert len(sums) == 1 and len(sums.pop().strip()) == 64


def test_other_entries_give_other_bytes(filled):
    assert len({filled(entries={"meldinger": Entry(number)}) for number in (1, 2)}) == 2


def test_a_workbook_is_written_quickly(filled):
    filled()
    began = time.process_time()
    filled()
    assert time.process_time() - began < SLOWEST


def test_every_sign_has_its_word_once():
    assert len(set(WORD_OF_SIGN.values())) == len(WORD_OF_SIGN) == 4
