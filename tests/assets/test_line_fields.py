"""The fields of the lines a finding names, as the file has them."""

import pytest

from assets.line_fields import LONGEST_FIELD, line_fields

LEDGER = ("kommunenr;regnskapsaar;bilagsnr;bilagsdato;funksjon;art;ansvar;prosjekt;formaal_funksjon;fakturanr;"
          "leverandoer_orgnr;tekst;beloep_kr;omraade\n"
          "2012;2018;B1;15.03.2018;285;010;310;28516;244;;;\"to\nlinjer\";52 000,00;\n"
          "2012;2018;B2;15.03.2018;251;010;310;;244;;;=1+1;7,00;\n").encode()
ACCOUNTS = b"0A2018 201200                  1285 370    11342\r\n\r\n0A2018 201200                  1251 010        7\r\n"


def test_a_line_of_a_table_is_told_by_its_headings_and_empty_fields_are_left_out():
    fields = line_fields("ledger", LEDGER, "x.csv", [2])
    assert fields[2][:3] == (("kommunenr", "2012"), ("regnskapsaar", "2018"), ("bilagsnr", "B1"))
    assert ("tekst", "to linjer") in fields[2] and "fakturanr" not in dict(fields[2])


def test_lines_are_numbered_as_the_reader_numbers_them():
    assert dict(line_fields("ledger", LEDGER, "x.csv", [4])[4])["bilagsnr"] == "B2"
    assert dict(line_fields("kostra_accounts", ACCOUNTS, "x.dat", [3])[3]) == {
        "Skjema": "0A", "Årgang": "2018", "Region": "201200", "Kontoklasse": "1", "Funksjon eller kapittel": "251",
        "Art eller sektor": "010", "Beløp": "7"}


@pytest.mark.parametrize(("stem", "content", "numbers"), [
    ("child_records", b"<x>\n<y/>\n</x>", [2]), ("interview_codings", b"kode\nx\n", [2]), (None, b"brev", [1]),
    ("population", b"{}", [1]), ("ledger", b"", [1]), ("ledger", b'a;b\n"\n', [2]), ("ledger", LEDGER, []), ("ledger", LEDGER, [99])])
def test_of_other_sources_other_lines_and_files_that_cannot_be_cut_nothing_is_told(stem, content, numbers):
    assert line_fields(stem, content, "x", numbers) == {}


def test_a_long_or_hostile_field_is_cut_and_made_visible():
    content = LEDGER.replace(b"=1+1", b"\x1b[2J" + b"x" * 500)
    text = dict(line_fields("ledger", content, "x.csv", [4])[4])["tekst"]
    assert len(text) == LONGEST_FIELD and text.startswith("\\u001b[2J")
