"""What a delivered archive may and may not be: everything else in it stays closed, and no member's name is told."""

import struct
import zipfile

import pytest

from assets.sources import interview_codings, recognise
from assets.sources import refi_archive

BOM = b"\xef\xbb\xbf"
SECRET = "Ola Hemmelig"


@pytest.mark.parametrize("name", ["intervjuer.qdpx", "data.zip", "uten etternavn"])
def test_a_project_is_known_by_its_content_whatever_it_is_called(drawing, name):
    assert recognise(drawing.qdpx(drawing.source(1)), name) is interview_codings


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 ikke et arkiv", b"hva som helst"])
@pytest.mark.parametrize("name", [
    "a.qdpx", "A.QDPX", "kodebok.qdc", "project.qde", "intervju.nvp", "i.mx20", "i.atlproj"])
def test_what_may_hold_interviews_is_ours_by_its_name_even_when_it_is_broken(content, name):
    assert interview_codings.recognises(content, name)


@pytest.mark.parametrize(("members", "ours"), [
    ({"Mappe/project.qde": "x"}, True), ({"PROJECT.QDE": "x"}, True), ({"Sources/a.txt": "x"}, True),
    ({"a/sources/b.txt": "x"}, True), ({"xl/workbook.xml": "x", "[Content_Types].xml": "x"}, False),
    ({"sources.txt": "x"}, False), ({"__MACOSX/project.qde": "x"}, False)])
def test_an_archive_with_a_project_or_sources_is_ours_and_a_workbook_is_not(drawing, members, ours):
    assert interview_codings.recognises(drawing.archive(members), "fil.zip") is ours


@pytest.mark.parametrize("content", [b"kommunenr;regnskapsaar\n2012;2018\n", b'{"version":"2.0"}', b"0A2018 201200"])
def test_other_sources_are_not_ours(content):
    assert not interview_codings.recognises(content, "fil.csv")


@pytest.mark.parametrize("wrap", [
    lambda text: text.encode(), lambda text: BOM + text.encode(), lambda text: BOM + BOM + b"\n" + text.encode(),
    lambda text: ('<?xml version="1.0" encoding="utf-8"?>' + text).encode(), lambda text: text.encode("utf-16")])
@pytest.mark.parametrize("folder", ["sources", "Sources"])
def test_byte_order_marks_and_either_spelling_of_sources_change_nothing(drawing, read, wrap, folder):
    source = drawing.source(1, "own 0-5 A")
    content = drawing.archive({"project.qde": wrap(drawing.qde(source)), f"{folder}/1.txt": BOM + b"tekst"})
    assert read(content).rows == read(drawing.qdpx(source)).rows


def test_an_unpacked_project_is_read_like_a_packed_one(drawing, read):
    source = drawing.source(1)
    assert read(drawing.qde(source).encode(), "project.qde").rows == read(drawing.qdpx(source)).rows


def test_without_project_qde_the_advice_is_to_export_again(drawing, refusals):
    ((rule_id, message),) = refusals(drawing.archive({f"sources/{SECRET}.txt": "x"}))
    assert rule_id == "Q02" and "ingen project.qde" in message and "Eksporter prosjektet på nytt" in message
    assert SECRET not in message


def test_two_projects_in_one_archive_are_refused_and_macos_shadow_files_are_not_projects(drawing, refusals, read):
    text = drawing.qde(drawing.source(1))
    ((rule_id, message),) = refusals(drawing.archive({"project.qde": text, "b/project.qde": text}))
    assert rule_id == "Q02" and "2 filer" in message
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = drawing.archive([("project.qde", text), ("project.qde", text)])
    assert refusals(twice)[0][0] == "Q02"
    assert read(drawing.archive({"project.qde": text, "__MACOSX/._project.qde": "x"})).rows.num_rows == 2


@pytest.mark.parametrize("path", [
    f"/{SECRET}.txt", f"../{SECRET}.txt", f"sources/../../{SECRET}.txt", f"..\\{SECRET}.txt", f"sources\\..\\{SECRET}",
    f"C:\\{SECRET}.txt", f"\\\\tjener\\{SECRET}.txt"])
def test_a_path_out_of_the_archive_is_refused_without_telling_it(drawing, refusals, path):
    content = drawing.archive([("project.qde", drawing.qde(drawing.source(1))), (path, "x")])
    ((rule_id, message),) = refusals(content)
    assert rule_id == "Q03" and "fil nr. 2" in message and SECRET not in message


def test_backslashes_that_stay_inside_are_read(drawing, read):
    content = drawing.archive([("project.qde", drawing.qde(drawing.source(1))), ("sources\\a..b.txt", "x")])
    assert read(content).rows.num_rows == 2


@pytest.mark.parametrize("name", ["project.qde", "sources/1.txt"])
def test_a_zip_bomb_is_refused_unopened(drawing, refusals, monkeypatch, name):
    members = {"project.qde": drawing.qde(drawing.source(1)), name: b" " * (8 * 2**20)}
    content = drawing.archive(members)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *arguments: 1 / 0)
    assert [rule_id for rule_id, _ in refusals(content)] == ["Q04"]


def test_more_than_can_be_read_at_once_is_refused_although_it_hardly_shrinks(drawing, refusals, read, monkeypatch):
    content = drawing.archive({"project.qde": drawing.qde(drawing.source(1))}, compression=zipfile.ZIP_STORED)
    assert read(content).rows.num_rows == 2
    with monkeypatch.context() as patch:
        patch.setattr(refi_archive, "LARGEST_XML", 1000)
        assert refusals(content)[0][0] == "Q04"
    with monkeypatch.context() as patch:
        patch.setattr(refi_archive, "LARGEST_WHOLE", 1000)
        assert refusals(content)[0][0] == "Q04"
    monkeypatch.setattr(refi_archive, "MOST_MEMBERS", 0)
    assert refusals(content)[0][0] == "Q04"


def broken(content, kind):
    if kind == "truncated":
        return content[:len(content) // 2]
    if kind == "flipped":
        at = content.index(b"project.qde") + 40
        return content[:at] + bytes(byte ^ 0xFF for byte in content[at:at + 20]) + content[at + 20:]
    central = content.index(b"PK\x01\x02")
    offset, value = {"encrypted": (8, 1), "unknown packing": (10, 97)}[kind]
    return content[:central + offset] + struct.pack("<H", value) + content[central + offset + 2:]


@pytest.mark.parametrize("kind", ["truncated", "flipped", "encrypted", "unknown packing"])
def test_an_archive_that_cannot_be_opened_is_refused_with_advice(drawing, refusals, kind):
    ((rule_id, message),) = refusals(broken(drawing.qdpx(drawing.source(1)), kind))
    assert rule_id == "Q01" and "arkivet kan ikke åpnes" in message


def test_nothing_but_project_qde_is_opened(drawing, read, monkeypatch):
    content, opened, open_one = drawing.qdpx(drawing.source(1), drawing.source(2)), [], zipfile.ZipFile.open
    monkeypatch.setattr(zipfile.ZipFile, "open",
                        lambda self, member, *rest: opened.append(member.filename) or open_one(self, member, *rest))
    read(content)
    assert opened == ["project.qde"]


@pytest.mark.parametrize("head", [
    '<!DOCTYPE Project>', '<!DOCTYPE Project SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE Project [<!ENTITY a "b">]>',
    '<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'])
def test_document_types_and_entities_are_refused(drawing, refusals, head):
    ((rule_id, message),) = refusals(drawing.qdpx(drawing.source(1), head=head))
    assert rule_id == "Q05" and "DTD" in message


@pytest.mark.parametrize(("text", "said"), [
    ("<Project", "brutt ved linje 1"), ("<a/>", "verken et prosjekt eller en kodebok"),
    (f"<Project>\n<{SECRET}", "brutt ved linje 2"),
    ('<?xml version="1.0" encoding="tull"?><Project/>', "Eksporter prosjektet på nytt"),
    ("<a>" * 100_000 + "</a>" * 100_000, "verken et prosjekt eller en kodebok"), ("\x00\x01", "brutt ved linje 1")])
def test_xml_that_is_broken_or_something_else_is_refused_with_its_line(drawing, refusals, text, said):
    ((rule_id, message),) = refusals(drawing.archive({"project.qde": text}))
    assert rule_id == "Q06" and said in message and SECRET not in message


@pytest.mark.parametrize("content", [b"", BOM, b" \n"])
def test_an_empty_file_is_said_to_be_empty(refusals, content):
    assert [rule_id for rule_id, _ in refusals(content)] == ["F01"]


@pytest.mark.parametrize("name", ["p.nvp", "p.nvpx", "P.MX22", "p.atlproj9", "p.qda"])
def test_a_tools_own_file_is_refused_with_the_way_to_export(refusals, name):
    ((rule_id, message),) = refusals(b"\x00\x01binary", name)
    assert rule_id == "Q07" and "REFI-QDA" in message
