"""A workbook and its mapping as one file: the same two the same bytes, and what is no such pair."""

import io
import zipfile

import pytest

from assets.sources import recognise
from assets.sources.mapped_pair import LARGEST_MAPPING, Pair, pair_in, paired


def packed(members, compression=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_the_two_come_out_as_they_went_in_and_the_same_two_are_the_same_bytes():
    content = paired("tall 2018.xlsx", b"PK bok", b"felt_id;ark")
    assert pair_in(content) == Pair("tall 2018.xlsx", b"PK bok", "tall 2018.xlsx.mapping.csv", b"felt_id;ark")
    assert paired("tall 2018.xlsx", b"PK bok", b"felt_id;ark") == content
    assert len({content, paired("tall 2018.xlsx", b"PK bok", b"felt_id;ark;"),
                paired("x.xlsx", b"PK bok", b"felt_id;ark")}) == 3


@pytest.mark.parametrize("members", [
    {"bok.xlsx": b"x", "bok.xlsx.mapping.csv": b"y"}, {"bok.mapping.csv": b"y", "Bok.XLSX": b"x"},
    {"til dere/bok.xlsx": b"x", "til dere/m.mapping.csv": b"y", "til dere/": b""},
    {"bok.xlsx": b"x", "m.mapping.csv": b"y", "__MACOSX/._bok.xlsx": b"z"}])
def test_a_zip_a_person_has_made_of_the_two_is_a_pair(members):
    found = pair_in(packed(members))
    assert (found.workbook, found.mapping) == (b"x", b"y") and "/" not in found.workbook_name + found.mapping_name


@pytest.mark.parametrize("members", [
    {"bok.xlsx": b"x"}, {"m.mapping.csv": b"y"}, {"bok.xlsx": b"x", "annet.csv": b"y"},
    {"a.txt": b"x", "m.mapping.csv": b"y"},
    {"bok.xlsx": b"x", "m.mapping.csv": b"y", "to.xlsx": b"z"},
    {"bok.xlsx": b"x", "m.mapping.csv": b"0" * (LARGEST_MAPPING + 1)}])
def test_any_other_zip_is_none(members):
    assert pair_in(packed(members)) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 200,
                                     paired("a.xlsx", b"x", b"y")[:-30]])
def test_a_broken_zip_is_none(content):
    assert pair_in(content) is None


def test_a_name_inside_cannot_write_into_a_message():
    assert pair_in(packed({"a\x1b[31m\n.xlsx": b"x", "m.mapping.csv": b"y"})).workbook_name == "a?[31m?.xlsx"


def test_a_form_of_our_own_is_no_pair(filled):
    assert pair_in(filled()) is None
    assert recognise(filled(), "x.xlsx").STEM == "tertial_reports"
