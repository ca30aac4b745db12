"""A table from whatever file it came in: separators, tegnsett, title lines, workbooks, and amounts in another unit."""

import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from assets.sources import recognise
from assets.sources.grants import read as read_grants
from assets.sources.ledger import read as read_ledger
from assets.sources.table_workbook import as_text
from assets.sources.text_encoding import MixedEncoding, decoded
from assets.sources.units_of_amounts import unit_in
from expectations.finding import DeliveryRefused

HEADINGS = ["kommunenr", "regnskapsaar", "bilagsnr", "funksjon", "art", "prosjekt", "tekst", "beloep_kr", "omraade"]
LINE = ["2012", "2018", "B1", "252", "370", "", "Kjøp på Sørøya", "1 234,50", ""]


def workbook(**sheets) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def text(rows, separator=";", encoding="utf-8") -> bytes:
    return ("\n".join(separator.join(row) for row in rows) + "\n").encode(encoding)


def refusal_of(content: bytes, name: str = "hovedbok.csv") -> list:
    with pytest.raises(DeliveryRefused) as caught:
        read_ledger(content, name)
    return caught.value.findings


def rows_of(content: bytes, name: str = "hovedbok.csv") -> list[dict]:
    return read_ledger(content, name).rows.to_pylist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252", "utf-16"])
def test_every_usual_encoding_gives_the_same_line(encoding):
    content = text([HEADINGS, LINE], encoding=encoding)
    assert recognise(content, "x").STEM == "ledger"
    (row,) = rows_of(content)
    assert (row["line_text"], row["amount_nok"]) == ("Kjøp på Sørøya", Decimal("1234.50"))


def test_a_dash_of_windows_is_read_as_a_dash():
    assert decoded("2017–2018 «fast»".encode("cp1252")) == "2017–2018 «fast»"


def test_a_file_in_two_encodings_is_refused_by_its_line_and_not_half_garbled():
    content = text([HEADINGS, LINE]) + text([LINE], encoding="iso-8859-1")
    (finding,) = refusal_of(content)
    assert finding.rule_id == "F17" and "fra linje 2 står æ, ø og å som UTF-8" in finding.message


@given(st.text(alphabet="abcæøåÆØÅ \n;", max_size=60))
def test_one_byte_text_is_never_taken_for_a_mixture_and_comes_back_as_written(written):
    assert decoded(written.encode("cp1252")) == written


@given(st.text(alphabet="æøåÆØÅ", min_size=1), st.text(alphabet="æøå", min_size=1))
def test_a_mixture_is_always_seen(first, second):
    with pytest.raises(MixedEncoding):
        decoded(first.encode() + b"\n" + second.encode("iso-8859-1"))


def test_tabs_between_the_columns_are_read_and_commas_are_refused_because_amounts_hold_them():
    assert rows_of(text([HEADINGS, LINE], "\t"))[0]["amount_nok"] == Decimal("1234.50")
    (finding,) = refusal_of(text([HEADINGS, LINE], ","))
    assert finding.rule_id == "F06" and "semikolon" in finding.message


def test_lines_above_the_headings_are_passed_over_and_told():
    reading = read_ledger(text([["Hovedbok 2018"], ["Kommune", "Alta"], HEADINGS, LINE]), "hovedbok.csv")
    assert reading.rows.column("line_number").to_pylist() == [4]
    assert any(finding.cell == "linjer over overskriftene" and "linje 3" in finding.message for finding in reading.findings)


def test_a_workbook_of_the_same_lines_gives_the_same_rows_with_the_sheets_row_numbers():
    content = workbook(Hovedbok=[["Uttrekk"], HEADINGS, [2012, 2018, "B1", 252, "370", None, "Kjøp på Sørøya", 1234.5, None]],
                       Notat=[["Dette arket er et notat"]])
    assert recognise(content, "hovedbok.xlsx").STEM == "ledger"
    reading = read_ledger(content, "hovedbok.xlsx")
    (row,) = reading.rows.to_pylist()
    assert row == {**rows_of(text([HEADINGS, LINE]))[0], "line_number": 3}
    assert any("«Notat» er ikke lest" in finding.message for finding in reading.findings)


def test_a_number_that_lost_its_zero_in_the_workbook_is_refused_not_guessed():
    content = workbook(Hovedbok=[HEADINGS, [729, 2018, "B1", 252, 10, None, "Lønn", 5, None]])
    assert {(finding.rule_id, finding.cell) for finding in refusal_of(content, "h.xlsx")} == {
        ("F04", "kommunenr[2]"), ("F04", "art[2]")}


def test_a_formula_that_was_never_calculated_is_refused_by_its_cell():
    content = workbook(Hovedbok=[HEADINGS, ["2012", "2018", "B1", "252", "370", None, "Kjøp", "=1+1", None]])
    (finding,) = refusal_of(content, "h.xlsx")
    assert (finding.rule_id, finding.sheet, finding.cell) == ("F36", "Hovedbok", "H2")


def test_two_sheets_with_the_headings_are_refused_by_name():
    content = workbook(Januar=[HEADINGS, LINE], Februar=[HEADINGS, LINE])
    (finding,) = refusal_of(content, "h.xlsx")
    assert "«Januar» og «Februar»" in finding.message


@pytest.mark.parametrize(("value", "written"), [
    (2012.0, "2012"), (1234.5, "1234,5"), (0.1 + 0.2, "0,3"), (-70320.0, "-70320"), ("x ", "x"), (True, "ja"),
    (datetime.datetime(2018, 3, 1), "2018-03-01"), (datetime.date(2018, 3, 1), "2018-03-01"), ("", ""),
    (123456789012.34, "123456789012,34"),
])
def test_a_cell_becomes_the_text_a_csv_would_have(value, written):
    assert as_text(value) == written


UNIT4 = ["Firma", "Bilagsnr", "Bilagsdato", "Periode", "Konto", "Ansvar", "Funksjon", "Prosjekt", "Tekst", "Beløp",
         "formaal_funksjon"]
VISMA = ["Kommune", "År", "Bilag", "Dato", "Art", "Ansvar", "Tjeneste", "Prosjekt", "Tekst", "Debet", "Kredit", "omraade"]


def test_an_export_from_unit4_is_read_with_year_from_the_period_and_species_from_the_account():
    reading = read_ledger(text([UNIT4, [
        "2012", "B1", "15.03.2018", "201813", "13700", "310", "285", "28516", "Plass", "-1 000,50", "252"]]), "a.csv")
    (row,) = reading.rows.to_pylist()
    assert (row["municipality_code"], row["accounting_year"], row["species_code"], row["function_code"],
            row["project_code"], row["purpose_function_code"], row["amount_nok"]) == (
        "2012", 2018, "370", "285", "28516", "252", Decimal("-1000.50"))
    assert "Unit4" in reading.findings[0].message + reading.findings[1].message


@pytest.mark.parametrize(("debit", "credit", "amount"), [
    ("1 000,50", "", "1000.50"), ("", "250", "-250"), ("100", "30", "70"), ("0", "0", "0"), ("-5", "", "-5")])
def test_an_export_from_visma_is_debit_less_credit(debit, credit, amount):
    content = text([VISMA, ["0729", "2018", "7", "01.02.2018", "370", "310", "25201", "0", "Plass", debit, credit, "EM"]])
    (row,) = rows_of(content)
    assert (row["function_code"], row["area_code"], row["amount_nok"]) == ("252", "EM", Decimal(amount))


def unit4_line(**changed: str) -> bytes:
    usual = ["2012", "B1", "15.03.2018", "201803", "13700", "310", "285", "1", "Plass", "5", ""]
    return text([UNIT4, list((dict(zip(UNIT4, usual, strict=True)) | changed).values())])


@pytest.mark.parametrize(("column", "value", "cell"), [
    ("Konto", "03700", "art[2]"), ("Periode", "201820", "regnskapsaar[2]"), ("Beløp", "1.000,50", "beloep_kr[2]"),
    ("Firma", "AL", "kommunenr[2]")])
def test_what_an_export_cannot_mean_is_refused_under_our_own_heading(column, value, cell):
    assert [finding.cell for finding in refusal_of(unit4_line(**{column: value}))] == [cell]


@pytest.mark.parametrize(("column", "value"), [
    ("Konto", "370"), ("Konto", "1370"), ("Konto", "13700001"), ("Periode", "2018"), ("Periode", "201801"),
    ("Periode", "201814"), ("Firma", "0729")])
def test_what_an_export_may_write_in_more_than_one_way_is_taken(column, value):
    (row,) = rows_of(unit4_line(**{column: value}))
    assert (row["accounting_year"], row["species_code"], row["amount_nok"]) == (2018, "370", Decimal(5))


def test_a_line_of_an_export_with_too_few_cells_is_refused_by_its_line():
    (finding,) = refusal_of(text([UNIT4, ["2012", "B1"]]))
    assert (finding.rule_id, finding.line_numbers) == ("F06", (2,))


@pytest.mark.parametrize(("heading", "unit"), [
    ("beloep_kr", "kr"), ("Beløp i kroner", "kr"), ("Beløp (1000 kr)", "1000kr"), ("beløp i tusen kroner", "1000kr"),
    ("beloep_1000kr", "1000kr"), ("Beløp", None), ("beløp i euro", None), ("Prosjekt", None)])
def test_a_unit_is_what_the_heading_says(heading, unit):
    assert unit_in(heading) == unit


def test_a_ledger_in_thousand_kroner_says_so_in_its_heading_and_becomes_kroner():
    (row,) = rows_of(text([[*HEADINGS[:7], "beloep_1000kr", "omraade"], [*LINE[:7], "1 234,5", ""]]))
    assert row["amount_nok"] == Decimal("1234500.00")


def test_grants_in_kroner_say_so_in_their_heading_and_become_thousands():
    reading = read_grants(text([["kommunenr", "aar", "tilskudd", "beloep_kr", "engang"],
                                ["2012", "2018", "kompensasjon", "25 500 000", "nei"]]), "t.csv")
    assert reading.rows.column("amount_thousand_nok").to_pylist() == [25500.0]


def test_a_column_of_amounts_without_unit_beside_the_right_one_is_only_told():
    reading = read_ledger(text([[*HEADINGS, "Beløp"], [*LINE, "9"]]), "h.csv")
    assert reading.rows.column("amount_nok").to_pylist() == [Decimal("1234.50")]
    assert any(finding.found == "Beløp" for finding in reading.findings)
