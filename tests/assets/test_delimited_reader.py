"""What the door for semicolon files takes, line by line, and what it refuses with place and advice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sources import reader_of
from assets.sources.delimited import has_headings, read_lines
from assets.sources.fields import Field, day, kroner, municipality, optional, text, thousand_kroner, year
from assets.sources.headings import normalised
from assets.sources.numbers import NotANumber, is_organisation_number, number, plain
from assets.sources.text_encoding import decoded
from expectations.finding import DeliveryRefused
from warehouse.reference_data import reference_rows

FIELDS = (
    Field("municipality_code", "kommunenr", municipality),
    Field("accounting_year", "regnskapsaar", year),
    Field("amount_nok", "beloep_kr", kroner),
    optional("voucher_date", "bilagsdato", day),
    optional("line_text", "tekst", text),
)
HEADINGS = "kommunenr;regnskapsaar;beloep_kr;bilagsdato;tekst"


def lines_of(content: str, encoding: str = "utf-8"):
    return read_lines("ledger", FIELDS, content.encode(encoding), "hovedbok.csv")


def refusal_of(content: str) -> DeliveryRefused:
    with pytest.raises(DeliveryRefused) as caught:
        lines_of(content)
    return caught.value


@pytest.mark.parametrize(("written", "value"), [
    ("0", "0"), ("12500", "12500"), ("12 500", "12500"), ("12 500,50", "12500.5"), ("12\u00a0500", "12500"),
    ("12\u202f500", "12500"), ("1\u2009234\u2009567,1", "1234567.1"), ("-12 500", "-12500"),
    ("\u221212 500,25", "-12500.25"), ("0,5", "0.5"),
])
def test_a_norwegian_number_is_read(written, value):
    assert number(written) == Decimal(value)


@pytest.mark.parametrize("written", [
    "12 500,-", "12.500", "12500.50", "1 2500", "12 50", "500-", "(500)", ",5", "5,", "1e3", "", " 5", "- 5", "kr 5",
    "1234 567", "--5", "٣",
])
def test_a_text_that_could_mean_more_than_one_thing_is_not_a_number(written):
    with pytest.raises(NotANumber):
        number(written)


@given(st.decimals(min_value=-10**11, max_value=10**11, places=2), st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", ""]),
       st.sampled_from(["-", "\u2212"]))
def test_every_amount_written_in_bokmaal_is_read_back(value, separator, minus):
    written = f"{abs(value):,f}".replace(",", separator).replace(".", ",")
    assert number(minus + written if value < 0 else written) == value


@pytest.mark.parametrize(("value", "shown"), [(Decimal("2.00"), 2), (Decimal("2.50"), 2.5), (None, None), (3.0, 3)])
def test_a_whole_number_is_shown_without_decimals(value, shown):
    assert plain(value) == shown
    assert type(plain(value)) is type(shown)


@pytest.mark.parametrize(("organisation_number", "valid"), [
    ("999999018", True), ("999999019", False), ("123456785", True), ("123456789", False), ("12345678", False),
    ("12345678a", False), ("", False),
    ("100000008", True),    # 3·1 = 3; 11 − 3 = 8
    ("000000000", True),    # remainder 0 gives check digit 0
    ("000000060", False),   # 2·6 = 12, remainder 1: no check digit exists
])
def test_the_check_digit_of_an_organisation_number(organisation_number, valid):
    assert is_organisation_number(organisation_number) is valid


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_are_free(encoding, line_end):
    content = line_end.join([HEADINGS, "2012;2018;12,50;;Fosterhjem på Sørøya", ""])
    (row,) = lines_of(content, encoding).rows
    assert row == {"line_number": 2, "municipality_code": "2012", "accounting_year": 2018,
                   "amount_nok": Decimal("12.50"), "voucher_date": None, "line_text": "Fosterhjem på Sørøya"}


def test_a_file_that_is_not_utf_8_is_iso_8859_1():
    assert decoded("Færder".encode("iso-8859-1")) == decoded("\ufeffFærder".encode()) == "Færder"


@pytest.mark.parametrize(("delivered", "same"), [
    ("Beløp_kr", "beloep_kr"), ("BELØP (kr)", "beloep_kr"), (" Regnskapsår ", "regnskapsaar"),
    ("Regnskaps\u0061\u030ar", "regnskapsaar"),
])
def test_headings_are_known_by_name_whatever_their_case_spaces_and_letters(delivered, same):
    assert normalised(delivered) == normalised(same)


@pytest.mark.parametrize("row", reference_rows("heading_synonym"), ids=lambda row: f"{row['stem']} {row['heading']}")
def test_every_synonym_leads_to_a_heading_its_source_reads(row):
    fields = reader_of(row["stem"]).FIELDS
    assert row["field"] in {field.heading for field in fields}
    assert normalised(row["heading"]) not in {normalised(field.heading) for field in fields}


def test_the_order_of_the_columns_does_not_matter():
    (row,) = lines_of("tekst;beloep_kr;Kommunenummer;År\nx;1;0729;2018\n").rows
    assert (row["municipality_code"], row["accounting_year"], row["amount_nok"]) == ("0729", 2018, Decimal(1))


def test_extra_columns_are_not_read_but_told():
    lines = lines_of("kommunenr;regnskapsaar;beloep_kr;bilagsdato;tekst;mva;attestert av\n2012;2018;1;;;25;NN\n")
    (note,) = lines.notes
    assert (note.level, note.found) == ("informasjon", "mva, attestert av")
    assert "mva" not in lines.rows[0]


def test_optional_columns_that_are_not_there_are_told():
    (note,) = lines_of("kommunenr;regnskapsaar;beloep_kr\n2012;2018;1\n").notes
    assert (note.level, note.expected) == ("advarsel", "bilagsdato, tekst")


def test_line_numbers_are_true_after_quoted_line_breaks_and_blank_lines():
    content = HEADINGS + '\n2012;2018;1;;"en\nto\ntre"\n\n;;;;\n2012;2018;2;;"semikolon; inni"\n2012;2018;3;;slutt'
    rows = lines_of(content).rows
    assert [(row["line_number"], row["line_text"]) for row in rows] == [
        (2, "en\nto\ntre"), (7, "semikolon; inni"), (8, "slutt")]


@pytest.mark.parametrize("content", ["", "\n\n", ";;;;\n"])
def test_an_empty_file_is_refused(content):
    (finding,) = refusal_of(content).findings
    assert (finding.rule_id, finding.level) == ("F01", "kritisk_feil")
    assert "hovedbok.csv: filen er tom" in finding.message


def test_a_file_with_headings_only_is_refused():
    (finding,) = refusal_of(HEADINGS + "\n").findings
    assert (finding.rule_id, finding.file) == ("F01", "hovedbok.csv")
    assert "ingen linjer" in finding.message


def test_every_missing_column_is_named():
    findings = refusal_of("kommunenr;tekst\n2012;x\n").findings
    assert [(f.rule_id, f.expected) for f in findings] == [("F02", "regnskapsaar"), ("F02", "beloep_kr")]


def test_an_amount_column_without_its_unit_is_not_guessed():
    (finding,) = refusal_of("kommunenr;regnskapsaar;beløp\n2012;2018;1\n").findings
    assert (finding.rule_id, finding.expected) == ("F18", "beloep_kr")


def test_two_columns_for_one_field_are_refused_by_name():
    (finding,) = refusal_of("Kommunenummer;knr;regnskapsaar;beloep_kr\n2012;2012;2018;1\n").findings
    assert "«Kommunenummer» og «knr» kan begge være «kommunenr»" in finding.message


def test_our_own_heading_goes_before_a_synonym():
    (row,) = lines_of("dato;bilagsdato;kommunenr;regnskapsaar;beloep_kr\n31.12.2019;01.02.2018;2012;2018;1\n").rows
    assert row["voucher_date"].isoformat() == "2018-02-01"


@pytest.mark.parametrize(("line", "rule_id", "told"), [
    ("2012;2018;12 500,-;;", "F03", "linje 2, kolonne «beloep_kr»: fant «12 500,-», som ikke er et tall."),
    ("2012;2018;1,234;;", "F03", "kolonne «beloep_kr»: fant «1,234», som har flere enn to desimaler."),
    ("2012;2018;9 999 999 999 999;;", "F03", "som er større enn noe beløp her kan være"),
    ("729;2018;1;;", "F04", "kolonne «kommunenr»: fant «729», som ikke er et kommunenummer på fire sifre."),
    ("2012;18;1;;", "F05", "kolonne «regnskapsaar»: fant «18», som ikke er et år fra 2003 til 2100."),
    ("2012;1998;1;;", "F05", "fant «1998»"),
    ("2012;2018;1;30.02.2018;", "F05", "fant «30.02.2018», som ikke finnes i kalenderen."),
    ("2012;2018;1;2018/03/01;", "F05", "fant «2018/03/01», som ikke er en dato."),
    ("2012;2018;;;", "F09", "linje 2, kolonne «beloep_kr»: feltet er tomt."),
    ("2012;2018;1", "F06", "linje 2: fant 3 felt, men overskriften har 5."),
    ("2012;2018;1;;;", "F06", "linje 2: fant 6 felt, men overskriften har 5."),
    ('2012;2018;1;;"åpen', "F06", "linje 2 har anførselstegn som ikke går opp"),
    ('2012;2018;1;;"åpen" hale', "F06", "linje 2 har anførselstegn som ikke går opp"),
])
def test_a_faulty_cell_is_refused_with_file_line_heading_and_text(line, rule_id, told):
    (finding,) = refusal_of(f"{HEADINGS}\n{line}\n").findings
    assert (finding.rule_id, finding.level) == (rule_id, "kritisk_feil")
    assert finding.message.startswith("hovedbok.csv")
    assert told in finding.message


def test_all_faulty_cells_are_gathered_each_with_its_place():
    findings = refusal_of(f"{HEADINGS}\n2012;2018;x;;\n2012;2018;1;;\n12;2018;y;;\n").findings
    assert {(f.rule_id, f.line_numbers, f.cell, f.found) for f in findings} == {
        ("F03", (2,), "beloep_kr[2]", "x"), ("F04", (4,), "kommunenr[4]", "12"), ("F03", (4,), "beloep_kr[4]", "y")}
    assert len({f.finding_id for f in findings}) == 3


def test_twenty_faults_are_shown_and_the_rest_counted():
    findings = refusal_of(HEADINGS + "\n" + "2012;2018;x;;\n" * 25).findings
    assert len(findings) == 21
    assert sum("5 flere feil av samme slag (F03)" in finding.message for finding in findings) == 1


@pytest.mark.parametrize(("heading", "known"), [
    ("Funksjon;Art;Beløp", True), ('"funksjon";"art"', True), ("funksjon;beloep", False), ("funksjon,art", True), ("funksjon\tart", True), ("", False),
])
def test_a_source_is_recognised_by_two_headings_of_its_own(heading, known):
    assert has_headings(f"{heading}\n1;2;3\n".encode(), "ledger", ("funksjon", "art", "bilagsnr")) is known


@pytest.mark.parametrize(("written", "value"), [("25 500,5", 25500.5), ("-2750", -2750.0)])
def test_thousand_kroner_keep_their_decimals(written, value):
    assert thousand_kroner(written) == value
