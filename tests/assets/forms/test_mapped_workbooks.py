"""Three home-made workbooks, each of its own shape, read to numbers worked out by hand; and what stops them.

None of them is a municipality's: they are drawn here, with the habits such workbooks have.
"""

import io

import openpyxl
import pytest

from assets.sources import recognise
from assets.sources.mapped_pair import paired
from expectations.finding import DeliveryRefused

NBSP = "\u00a0"
HEAD = """felt_id;ark;celle;radtekst;kolonnetekst;enhet;verdi
skjema;;;;;;{form}
kommunenummer;;;;;;2012
periode;;;;;;{period}
periode_fra;;;;;;{first}
periode_til;;;;;;{last}
dateringsgrunnlag;;;;;;{dating}
"""
TERTIAL = HEAD.format(form="Tertialrapport", period="2018-T2", first="01.05.2018", last="31.08.2018",
                      dating="vedtaksdato")
YEAR = HEAD.format(form="Dataforespørsel", period="2018", first="2018-01-01", last="2018-12-31", dating="status")


def one_sheet():
    """(a) Labels in column A, a tertial a column, the unit in a note."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rapportering 2018"
    for row in (("Barneverntjenesten", None, None, None), ("Alle tall i hele kroner", None, None, None),
                ("Hva", "1. tertial", "2. tertial", "3. tertial"), ("Meldinger ", 61, 74, None),
                ("Undersøkelser avsluttet", 40, 38, None), (" - innen frist", 31, 29, None),
                ("Årsverk (stillingsprosent)", 2650, 2725.5, None),
                ("Brukt på forsøket hittil", 11_200_300, 23_456_700, None),
                ("Tvistesaker", 2, "-", None)):
        sheet.append(row)
    return book


A_LINES = TERTIAL + """ord;;;-;;;bekreftet null
meldinger;Rapportering 2018;;Meldinger;2. tertial;;
undersoekelser;Rapportering 2018;C;Undersøkelser avsluttet;;;
undersoekelser_innen_frist;Rapportering 2018;C6;;;;
aarsverk_barnevern;Rapportering 2018;7;;2. tertial;prosent;
forsoek_i_alt;Rapportering 2018;;Brukt på forsøket hittil;2. tertial;kr;
tvistesaker;Rapportering 2018;;Tvistesaker;2. tertial;;
"""
A_NUMBERS = {  # 2725,5 % is 27,255 positions; 23 456 700 kroner is 23 456,7 thousand
    "meldinger": (74, "C4"), "undersoekelser": (38, "C5"), "undersoekelser_innen_frist": (29, "C6"),
    "aarsverk_barnevern": (27.255, "C7"), "forsoek_i_alt": (23456.7, "C8"), "tvistesaker": (0, "C9")}


def sheet_a_delmaal():
    """(b) A sheet a delmål: merged headings, notes in between, hidden rows, numbers stored as text."""
    book = openpyxl.Workbook()
    measures = book.active
    measures.title = "Delmål C"
    measures["A1"] = "Delmål C: nødvendig tilgang på tiltak"
    measures.merge_cells("A1:E1")
    measures["B2"], measures["D2"] = "2017", "2018"
    measures.merge_cells("B2:C2")
    measures.merge_cells("D2:E2")
    for column, text in zip("BCDE", ("T1", "T2", "T1", "T2"), strict=True):
        measures[f"{column}3"] = text
    for row, values in ((4, ("Nye plasseringer", 12, 14, "9", f"1{NBSP}106")), (5, ("Merknad: se eget notat",)),
                        (6, ("Akuttplasseringer", 3, 4, 2, "7")), (7, ("Ventetid, måneder", 1, 2, 1, " 2,5 "))):
        for column, value in zip("ABCDE", values, strict=False):
            measures[f"{column}{row}"] = value
    measures.row_dimensions[6].hidden = True
    money = book.create_sheet("Økonomi")
    money["A1"], money["B1"] = "Forsøket", "mill. kr"
    money["A2"], money["B2"] = "Ramme", f"1{NBSP}034,25"
    book.create_sheet("Notater")["A1"] = "Ikke for innsending"
    return book


B_LINES = TERTIAL + """nye_plasseringer;Delmål C;E;Nye plasseringer;;;
akuttplasseringer;Delmål C;E;Akuttplasseringer;;;
ventetid_tiltak;Delmål C;E;Ventetid, måneder;;måneder;
forsoek_budsjett;Økonomi;;Ramme;mill. kr;mill. kr;
"""
B_NUMBERS = {  # the text 1 034,25 million is 1 034 250 thousand
    "nye_plasseringer": (1106, "E4"), "akuttplasseringer": (7, "E6"), "ventetid_tiltak": (2.5, "E7"),
    "forsoek_budsjett": (1_034_250, "B2")}


def transposed():
    """(c) Labels in the heading row, a month a row, and a totals row of formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Fosterhjem"
    sheet.append(("Måned", "Akutt i alt", "Beredskapshjem", "Institusjon", "Månedspris frikjøp"))
    for row in (("januar–juni", 11, 8, 3, 41_000), ("juli–desember", 14, 9, 4, 43_000)):
        sheet.append(row)
    sheet.append(("I alt", "=SUM(B2:B3)", "=SUM(C2:C3)", "=SUM(D2:D3)", "=AVERAGE(E2:E3)"))
    return book


CALCULATED = {"B4": "25", "C4": "17", "D4": "7", "E4": "42000"}
C_LINES = YEAR + """akuttplasseringer;Fosterhjem;;I alt;Akutt i alt;;
akutt_beredskapshjem;Fosterhjem;4;;Beredskapshjem;;
akutt_institusjon;Fosterhjem;D;I alt;;;
frikjoept_maanedspris;Fosterhjem;;I alt;Månedspris frikjøp;kr per måned;
"""
C_NUMBERS = {  # 11 + 14, 8 + 9, 3 + 4, (41 000 + 43 000) / 2
    "akuttplasseringer": (25, "B4"), "akutt_beredskapshjem": (17, "C4"), "akutt_institusjon": (7, "D4"),
    "frikjoept_maanedspris": (42_000, "E4")}


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def calculated(repacked):
    """A workbook whose formulas have the values a spreadsheet calculated when it was saved."""
    def put_in(content, values=CALCULATED):
        def change(members):
            sheet = members["xl/worksheets/sheet1.xml"].decode()
            for cell, value in values.items():
                before, _, after = sheet.partition(f'<c r="{cell}"')
                sheet = before + f'<c r="{cell}"' + after.replace("<v />", f"<v>{value}</v>", 1).replace(
                    "<v></v>", f"<v>{value}</v>", 1)
            members["xl/worksheets/sheet1.xml"] = sheet.encode()
        return repacked(content, change)

    return put_in


def read(content, lines):
    delivered = paired("hjemme.xlsx", content, lines.encode())
    reader = recognise(delivered, "hjemme.xlsx.zip")
    return reader.read(delivered, "hjemme.xlsx.zip")


def refused(content, lines):
    with pytest.raises(DeliveryRefused) as refusal:
        read(content, lines)
    return refusal.value.findings


def numbers_of(reading):
    return {cell.keys["field_id"]: (cell.value, cell.cell) for cell in reading.cells
            if cell.status == "ok" and isinstance(cell.value, int | float)}


def warned(reading):
    return [(one.rule_id, one.cell) for one in reading.findings if one.level == "advarsel"]


def test_one_sheet_with_a_column_a_tertial(edited):
    reading = read(saved(one_sheet()), A_LINES)
    assert numbers_of(reading) == A_NUMBERS
    assert (reading.stem, [key.partition_key for key in reading.scope_keys], reading.form_version) == (
        "tertial_reports", ["2012:2018-T2"], "mapping 1")
    assert {cell.sheet for cell in reading.cells if cell.keys["field_id"] in A_NUMBERS} == {"Rapportering 2018"}
    assert warned(reading) == []


def test_a_sheet_a_delmaal_with_merged_headings_hidden_rows_and_numbers_as_text():
    reading = read(saved(sheet_a_delmaal()), B_LINES)
    assert numbers_of(reading) == B_NUMBERS
    assert sorted(warned(reading)) == [("F37", "B2"), ("F37", "E4"), ("F37", "E6"), ("F37", "E7"), ("F42", "E6")]
    assert next(one for one in reading.findings if one.rule_id == "F42").message == (
        "hjemme.xlsx, ark «Delmål C», celle E6: raden er skjult, men leses (E6). Vis cellene, og kontroller at "
        "svarene skal "
        "leveres.")
    assert next(one for one in reading.findings if one.rule_id == "F40").found == "Notater"


def test_labels_in_the_heading_and_a_row_of_totals_by_formulas(calculated):
    reading = read(calculated(saved(transposed())), C_LINES)
    assert numbers_of(reading) == C_NUMBERS and reading.stem == "data_requests"
    assert warned(reading) == []


def test_a_field_without_a_line_is_not_reported_and_named(calculated):
    reading = read(calculated(saved(transposed())), C_LINES)
    (finding,) = [one for one in reading.findings if one.rule_id == "F46"]
    missing = set(finding.found.split(", "))
    rows = {row["field_id"]: row for row in reading.rows.to_pylist()}
    assert {field_id for field_id, row in rows.items() if row["status_sign"] == ".."} == missing
    assert rows["aarsverk"] | {"cell_number": 0} == {
        "cell_number": 0, "municipality_code": "2012", "period": "2018", "field_id": "aarsverk", "value": None,
        "value_text": None, "status_sign": "..", "explanation": None, "sheet": "hjemme.xlsx.mapping.csv",
        "cell": "linje mangler"}
    assert not missing & set(C_NUMBERS) and finding.level == "informasjon"


def setting(sheet, cell, value):
    def change(book):
        book[sheet][cell] = value
    return change


def merging(sheet, cells):
    return lambda book: book[sheet].merge_cells(cells)


def percent(book):
    book["Rapportering 2018"]["C7"].number_format = "0 %"


TWISTS = {
    "a label that stands twice": (
        one_sheet, A_LINES, setting("Rapportering 2018", "A12", "Meldinger"), "F44", "linje 9",
        "teksten «Meldinger» står flere steder i arket «Rapportering 2018» (A4 og A12)"),
    "a label somebody wrote in another way": (
        one_sheet, A_LINES, setting("Rapportering 2018", "A4", "Bekymringsmeldinger"), "F44", "linje 9",
        "teksten «Meldinger» finnes ikke i arket «Rapportering 2018»"),
    "a sheet with another name": (
        one_sheet, A_LINES, lambda book: setattr(book.active, "title", "Rapportering 2019"), "F44", "linje 9",
        "arbeidsboken har ikke arket «Rapportering 2018» (den har Rapportering 2019)"),
    "an amount without its unit": (
        one_sheet, A_LINES.replace(";kr;\n", ";;\n"), None, "F45", "linje 13", "enheten mangler for «forsoek_i_alt»"),
    "a unit of something else": (
        one_sheet, A_LINES.replace("prosent", "kr"), None, "F45", "linje 12",
        "«kr» er ukjent for «aarsverk_barnevern»"),
    "a share in the dress of a percentage": (one_sheet, A_LINES, percent, "F45", "linje 12",
                                             "er formatert som prosent"),
    "two fields in one cell": (
        one_sheet, A_LINES.replace(";C6;", ";C5;"), None, "F43", "linje 11",
        "«undersoekelser_innen_frist» og «undersoekelser» er samme celle, ark «Rapportering 2018», celle C5"),
    "a sign nobody explained": (
        one_sheet, A_LINES.replace("ord;;;-;;;bekreftet null\n", ""), None, "F03", "celle C9",
        "fant «-», som er tekst"),
    "a heading that names two columns": (
        sheet_a_delmaal, B_LINES.replace(";E;Nye plasseringer;;;", ";;Nye plasseringer;2018;;"), None, "F44", "linje 8",
        "teksten «2018» i arket «Delmål C» er slått sammen over flere kolonner"),
    "a heading of two years": (
        sheet_a_delmaal, B_LINES.replace(";E;Nye plasseringer;;;", ";;Nye plasseringer;T2;;"), None, "F44", "linje 8",
        "teksten «T2» står flere steder i arket «Delmål C» (C3 og E3)"),
    "a label merged over two rows": (
        sheet_a_delmaal, B_LINES, merging("Delmål C", "A4:A5"), "F44", "linje 8", "er slått sammen over flere rader"),
    "a number under a merged cell": (
        sheet_a_delmaal, B_LINES, merging("Delmål C", "D4:E4"), "F41", "celle E4",
        "en sammenslått celle som begynner i D4"),
    "a date where a number should stand": (
        sheet_a_delmaal, B_LINES, setting("Delmål C", "E6", openpyxl.utils.datetime.from_excel(43_344)), "F03",
        "celle E6",
        "er en dato eller et klokkeslett"),
    "a number with a point that can mean two things": (
        sheet_a_delmaal, B_LINES, setting("Delmål C", "E4", "1.106"), "F03", "celle E4", "fant «1.106», som er tekst"),
    "a formula nobody has calculated": (transposed, C_LINES, None, "F36", "celle B4",
                                        "formelen i cellen har ingen verdi"),
    "a total that is no whole number": (
        transposed, C_LINES, setting("Fosterhjem", "B4", 25.5), "F39", "celle B4", "har desimaler"),
    "a label that does not stand above": (
        transposed, C_LINES.replace(";4;;Beredskapshjem;;", ";1;;Beredskapshjem;;"), None, "F44", "linje 9",
        "C1 i arket «Fosterhjem» står ikke til høyre for radteksten og under kolonneteksten"),
}


def test_a_workbook_without_any_sheet_is_refused_like_one_without_that_sheet(repacked):
    def change(members):
        members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(b"<sheet ", b"<shoot ")
    found = refused(repacked(saved(one_sheet()), change), A_LINES)
    assert {one.rule_id for one in found} == {"F44"} and "(den har ingen ark)" in found[0].message


@pytest.mark.parametrize("name", TWISTS)
def test_what_does_not_say_one_thing_is_refused_and_never_guessed(name, edited):
    drawn, lines, change, rule_id, place, text = TWISTS[name]
    content = saved(drawn())
    found = refused(edited(content, change) if change else content, lines)
    finding = next(one for one in found if one.rule_id == rule_id)
    where = "hjemme.xlsx, " if rule_id in ("F03", "F36", "F39", "F41") else "hjemme.xlsx.mapping.csv, "
    assert finding.message.startswith(where) and place in finding.message and text in finding.message
    assert finding.message.rstrip().endswith(".")
