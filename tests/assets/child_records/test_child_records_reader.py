"""The reader of form 15F: what it takes for the form, what it refuses and how, and how little it holds in memory."""

import gzip
import io
import json
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.sources import child_records, read_cells, recognise
from assets.sources.child_record_file import PIECE, elements_of
from expectations.child_records.identity import identity_of
from expectations.finding import DeliveryRefused

ONE = "child 2010-05\nreport 2018-01-10 2018-01-15 1\nmeasure 2018-01-01 - 4.1"
BOMB = ('<!DOCTYPE Barnevern [<!ENTITY a "planteglass"><!ENTITY b "' + "&a;" * 50 + '"><!ENTITY c "' + "&b;" * 50
        + '">]>')
EXTERNAL = '<!DOCTYPE Barnevern [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def swap(old, new):
    """The change of a file that puts one text in place of another."""
    return lambda whole: whole.replace(old, new)


def test_a_file_is_one_municipality_and_year_with_counts_only(read):
    reading = read(ONE)
    assert [(key.source_unit_code, key.period) for key in reading.scope_keys] == [("2012", "2018")]
    assert reading.rows.column_names == [
        "cell_number", "municipality_code", "year", "count_code", "count_category_code", "value"]
    assert reading.rows.num_rows == len(reading.cells) > 100


def test_what_is_shown_is_counts_by_name_never_an_individual(draw):
    cells, _ = read_cells(child_records, draw.file(ONE), "15f.xml")
    shown = json.dumps([[cell.keys, cell.value, cell.unit, cell.cell] for cell in cells], ensure_ascii=False)
    assert [one for one in draw.planted(ONE) if one in shown] == []
    assert {"municipality_code": "2012", "year": "2018", "telling": "Barn per tiltakskode",
            "kategori": "4.1 Barnehage"} in [cell.keys for cell in cells]


def test_an_extract_gives_the_same_reading_as_the_file(read):
    reading = read(ONE, announced=(2017, None))
    again = read(child_records.extract(reading), "15f.xml")
    assert again == reading and again.findings and child_records.extract(again) == child_records.extract(reading)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-16", "windows-1252"])
def test_a_file_is_read_in_the_encoding_it_says(read, encoding):
    assert read(ONE, encoding=encoding).rows == read(ONE).rows


def test_a_namespace_and_a_byte_order_mark_do_no_harm(read, draw):
    content = draw.file(ONE, encoding="utf-8").replace(b"<Barnevern>", b'<b:Barnevern xmlns:b="urn:x">').replace(
        b"</Barnevern>", b"</b:Barnevern>")
    assert read(b"\xef\xbb\xbf" + content).rows == read(ONE).rows


@pytest.mark.parametrize(("change", "rule_id", "told"), [
    (lambda whole: whole[:len(whole) // 2], "F60", "brutt ved linje"),
    (lambda whole: whole[:-3], "F60", "brutt ved linje"),
    (swap(b"ISO-8859-1", b"UTF-8"), "F60", "brutt ved linje 3"),
    (swap(b"ISO-8859-1", b"UKJENT-1"), "F60", "tegnsett"),
    (swap(b"ISO-8859-1", b"UTF-16"), "F60", "tegnsett"),
    (swap(b"<Barnevern>", BOMB.encode() + b"<Barnevern>"), "F61", "dokumenttype"),
    (swap(b"<Barnevern>", EXTERNAL.encode() + b"<Barnevern>"), "F61", "dokumenttype"),
    (swap(b"<Barnevern>", b"<!DOCTYPE Barnevern><Barnevern>"), "F61", "dokumenttype"),
    (swap(b"Barnevern>", b"Sosialhjelp>"), "F62", "linje 2: filen er ikke skjema 15F"),
    (lambda whole: b"", "F01", "filen er tom"),
    (lambda whole: b" \n", "F01", "filen er tom"),
    (lambda whole: b"<Barnevern/>", "F01", "verken avgiver eller individer"),
    (lambda whole: b"PK\x03\x04" + whole, "F62", "arkiv"),
    (lambda whole: whole[40:], "F62", "ikke XML"),
    (lambda whole: whole[:whole.index(b"<Individ")] + b"</Barnevern>", "F01", "ingen individer"),
    (swap(b"<Avgiver", b"<Sender"), "F63", "mangler avgiver"),
    (swap(b"</Barnevern>", b'<Avgiver Kommunenummer="0627"/></Barnevern>'), "F63", "én kommune"),
    (swap(b'Kommunenummer="2012"', b'Kommunenummer="Alta"'), "F09", "linje 3, avgiver"),
    (swap(b'Versjon="2018"', b'Versjon="18"'), "F05", "linje 3, avgiver"),
    (swap(b'Versjon="2018"', b'Versjon="2012"'), "F05", "et år fra 2013"),
    (swap(b'Kategori Kode="4.1"', b'Kategori Kode="9.1"'), "F04", "individ nr. 1, Kategori: Kode"),
    (swap(b'Kategori Kode="4.1"', b'Kategori Kode="4.1 4.2"'), "F09", "ikke én kategori"),
    (swap(b'<Kategori Kode="4.1"/>', b""), "F09", "ikke én kategori"),
    (swap(b'Melder Kode="11"', b'Melder Kode="planteglass"'), "F04", "Melder: Kode"),
    (swap(b'Avslutta3112="2"', b""), "F09", "Avslutta3112 mangler"),
    (swap(b"2018-01-10", b"2018-02-30"), "F05", "Melding: StartDato"),
    (swap(b"2018-01-10", b"10.01.2018"), "F05", "Melding: StartDato"),
    (swap(b' StartDato="2018-01-10"', b""), "F09", "Melding: StartDato mangler"),
    (swap(b"</Individ>", b'<Flytting SluttDato="2018-01-01"/></Individ>'), "F09", "årsak eller sted"),
    (swap(b"</Individ>", b"<Plan>" * 20 + b"</Plan>" * 20 + b"</Individ>"), "F64", "langt flere"),
    (swap(b"</Individ>", b"<x/>" * 20_001 + b"</Individ>"), "F64", "langt flere"),
])
def test_a_file_with_one_fault_is_refused_by_place_and_told_without_what_stood_there(
        refusals, draw, change, rule_id, told):
    (first, *_) = found = refusals(change(draw.file(ONE)))
    assert first[0] == rule_id and told in first[1] and first[1].startswith("15f.xml")
    assert [one for _, message in found for one in draw.planted(ONE) if one in message] == []


def test_many_faults_are_shown_to_a_number_and_the_rest_counted(refusals):
    found = refusals("\n".join(["child 2010-05\nmeasure 2018-01-01 - 9.9"] * 30))
    assert len(found) == 21 and "10 flere feil" in found[0][1]
    assert any("individ nr. 20, Kategori" in message for _, message in found)


@pytest.mark.parametrize(("content", "name"), [
    (b'<?xml version="1.0"?><Barnevern/>', "x"), (b"<Barnevern", "x.txt"), (b'<x><Individ Fodselsnummer="', "x.xml"),
    (b'<b:Individ a="1">', "x"), (b"noe foran <Avgiver ", "x"), (b'Fodselsnummer="', "x"),
    (b"PK\x03\x04...15f.xml...", "a.zip"), (b"\x1f\x8b\x08", "15f.xml.gz"),
    ("<Barnevern><Individ/>".encode("utf-16"), "x"), ("<?xml?><Individ ".encode("utf-16-le"), "x"),
])
def test_what_may_hold_children_is_taken_for_the_form_whole_broken_or_packed(content, name):
    assert recognise(content, name) is child_records


@pytest.mark.parametrize(("content", "name"), [
    (b"<html><body>Barnevern i kommunen</body></html>", "side.html"), (b"kommunenr;aar\n2012;2018\n", "x.csv"),
    (b"PK\x03\x04[Content_Types].xml xl/workbook.xml", "bok.xlsx"), (b"Kj\xe6re Individ og Avgiver", "brev.txt"),
    (b"\x1f\x8b\x08", "a.gz"), (b"", "15f.xml"), (b"Bilagsart;Journalnummer\n1;2\n", "journal.csv"),
])
def test_other_files_are_left_to_others(content, name):
    assert recognise(content, name) is not child_records


@pytest.mark.parametrize("name", ["uttrekk.xml", "uttrekk.txt", "uttrekk"])
def test_a_packed_file_is_seen_for_what_it_is_by_name_or_by_what_is_inside_also_when_it_is_cut(draw, name):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, draw.file(ONE))
    for content in (made.getvalue(), made.getvalue()[:-60], made.getvalue()[:200], gzip.compress(draw.file(ONE))):
        assert recognise(content, "levering") is child_records


def test_one_individual_is_in_memory_at_a_time(draw):
    """Two megabytes of individuals, held as bytes by the caller; the reader itself needs no more for 200."""
    one = draw.file(ONE)
    first, last = one.index(b"<Individ"), one.index(b"</Barnevern>")
    content = one[:first] + one[first:last] * (2**21 // (last - first)) + one[last:]
    tracemalloc.start()
    count = sum(1 for _ in elements_of(content, "stor.xml"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count > 3_000 and peak < 20 * PIECE


@settings(max_examples=40)
@given(st.text(max_size=14), st.text(max_size=14))
def test_no_number_makes_the_identity_fail_and_only_right_ones_have_a_key(number, duf):
    from datetime import date

    identity = identity_of(number, duf, "J", date(2018, 12, 31), b"nokkel")
    assert (identity.number_key is not None) is (identity.number == "complete")
    assert number not in repr(identity) or len(number) < 4 or not number.isascii() or not number.isdigit()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_change_of_bytes_is_read_or_refused_and_never_tells_what_it_changed(draw, data):
    whole = draw.file(ONE)
    at = data.draw(st.integers(0, len(whole)))
    content = whole[:at] + data.draw(st.binary(max_size=20)) + whole[at + data.draw(st.integers(0, 30)):]
    try:
        told = child_records.extract(child_records.read(content, "x.xml")).decode()
    except DeliveryRefused as refused:
        told = str(refused)
    assert "planteglass" not in told


@pytest.mark.parametrize(("born", "day", "added", "age"), [
    ((2010, 5), 1, 80, 8), ((2010, 12), 31, 80, 8), ((2000, 1), 1, 65, 18), ((1999, 12), 31, 40, 19),
    ((2019, 3), 5, 80, -1), ((2019, 12), 31, 80, -1), ((2020, 1), 1, 80, 98)])
def test_the_age_is_whole_years_at_the_count_date_whatever_series_of_test_numbers(draw, born, day, added, age):
    from datetime import date

    number = draw.identity_number(*born, 10, day=day, synthetic=added)
    identity = identity_of(number, "", "", date(2018, 12, 31), b"nokkel")
    assert (identity.number, identity.age) == ("complete", age)
    assert identity_of(f"{int(number[0]) + 4}{number[1:]}", "", "", date(2018, 12, 31), b"n").age == age
