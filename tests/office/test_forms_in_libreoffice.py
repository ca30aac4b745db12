"""Forms and home-made workbooks opened and saved by LibreOffice itself: nothing is lost, and all reads the same.

Run by `make test-office`; needs the program `soffice` (Debian's `libreoffice-calc`).
"""

import io
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from assets.forms.control_sheet import MARK_CELL, TITLES
from assets.forms.entry import Entry
from assets.forms.handed_back import FILLS, handed_back
from assets.forms.layout import form_fields
from assets.forms.periods import period_days
from assets.forms.workbook import workbook
from assets.sources import recognise, unknown_form
from assets.sources.mapped_pair import paired
from expectations.finding import DeliveryRefused

pytestmark = pytest.mark.office

LONGEST_CONVERSION = 120
SIGNS = ("..", ".", "-", "...")
FORMS = {"bokmaal": ("tertial_reports", "2018-T3", "nb"), "nynorsk": ("tertial_reports", "2018-T3", "nn"),
         "dataforespoersel": ("data_requests", "2018", "nb")}
MAPPING = """felt_id;ark;celle;radtekst;kolonnetekst;enhet;verdi
skjema;;;;;;Tertialrapport
kommunenummer;Hjemme;B1;;;;
periode;Hjemme;B2;;;;
periode_fra;Hjemme;B3;;;;
periode_til;;;;;;31.12.2018
dateringsgrunnlag;;;;;;vedtaksdato
nye_plasseringer;Hjemme;D;I alt;;;
akuttplasseringer;Hjemme;;I alt;Akutt;;
forsoek_i_alt;Hjemme;;Forsøket;Kroner;kr;
aarsverk_barnevern;Hjemme;;Årsverk;Kroner;;
"""
FAULT = {"finding_id": None, "rule_id": "VR58", "level": "advarsel", "state": "åpen", "sheet": "C Tiltak", "cell": "B6",
         "line_numbers": None, "found": "..", "expected": None, "message": "Fant ikke noe tall i celle B6.",
         "explanation_nb": None, "explained_by": None}
READ = {"nye_plasseringer": 45, "akuttplasseringer": 17, "forsoek_i_alt": 23_456.7, "aarsverk_barnevern": 12.5}


def filled(stem, period, language):
    """A form with something of every kind in it: numbers, signs, explanations, dates, choices, texts like formulas."""
    first, last = period_days(stem, period)
    entries = {"periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry("vedtaksdato")}
    before = {}
    for field in form_fields(stem):
        words = ("flyttet\ntil\u00a0en annen «enhet»", "=1+1", "")[field.number % 3]
        if field.is_figure:
            value = field.number + 0.25 if field.kind in ("amount", "fte", "months", "days") else field.number
            entries[field.field_id] = (Entry(sign=SIGNS[field.number % 4], explanation=words) if field.number % 5 == 0
                                       else Entry(value, explanation=words))
            before[field.field_id] = Entry(2 * field.number)
        elif field.kind == "text":
            entries[field.field_id] = Entry("+47 er ikke et tall\nAndre linje: 3 < 4 & «5»\n\n  innrykk")
    return workbook(stem, "2012", period, entries, before, language=language)


def home_made():
    """A workbook with formulas nobody has calculated, dates, a percentage, and formatting to the last row there is."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Hjemme"
    for row in (("Kommune", "2012"), ("Periode", "3. tertial 2018"), ("Fra", date(2018, 9, 1)), (),
                ("", "Akutt", "Kroner", "Nye"), ("september–oktober", 8, None, 20), ("november–desember", 9, None, 25),
                ("I alt", "=SUM(B6:B7)", None, "=SUM(D6:D7)"), ("Forsøket", None, "=23456000+700"),
                ("Årsverk", None, 12.5)):
        sheet.append(row)
    sheet["C10"].number_format = "0 %"
    for column in "ABCD":
        sheet.column_dimensions[column].font = openpyxl.styles.Font(name="Arial")
        sheet[f"{column}1048576"].fill = openpyxl.styles.PatternFill("solid", start_color="FFFFFF")
    return book


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The workbooks as we or others made them, and in `saved` as LibreOffice saved them, in `ods` in its own format."""
    folder = tmp_path_factory.mktemp("office")
    for name, form in FORMS.items():
        (folder / f"{name}.xlsx").write_bytes(filled(*form))
    home_made().save(folder / "hjemme.xlsx")
    for name in FORMS:
        (folder / f"{name}_tilbake.xlsx").write_bytes(handed_back(
            (folder / f"{name}.xlsx").read_bytes(), "x.xlsx", [FAULT], "Alta", FORMS[name][2]))
    _convert(folder, "xlsx:Calc MS Excel 2007 XML", "saved", [*FORMS, "hjemme", *(f"{name}_tilbake" for name in FORMS)])
    _convert(folder, "ods", "ods", ["bokmaal", "hjemme"])
    return folder


def _convert(folder: Path, kind: str, target: str, names: list[str]) -> None:
    program = shutil.which("soffice")
    assert program, "LibreOffice finnes ikke. Installer pakken libreoffice-calc."
    done = subprocess.run(
        [program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", kind,
         "--outdir", str(folder / target), *(str(folder / f"{name}.xlsx") for name in names)],
        capture_output=True, text=True, timeout=LONGEST_CONVERSION, env={**os.environ, "HOME": str(folder)})
    made = sorted(path.stem for path in (folder / target).glob("*"))
    assert made == sorted(names), done.stdout + done.stderr


@pytest.fixture(params=FORMS)
def books(request, folder):
    """A form before and after LibreOffice, as a spreadsheet library opens them."""
    return [openpyxl.load_workbook(folder / part / f"{request.param}.xlsx") for part in ("", "saved")]


def lists_of(sheet):
    """Every rule by cell: kind, bounds or choices, how firm it is, and its words."""
    return {cell: (rule.type, rule.operator or "between", rule.formula1, (rule.formula2 or "0"),
                   rule.errorStyle or "stop",
                   rule.error, rule.errorTitle, rule.prompt, rule.promptTitle)
            for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges
            for row in area.rows for cell in row}


def test_the_drop_down_lists_and_all_rules_of_typing_are_kept(books):
    before, after = ({sheet.title: lists_of(sheet) for sheet in book} for book in books)
    assert after == before and sum(map(len, before.values())) > 80


def test_the_definitions_in_comments_are_kept(books):
    before, after = ({(sheet.title, cell.coordinate): cell.comment.text for sheet in book for row in sheet.iter_rows()
                      for cell in row if cell.comment} for book in books)
    assert after == before and len(before) > 30


def test_only_what_a_reporter_fills_in_is_still_unlocked(books):
    before, after = ({(sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row
                      if not cell.protection.locked} for book in books)
    assert after == before and len(before) > 100
    assert all(sheet.protection.sheet for sheet in books[1])


def test_the_hidden_sheet_is_still_hidden_and_says_the_same(books):
    before, after = books
    assert after.sheetnames == before.sheetnames and after["_skjema"].sheet_state in ("hidden", "veryHidden")
    assert list(after["_skjema"].values) == list(before["_skjema"].values)


@pytest.mark.parametrize("name", FORMS)
def test_a_filled_form_reads_the_same_after_libreoffice(folder, name):
    before, after = ((folder / part / f"{name}.xlsx").read_bytes() for part in ("", "saved"))
    reader = recognise(after, f"{name}.xlsx")
    ours, theirs = reader.read(before, "x.xlsx"), reader.read(after, "x.xlsx")
    assert before != after and reader.STEM == FORMS[name][0]
    assert theirs.rows.to_pylist() == ours.rows.to_pylist()
    assert theirs.cells == ours.cells and theirs.findings == ours.findings == ()
    assert len({cell.status for cell in theirs.cells}) == 4


def through_mapping(content, mapping=MAPPING):
    delivered = paired("hjemme.xlsx", content, mapping.encode())
    return recognise(delivered, "hjemme.xlsx.zip").read(delivered, "hjemme.xlsx.zip")


def test_a_home_made_workbook_is_read_once_libreoffice_has_calculated_it(folder):
    with pytest.raises(DeliveryRefused) as refused:
        through_mapping((folder / "hjemme.xlsx").read_bytes())
    assert {(one.rule_id, one.cell) for one in refused.value.findings} == {("F36", "B8"), ("F36", "C9"), ("F36", "D8")}
    reading = through_mapping((folder / "saved" / "hjemme.xlsx").read_bytes())
    cells = {cell.keys["field_id"]: cell.value for cell in reading.cells if cell.status == "ok"}
    assert {name: cells[name] for name in READ} == READ and cells["periode_fra"] == "2018-09-01"
    assert [one.level for one in reading.findings] == ["informasjon"]


def test_a_percentage_libreoffice_saved_is_still_seen_to_be_a_share(folder):
    mapping = MAPPING.replace("Årsverk;Kroner;;", "Årsverk;Kroner;prosent;")
    with pytest.raises(DeliveryRefused) as refused:
        through_mapping((folder / "saved" / "hjemme.xlsx").read_bytes(), mapping)
    assert [(one.rule_id, one.line_numbers) for one in refused.value.findings] == [("F45", (11,))]


@pytest.mark.parametrize("name", ["bokmaal", "hjemme"])
def test_libreoffices_own_format_is_refused_with_what_to_do(folder, name):
    content = (folder / "ods" / f"{name}.ods").read_bytes()
    for delivered, file_name in ((content, f"{name}.ods"), (paired(f"{name}.ods", content, MAPPING.encode()),
        f"{name}.ods.zip")):
        reader = recognise(delivered, file_name)
        assert reader is not None, unknown_form(delivered, file_name).message
        with pytest.raises(DeliveryRefused) as refused:
            reader.read(delivered, file_name)
        (finding,) = refused.value.findings
        assert finding.rule_id == "F30" and "OpenDocument-regneark (.ods)" in finding.message
        assert "lagre det som Excel-arbeidsbok (.xlsx)" in finding.message


@pytest.mark.parametrize("name", FORMS)
def test_a_form_handed_back_reads_the_same_after_libreoffice_and_its_list_gives_no_finding(folder, name):
    """The reporter mends it there and delivers it again."""
    before, after = (folder / f"{name}.xlsx").read_bytes(), (folder / "saved" / f"{name}_tilbake.xlsx").read_bytes()
    reader = recognise(after, f"{name}.xlsx")
    ours, theirs = reader.read(before, "x.xlsx"), reader.read(after, "x.xlsx")
    assert theirs.rows.to_pylist() == ours.rows.to_pylist() and theirs.findings == ours.findings == ()


@pytest.mark.parametrize("part", ["", "saved"])
def test_the_comment_the_mark_and_the_link_to_the_cell_are_there_before_and_after_libreoffice(folder, part):
    book = openpyxl.load_workbook(folder / part / "bokmaal_tilbake.xlsx")
    cell, first = book["C Tiltak"]["B6"], book.worksheets[0]
    assert "Advarsel VR58: Fant ikke noe tall i celle B6." in cell.comment.text
    assert cell.fill.start_color.rgb[-6:] == FILLS["advarsel"]
    assert first.title == "Kontroll" and first[MARK_CELL].value == TITLES[0] and first["B6"].value == "VR58"
    assert first["C6"].hyperlink.location.replace("'", "").replace("$", "") == "C Tiltak!B6"
    assert book["_skjema"].sheet_state in ("hidden", "veryHidden") and all(sheet.protection.sheet for sheet in book)


def test_a_form_that_libreoffice_has_saved_can_be_handed_back(folder):
    """What the reporter sends may have been saved there: comments and rules of typing are that program's own."""
    saved = (folder / "saved" / "bokmaal.xlsx").read_bytes()
    again = handed_back(saved, "x.xlsx", [FAULT], "Alta", "nb")
    reader = recognise(again, "x.xlsx")
    assert reader.read(again, "x.xlsx").rows.to_pylist() == reader.read(saved, "x.xlsx").rows.to_pylist()
    commented = [{(sheet.title, cell.coordinate) for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in
                  sheet.iter_rows() for cell in row if cell.comment} for content in (saved, again)]
    assert commented[1] - commented[0] == {("C Tiltak", "B6")} and commented[0] < commented[1] and len(commented[0]) > 30
