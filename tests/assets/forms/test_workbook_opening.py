"""Strangers' workbooks are opened from bytes within bounds, or refused with a reason; nothing ever raises anything else."""

import io
import random
import struct
import zipfile

import pytest

from assets.sources import recognise
from assets.sources.workbook import OpenedWorkbook
from expectations.finding import DeliveryRefused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SHEET = "xl/worksheets/sheet3.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
OF_FORMS = ("tertial_reports", "data_requests")


def refused(content, name="rapport.xlsx"):
    """The one reason a workbook is refused for; also the door of the readers must lead to it."""
    reader = recognise(content, name)
    assert reader.STEM == "tertial_reports"
    with pytest.raises(DeliveryRefused) as refusal:
        reader.read(content, name)
    (finding,) = refusal.value.findings
    assert finding.level == "kritisk_feil" and finding.message.startswith(f"{name}: ") and finding.file == name
    return finding


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


# No workbook

@pytest.mark.parametrize(("content", "text"), [
    (b"kommune;tal\n2012;3\n", "heter som en arbeidsbok, men innholdet er noe annet"),
    (OLE, "eldre arbeidsbok (.xls) eller beskyttet med passord"),
    (b"PK\x03\x04", "avkortet, skadet eller beskyttet"),
    (zipped({"brev.txt": "hei"}), "en zip-fil som ikke er en arbeidsbok"),
    (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"}), "en zip-fil som ikke er en arbeidsbok"),
    (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "OpenDocument"),
    (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"}), "binærformat (.xlsb)"),
])
def test_what_is_called_a_workbook_and_is_none_is_refused_with_what_to_do(content, text):
    finding = refused(content)
    assert finding.rule_id == "F30" and text in finding.message
    assert "lagre det som Excel-arbeidsbok (.xlsx)" in finding.message


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
@pytest.mark.parametrize("name", ["rapport.xlsx", "rapport"])
def test_a_truncated_workbook_is_refused_whatever_its_name(filled, share, name):
    content = filled()
    cut = content[:int(len(content) * share)]
    if share == 0.02 and name == "rapport":  # so little is left that nobody can know what it was
        assert recognise(cut, name) is None
        return
    assert refused(cut, name).rule_id == "F30"


def test_a_member_that_does_not_match_its_checksum_is_refused(filled):
    content = bytearray(filled())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        offset = archive.getinfo(SHEET).header_offset + 30 + len(SHEET) + 40
    content[offset] ^= 0xFF
    assert refused(bytes(content)).rule_id == "F30"


@pytest.mark.parametrize(("content", "name"), [(b"", "rapport.xlsx"), (b"  \n", "rapport.xlsx")])
def test_an_empty_file_is_no_workbook(content, name):
    assert recognise(content, name) is None


@pytest.mark.parametrize(("content", "name"), [
    (b"kommune;tal\n2012;3\n", "tal.csv"), (b"%PDF-1.7", "rapport.pdf"), (zipped({"brev.txt": "hei"}), "brev.zip")])
def test_what_is_neither_called_nor_is_a_workbook_is_left_to_others(content, name):
    assert recognise(content, name) is None


def test_content_decides_also_under_a_workbooks_name():
    ledger = "kommunenr;regnskapsaar;bilagsnr;funksjon;art;prosjekt;beloep_kr\n2012;2018;1;252;010;F;1,00\n"
    assert recognise(ledger.encode(), "hovedbok.xlsx").STEM == "ledger"


# What could do harm

HARM = {
    "macros": (lambda members: members.update({"xl/vbaProject.bin": b"x"}), "har makroer"),
    "macro sheets": (lambda members: members.update({"xl/macrosheets/sheet1.xml": b"<x/>"}), "har makroer"),
    "a kind with macros": (lambda members: members.update({"[Content_Types].xml": members["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")}), "kan ha makroer (.xlsm)"),
    "links to other workbooks": (lambda members: members.update(
        {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "henter tall fra andre filer"),
    "a data connection": (lambda members: members.update({"xl/connections.xml": b"<x/>"}), "eller datakilder"),
    "an outside relation": (lambda members: members.update({RELATIONS: members[RELATIONS].replace(
        b"</Relationships>", b'<Relationship Id="r" Type="http://x/oleObject" Target="file:///x" '
        b'TargetMode="External"/></Relationships>')}), "lenket til andre filer"),
    "a document type": (lambda members: members.update(
        {SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]>' + members[SHEET]}), "egne definisjoner"),
    "another character set": (lambda members: members.update(
        {SHEET: members[SHEET].decode().encode("utf-16")}), "fremmed tegnsett"),
    "a path upwards": (lambda members: members.update({"xl/../../etc/passwd": b"x"}), "sti som peker ut"),
    "a path from the root": (lambda members: members.update({"/etc/passwd": b"x"}), "sti som peker ut"),
    "a path on a drive": (lambda members: members.update({"C:\\windows\\x": b"x"}), "sti som peker ut"),
    "a path upwards as Windows writes it": (lambda members: members.update({"xl\\..\\..\\x": b"x"}), "sti som peker ut"),
    "two members of one name": (lambda members: members.update({SHEET.upper(): b"x"}), "samme navn"),
    "a bomb": (lambda members: members.update({"xl/media/bomb.bin": bytes(20 * 2**20)}), "pakker ut til langt mer"),
    "a thousand members": (lambda members: members.update(
        {f"xl/media/{number}": b"" for number in range(1001)}), "pakker ut til langt mer"),
}


@pytest.mark.parametrize("name", HARM)
def test_what_could_do_harm_is_not_opened(filled, repacked, name):
    change, text = HARM[name]
    finding = refused(repacked(filled(), change))
    assert finding.rule_id == "F31" and text in finding.message and "«folgeeval template»" in finding.message


def test_a_workbook_too_large_in_all_is_not_opened(filled, repacked):
    noise = random.Random(1).randbytes(2**20)
    content = repacked(filled(), lambda members: members.update(
        {f"xl/media/{number}.bin": noise for number in range(65)}))
    assert "pakker ut til langt mer" in refused(content).message


def test_a_directory_that_lies_about_a_members_size_does_not_get_more_out_of_it(filled, repacked):
    """The directory says ten bytes; what would come out is twenty million."""
    content = repacked(filled(), lambda members: members.update({"xl/styles2.xml": b" " * 20_000_000}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo("xl/styles2.xml")
    lie = content.replace(struct.pack("<III", member.CRC, member.compress_size, member.file_size),
                          struct.pack("<III", member.CRC, member.compress_size, 10))
    assert lie != content
    assert refused(lie).rule_id == "F30"


def test_a_value_at_the_far_end_of_a_sheet_is_not_laid_out_in_memory(filled, edited):
    def change(book):
        book["B Forebygging"]["XFD1048576"] = 1
    finding = refused(edited(filled(), change))
    assert finding.rule_id == "F31" and "rad 1048576, kolonne 16384" in finding.message


def test_a_sheet_that_only_says_it_is_vast_is_read(filled, repacked):
    content = repacked(filled(), lambda members: members.update({SHEET: members[SHEET].replace(
        b'<dimension ref="', b'<dimension ref="A1:XFD1048576" x="')}))
    assert recognise(content, "x").read(content, "x").rows.num_rows > 50


def test_a_hyperlink_in_a_text_is_no_danger(filled, edited):
    def change(book):
        book["Fremdrift"]["B4"].hyperlink = "https://example.org/"
    content = edited(filled(), change)
    assert recognise(content, "x").read(content, "x").findings == ()


@pytest.mark.parametrize("reference", ["B0", "b4", "ZZZZ4", "B1048577", ""])
def test_a_cell_with_a_reference_that_is_none_is_refused(filled, repacked, reference):
    content = repacked(filled(), lambda members: members.update(
        {SHEET: members[SHEET].replace(b'r="B4"', f'r="{reference}"'.encode())}))
    assert refused(content).rule_id == "F30"


@pytest.mark.parametrize("member", ["xl/workbook.xml", RELATIONS, SHEET, "xl/worksheets/sheet10.xml"])
@pytest.mark.parametrize("text", [b"", b"<", b"<a/>", b"\xff\xfe"])
def test_broken_xml_inside_is_refused_and_never_a_crash(filled, repacked, member, text):
    content = repacked(filled(), lambda members: members.update({member: text}))
    with pytest.raises(DeliveryRefused) as refusal:
        recognise(content, "x.xlsx").read(content, "x.xlsx")
    assert {finding.rule_id for finding in refusal.value.findings} <= {"F30", "F31", "F32", "F34", "F35"}


def test_a_sheet_that_is_not_there_is_an_error_of_ours(filled):
    with pytest.raises(KeyError):
        OpenedWorkbook(filled(), "tertial_reports", "x").sheet("Borte")


def test_chance_damage_is_read_or_refused_and_nothing_else(filled, repacked):
    """Bytes changed at random inside the XML, where a checksum no longer tells."""
    chance, sound, outcomes = random.Random(20191001), filled(), set()
    for _ in range(60):
        def damage(members):
            name = chance.choice([one for one in members if one.startswith("xl/") and one.endswith((".xml", ".rels"))])
            text = bytearray(members[name])
            for _ in range(chance.choice((1, 3, 20))):
                text[chance.randrange(len(text))] = chance.randrange(256)
            members[name] = bytes(text)
        content = repacked(sound, damage)
        try:
            recognise(content, "x.xlsx").read(content, "x.xlsx")
            outcomes.add("read")
        except DeliveryRefused:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}
