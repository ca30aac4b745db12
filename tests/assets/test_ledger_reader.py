"""The ledger as raw rows: what each column becomes, what is refused, what is a finding."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from assets.sources import recognise, unknown_form
from assets.sources.ledger import read, recognises
from assets.sources.reading import ScopeKey
from expectations.finding import DeliveryRefused
from warehouse.contracts import contract_of

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "ledger"
HEADINGS = ("kommunenr;regnskapsaar;bilagsnr;bilagsdato;funksjon;art;ansvar;prosjekt;formaal_funksjon;fakturanr;"
            "leverandoer_orgnr;tekst;beloep_kr;omraade")


def ledger(*lines: str, headings: str = HEADINGS) -> bytes:
    return "\n".join([headings, *lines, ""]).encode()


def delivered(name: str):
    return read((DELIVERIES / name).read_bytes(), name)


def refused(name: str) -> list:
    with pytest.raises(DeliveryRefused) as caught:
        delivered(name)
    return caught.value.findings


def test_a_ledger_becomes_one_raw_row_per_line():
    reading = delivered("innocent.csv")
    assert reading.rows.column_names == [c for c in contract_of("raw", "ledger_line").column_names if c != "delivery_id"]
    assert reading.rows.to_pylist()[2] == {
        "line_number": 4, "municipality_code": "2012", "accounting_year": 2018, "voucher_number": "B2",
        "voucher_date": datetime.date(2018, 3, 31), "function_code": "285", "species_code": "370",
        "responsibility_code": "310", "project_code": "28516", "purpose_function_code": "252",
        "invoice_number": "F77", "supplier_org_number": "999999018",
        "line_text": "Kjøp av institusjonsplass;\nprisdel over egenandel", "amount_nok": Decimal("173013.33"),
        "area_code": None}
    assert reading.findings == ()


def test_a_quoted_line_break_does_not_shift_the_lines_after_it():
    reading = delivered("innocent.csv")
    assert [(cell.line, cell.value) for cell in reading.cells] == [(2, 52000), (3, 70320), (4, 173013.33), (6, -1500.5)]


def test_blank_fields_are_missing_not_empty_text():
    row = delivered("innocent.csv").rows.to_pylist()[3]
    blank = ("voucher_date", "purpose_function_code", "invoice_number", "supplier_org_number", "area_code")
    assert [row[name] for name in blank] == [None] * 5


def test_utf_8_and_iso_8859_1_give_the_same_rows():
    assert delivered("iso_8859_1.csv").rows == delivered("innocent.csv").rows


def test_each_municipality_and_year_in_the_file_is_in_its_scope():
    reading = read(ledger("0722;2017;1;;285;010;;28516;;;;;1;", "0723;2017;2;;285;010;;28516;;;;;1;",
                          "0729;2018;3;;285;010;;28516;;;;;1;EM", "0729;2018;4;;252;010;;;;;;;1;em"), "l.csv")
    assert reading.scope_keys == (ScopeKey("0722", "2017"), ScopeKey("0723", "2017"), ScopeKey("0729", "2018"))
    assert reading.rows["area_code"].to_pylist() == [None, None, "EM", "EM"]


def test_a_ledger_without_its_project_column_is_refused():
    (finding,) = refused("without_project_column.csv")
    assert (finding.rule_id, finding.level, finding.expected) == ("VR27", "kritisk_feil", "prosjekt")
    assert "without_project_column.csv" in finding.message
    assert "Ta uttrekket på nytt med prosjekt" in finding.message


@pytest.mark.parametrize(("name", "rule_id", "lines", "found"), [
    ("amount_with_comma_dash.csv", "F03", (3,), "12 500,-"),
    ("line_with_too_few_fields.csv", "F06", (3,), "6"),
    ("municipality_lost_its_zero.csv", "F04", (2,), "729"),
    ("headings_only.csv", "F01", (), None),
    ("quotation_mark_never_closed.csv", "F06", (), None),
])
def test_a_file_with_one_fault_is_refused_for_that_fault(name, rule_id, lines, found):
    (finding,) = refused(name)
    assert (finding.rule_id, finding.line_numbers, finding.found, finding.file) == (rule_id, lines, found, name)


def test_an_empty_file_is_of_no_form_and_is_told_to_be_empty():
    content = (DELIVERIES / "empty_file.csv").read_bytes()
    assert recognise(content, "empty_file.csv") is None
    finding = unknown_form(content, "empty_file.csv")
    assert (finding.rule_id, finding.level) == ("F01", "kritisk_feil")
    assert finding.message.startswith("empty_file.csv: filen er tom")


@pytest.mark.parametrize(("line", "heading", "found"), [
    ("2012;2018;1;;2x5y;010;;28516;;;;;1;", "funksjon", "2x5y"),
    ("2012;2018;1;;285;10;;28516;;;;;1;", "art", "10"),
    ("2012;2018;1;;285;010;;28516;253;;;;1;", "formaal_funksjon", "253"),
    ("2012;2018;1;;285;010;;28516;;;;;1;X", "omraade", "X"),
])
def test_an_unknown_code_is_refused(line, heading, found):
    with pytest.raises(DeliveryRefused) as caught:
        read(ledger(line), "l.csv")
    (finding,) = caught.value.findings
    assert (finding.rule_id, finding.cell, finding.line_numbers) == ("F04", f"{heading}[2]", (2,))
    assert f"«{found}»" in finding.message or f"«{found.upper()}»" in finding.message


@pytest.mark.parametrize(("delivered_number", "kept", "is_finding"), [
    ("999999018", "999999018", False), ("999 999 018", "999999018", False), ("", None, False),
    ("999999019", "999999019", True), ("9999", None, True), ("NO999999018MVA", None, True),
])
def test_a_wrong_supplier_number_is_a_finding_and_never_a_refusal(delivered_number, kept, is_finding):
    reading = read(ledger(f"0627;2018;1;;252;370;;;;F1;{delivered_number};;1;"), "l.csv")
    assert reading.rows["supplier_org_number"].to_pylist() == [kept]
    assert [(f.rule_id, f.level, f.line_numbers, f.unit_code, f.period) for f in reading.findings] == (
        [("F10", "feil", (2,), "0627", "2018")] if is_finding else [])


def test_a_wrong_supplier_number_on_many_lines_is_one_finding():
    reading = read(ledger(*["0627;2018;1;;252;370;;;;F1;999999019;;1;"] * 7), "l.csv")
    (finding,) = reading.findings
    assert finding.line_numbers == (2, 3, 4, 5, 6, 7, 8)
    assert "linje 2, 3, 4, 5, 6 med flere" in finding.message


@pytest.mark.parametrize(("municipality_code", "rules"), [("0722", ["F12", "VR30"]), ("0729", ["F12", "VR30"]), ("2012", ["F12"])])
def test_without_the_area_column_only_the_unit_with_unaccompanied_minors_has_a_fault(municipality_code, rules):
    headings = HEADINGS.removesuffix(";omraade")
    reading = read(ledger(f"{municipality_code};2018;1;;285;010;;28516;;;;;1", headings=headings), "l.csv")
    assert [finding.rule_id for finding in reading.findings] == rules


def test_another_accounting_systems_headings_are_known():
    headings = "Kommune nr;År;Bilag;Dato;KOSTRA-funksjon;KOSTRA-art;Ansvar (kode);Prosjektnr;Formål;Faktura nr;Orgnr;Bilagstekst;Beløp NOK;Område"
    content = ledger("2012;2018;1;01.02.2018;285;010;310;28516;244;;;x;1;", headings=headings)
    assert recognises(content, "uttrekk.txt")
    (row,) = read(content, "uttrekk.txt").rows.to_pylist()
    assert (row["project_code"], row["purpose_function_code"], row["amount_nok"]) == ("28516", "244", Decimal("1.00"))
