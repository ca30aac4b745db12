"""Files made to do harm, or to be larger or odder than any real one: each is read or refused in words, and nothing happens.

Each case is made when the test runs and has one fault. `judge` also demands that nothing is written, started or fetched,
that the message names the file, and that the processor is done in time.
"""

import io
import json
import struct
import time
import zipfile
from pathlib import Path
from random import Random
from types import SimpleNamespace

import openpyxl
import pytest

from assets.sources import recognise, size_bounds, table_file
from assets.sources.refi_xml import PIECE, events
from expectations.finding import DeliveryRefused
from pipelines.command_line import main
from pipelines.commands.check import check_file
from tests.fuzz.law import MOST_SECONDS, judge
from tests.fuzz.mutations import zipped
from tests.fuzz.seeds import MAPPING

pytestmark = pytest.mark.house

GRANTS = "kommunenr;aar;tilskudd;beloep_1000kr;engang\n2012;2018;rammetilskudd barnevernsforsøk;25 500,0;nei\n"
ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
DELIVERIES = Path(__file__).parent / "deliveries"
LAST_ROW = 1_048_576


def sheet_of(*rows, hidden=()):
    """A workbook of one sheet; `hidden` are the rows of a second one nobody sees."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if hidden:
        other = book.create_sheet("Skjult")
        for row in hidden:
            other.append(row)
        other.sheet_state = "hidden"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def rows_of(text):
    return [line.split(";") for line in text.splitlines()]


def repacked(content, change):
    """The workbook with its members changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    return zipped(list(members.items()))


def in_sheet(find, replace):
    def change(members):
        members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].replace(find, replace, 1)

    return repacked(sheet_of(*rows_of(GRANTS)), change)


def with_member(name, content):
    return repacked(sheet_of(*rows_of(GRANTS)), lambda members: members.update({name: content}))


def a_million_empty_rows():
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (row, row) for row in range(3, LAST_ROW + 1))
    return in_sheet(b"</sheetData>", rows + b"</sheetData>")


def bomb_in_a_pair():
    """A zip with a mapping beside a workbook that is itself a bomb."""
    bomb = with_member("xl/worksheets/sheet2.xml", b" " * 40_000_000)
    return zipped([("bok.xlsx", bomb), ("bok.xlsx.mapping.csv", MAPPING.encode())])


def overlapping_members():
    """A directory with two hundred names for the same packed megabyte."""
    whole = zipped([("xl/worksheets/sheet1.xml", b"<a/>" + b" " * 1_000_000)])
    at = whole.index(b"PK\x01\x02")
    entry, ending = whole[at:whole.index(b"PK\x05\x06")], whole[whole.index(b"PK\x05\x06"):]
    names = [b"[Content_Types].xml", b"xl/workbook.xml", *(b"xl/worksheets/sheet%d.xml" % n for n in range(200))]
    directory = b"".join(entry[:28] + struct.pack("<H", len(name)) + entry[30:46] + name for name in names)
    counts = struct.pack("<HHII", len(names), len(names), len(directory), at)
    return whole[:at] + directory + ending[:8] + counts + ending[20:]


def damaged_inside():
    """A sound list of members, and the bytes of the one member of another kind than they say."""
    content = bytearray(zipped([("brev.bin", bytes(range(256)) * 40)], zipfile.ZIP_LZMA))
    for at in range(55, 75):
        content[at] ^= 255
    return bytes(content)


def project_of(size):
    """An interview project with a film of so many bytes."""
    return zipped([("project.qde", b"<a/>"), ("sources/film.mp4", bytes(size))], zipfile.ZIP_STORED)


def deep(opening, closing, depth=20_000):
    return (opening * depth + closing * depth).encode()


CORPUS = {  # case: file name, content, rule of the first finding (None where it is read)
    "a member without a name beside a workbook": (
        "bok.xlsx.zip", lambda: zipped([("", b"x"), ("bok.xlsx", sheet_of(["a"]))]), "F00"),
    "a damaged sheet beside a register of documents": ("kodinger.xlsx.zip", lambda: zipped(
        [("kodinger.xlsx", in_sheet(b"</sheetData>", b"")), ("kodinger.xlsx.dokumenter.csv", b"dokument\n")]), "F30"),
    "a packed member that is damaged": ("filer.zip", damaged_inside, "F00"),
    "a data set without numbers and without signs": ("tall.json", lambda: (
        DELIVERIES / "kostra_statistics" / "status_as_string.json").read_bytes().replace(b'"status"', b'"stat"'), "F07"),
    "a bomb in a workbook beside its mapping": ("bok.xlsx.zip", bomb_in_a_pair, "F31"),
    "a table as a bomb": ("tilskudd.xlsx", lambda: with_member("xl/media/x.xml", b" " * 50_000_000), "F31"),
    "members that overlap": ("tilskudd.xlsx", overlapping_members, "F31"),
    "a member that leads out of the table": ("tilskudd.xlsx", lambda: with_member("../../ut.xml", b"<a/>"), "F31"),
    "a table with macros": ("tilskudd.xlsx", lambda: with_member("xl/vbaProject.bin", b"x"), "F31"),
    "an entity in a table": ("tilskudd.xlsx", lambda: with_member("xl/sharedStrings.xml", ENTITY.encode()), "F31"),
    "a table linked to another file": (
        "tilskudd.xlsx", lambda: with_member("xl/externalLinks/externalLink1.xml", b"<a/>"), "F31"),
    "an entity in form 15F": ("15f.xml", lambda: f"{ENTITY}<Barnevern>&b;</Barnevern>".encode(), "F61"),
    "an entity in a codebook": (
        "bok.qdc", lambda: f'{ENTITY}<CodeBook xmlns="urn:QDA-XML:codebook:1.0">&b;</CodeBook>'.encode(), "Q05"),
    "a formula that was never calculated": (
        "tilskudd.xlsx", lambda: sheet_of(*rows_of(GRANTS), ["2012", "2018", "etableringstilskudd", "=1+1", "nei"]), "F36"),
    "a date that is a number": ("tilsyn.xlsx", lambda: sheet_of(
        ["kommunenr", "dato", "tilsyn", "forhold", "antall", "alvor"],
        ["2012", 43525, "Fylkesmannen", "internkontroll", 1, "lovbrudd"]), "F05"),
    "a table only on a hidden sheet": (
        "tilskudd.xlsx", lambda: sheet_of(["Se neste ark"], hidden=rows_of(GRANTS)), "F32"),
    "an old table on a hidden sheet": (
        "tilskudd.xlsx", lambda: sheet_of(*rows_of(GRANTS), hidden=rows_of(GRANTS)), None),
    "a value in the last row": ("tilskudd.xlsx", lambda: in_sheet(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'), "F32"),
    "cut in the middle of a letter": ("tilskudd.csv", lambda: GRANTS.encode()[:1], "F00"),
    "another alphabet": ("tilskudd.csv", lambda: GRANTS.encode("cp037"), "F00"),
    "two-byte letters without their mark": ("tilskudd.csv", lambda: GRANTS.encode("utf-16-le"), "F06"),
    "half in UTF-8 and half not": (
        "tilskudd.csv", lambda: GRANTS.encode() + "2012;2018;åpent;1;nei\n".encode("iso-8859-1"), "F17"),
    "nothing but zeros": ("tilskudd.csv", lambda: b"\0" * 100_000, "F00"),
    "zeros in a cell": ("tilskudd.csv", lambda: GRANTS.replace("rammetilskudd", "ramme\0\0").encode(), "F06"),
    "one quotation mark": ("tilskudd.csv", lambda: GRANTS.encode() + b'2018;2012;"' + b"x" * 1_000_000, "F06"),
    "a heading of a ten thousand columns": ("tilskudd.csv", lambda: b";" * 10_000, "F00"),
    "a ten thousand columns below the headings": ("tilskudd.csv", lambda: GRANTS.encode() + b"x" + b";" * 10_000, "F06"),
    "a number of a hundred thousand digits": (
        "tilskudd.csv", lambda: GRANTS.replace("25 500,0", "9" * 100_000).encode(), "F03"),
    "lists in lists": ("tall.json", lambda: b'{"value":' + deep("[", "]") + b"}", "F07"),
    "objects in objects": ("tall.json", lambda: deep('{"dimension":', "}"), "F07"),
    "a size of anything": ("tall.json", lambda: json.dumps(
        {"class": "dataset", "id": ["a"], "size": [10 ** 18], "value": [], "dimension": {"a": {"category": {"index": []}}}}
    ).encode(), "F07"),
    "elements in elements": ("15f.xml", lambda: b"<Barnevern><Avgiver>" + b"<a>" * 5_000, "F64"),
    "a sender that never ends": ("15f.xml", lambda: b'<Barnevern><Avgiver Kommunenavn="' + b"x" * 300_000, "F60"),
    "a tag that never ends": ("15f.xml", lambda: b'<Barnevern><Avgiver a="' + b"x" * 1_600_000, "F64"),
    "a comment that never ends": ("15f.xml", lambda: b"<Barnevern><!--" + b"<a>\n" * 750_000, "F64"),
    "a tag that never ends in a project": ("intervjuer.qdpx", lambda: zipped(
        [("project.qde", b'<Project name="' + Random(1).randbytes(2**20).hex().encode())], zipfile.ZIP_STORED), "Q06"),
    "accounts that are one long line": ("regnskap.dat", lambda: b"0A2018" + b"1" * 1_000_000, "R001"),
}


@pytest.mark.parametrize("case", CORPUS)
def test_a_file_of_the_corpus_is_read_or_refused_with_its_rule(case):
    name, make, rule_id = CORPUS[case]
    verdict = judge(make(), name)
    assert (verdict.rules or (None,))[0] == rule_id
    assert (verdict.outcome == "read") is (rule_id is None)


def test_a_million_formatted_rows_with_nothing_in_them_cost_seconds_and_change_nothing():
    """Read once only: what follows a table down to the last row is what a careless hand leaves."""
    content, began = a_million_empty_rows(), time.process_time()
    rows = recognise(content, "tilskudd.xlsx").read(content, "tilskudd.xlsx").rows
    assert rows.num_rows == 1 and time.process_time() - began < MOST_SECONDS


def test_a_tag_without_an_end_is_not_begun_again_for_every_few_kilobytes():
    """The parser looks at the whole of it for each piece it is given: half a gibibyte in small ones took an hour."""
    read, text = [], io.BytesIO(b'<Project name="' + b"x" * (3 * PIECE))
    stream = SimpleNamespace(read=lambda size: read.append(size) or text.read(size))
    with pytest.raises(DeliveryRefused):
        list(events(stream, "x.qdpx"))
    assert 3 <= len(read) <= 6


@pytest.mark.parametrize("name", ["tilskudd.csv", "tilskudd.xlsx"])
def test_a_table_with_more_lines_than_are_read_is_refused_with_the_bound(name, monkeypatch):
    monkeypatch.setattr(table_file, "MOST_RECORDS", 1_000)
    text = GRANTS + "2012;2016;etableringstilskudd;2750;ja\n" * 1_000
    content = text.encode() if name.endswith(".csv") else sheet_of(*rows_of(text))
    checked = check_file(name, content)
    assert [finding.rule_id for finding in checked.findings] == ["F47"]
    assert checked.findings[0].message.startswith(f"{name}: filen har mer enn 1\u00a0000 linjer")
    assert judge(content, name).outcome == "refused"


def test_a_table_with_as_many_lines_as_are_read_is_read(monkeypatch):
    monkeypatch.setattr(table_file, "MOST_RECORDS", 2)
    assert check_file("tilskudd.csv", GRANTS.encode()).refused is False


@pytest.fixture
def small_bounds(monkeypatch):
    """As if a table could be a thousand bytes, a stream two thousand and a project three."""
    monkeypatch.setattr(size_bounds, "LARGEST_TABLE", 1_000)
    monkeypatch.setattr(size_bounds, "LARGEST_STREAM", 2_000)
    monkeypatch.setattr(size_bounds, "LARGEST_PROJECT", 3_000)


@pytest.mark.parametrize(("name", "content", "is_taken"), [
    ("x.csv", b"x" * 1_000, True), ("x.csv", b"x" * 1_001, False), ("x.xlsx", b"PK\x03\x04" + b"x" * 1_001, False),
    ("x.json", b"{" + b"x" * 1_001, False), ("x.xml", b"<" * 2_000, True), ("x.xml", b"<" * 2_001, False),
    ("x.qdpx", b"PK\x03\x04" + b"x" * 1_500, True), ("prosjekt.zip", b"PK\x03\x04" + b"x" * 1_500, True),
    ("x.qdpx", b"x" * 1_500, False), ("x.qdpx", b"PK\x03\x04" * 501, False),
    ("prosjekt.zip", project_of(2_500), True), ("prosjekt.zip", project_of(3_000), False),
])
def test_the_bound_is_seen_from_the_size_and_the_beginning(small_bounds, tmp_path, name, content, is_taken):
    (tmp_path / name).write_bytes(content)
    assert (size_bounds.too_large(tmp_path / name) is None) is is_taken


@pytest.mark.parametrize("command", ["check", "read"])
def test_a_file_too_large_is_refused_unread_with_the_bound_and_the_others_go_on(
        small_bounds, tmp_path, capsys, monkeypatch, command):
    (tmp_path / "stor.csv").write_bytes(b"x" * 5_000)
    (tmp_path / "tilskudd.csv").write_text(GRANTS)
    read = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or path.open("rb").read())
    assert main([command, str(tmp_path / "stor.csv"), str(tmp_path / "tilskudd.csv")]) == 11
    told = "".join(capsys.readouterr())
    assert "stor.csv: filen er 0 MiB, og det leses høyst 0 MiB" in told and "rammetilskudd" in told or "tilskudd.csv" in told
    assert read == ["tilskudd.csv"]


def test_a_file_too_large_in_the_inbox_lies_there_unread_with_the_bound_told_and_the_others_go_on(small_bounds, desk):
    left = desk.put("2012/stor.csv", b"x" * 5_000)
    desk.put("tilskudd.csv", (DELIVERIES / "grants" / "known_grant_names.csv").read_bytes())
    outcomes = desk.take_in()
    assert {(outcome.file_name, outcome.state) for outcome in outcomes} == {("stor.csv", "left"), ("tilskudd.csv", "accepted")}
    (reason,) = [outcome.reason for outcome in outcomes if outcome.state == "left"]
    assert "det leses høyst 0 MiB" in reason and reason.endswith("Den ligger igjen i innboksen.")
    assert left.read_bytes() == b"x" * 5_000
