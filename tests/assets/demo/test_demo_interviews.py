"""The demo's interviews: as many as the annex prints, every text empty of content, nothing that says two things."""

import io
import json
import zipfile
from collections import Counter

import pytest

from assets.demo.interviews import TEXT
from assets.sources import interview_codings
from warehouse.reference_data import reference_rows

PROJECT, CODEBOOK = "intervjuer_2019.qdpx", "kodebok_intervjuer.qdc"


@pytest.fixture(scope="module")
def rows(files):
    return interview_codings.read(files[PROJECT].content, PROJECT).rows.to_pylist()


@pytest.fixture(scope="module")
def codings(rows):
    return [row for row in rows if row["record_kind"] == "coding"]


def test_there_are_as_many_interviews_as_the_annex_prints(rows):
    counted = Counter((row["informant_group"], row["municipality_code"]) for row in rows if row["record_kind"] == "document")
    assert counted == {
        ("ungdom", "2012"): 3, ("ungdom", "0729"): 5, ("ungdom", "0627"): 1, ("forelder", "2012"): 1,
        ("forelder", "0729"): 2, ("fosterforelder", "2012"): 2, ("fosterforelder", "0729"): 3}


def test_each_interview_is_bound_to_the_printed_number_it_is_a_part_of(files, rows):
    facts = {}
    for piece in json.loads(files[PROJECT].provenance)["pieces"]:
        for number in range(piece["place_from"], piece["place_to"] + 1):
            facts[number] = (piece["basis"], piece["fact_id"])
    told = {(row["informant_group"], row["municipality_code"], facts[row["cell_number"]])
            for row in rows if row["record_kind"] == "document"}
    assert told == {
        ("ungdom", "2012", ("constrained", "AL001")), ("fosterforelder", "2012", ("constrained", "AL002")),
        ("forelder", "2012", ("constrained", "AL003")), ("ungdom", "0729", ("constrained", "FA001")),
        ("forelder", "0729", ("constrained", "FA002")), ("fosterforelder", "0729", ("constrained", "FA003")),
        ("ungdom", "0627", ("constrained", "RO003"))}
    assert {facts[row["cell_number"]] for row in rows if row["record_kind"] == "coding"} == {("constructed", None)}


def test_the_codings_are_as_many_in_each_direction_as_the_targets_say(codings):
    words = {1: "positiv", 0: "nøytral", -1: "negativ"}
    counted = Counter(f"codings:{words[row['direction']]}:{row['code_name']}" for row in codings)
    assert counted == {row["component"]: int(row["amount"]) for row in reference_rows("demo_targets")
                       if row["component"].startswith("codings:")}


def test_every_code_is_mapped_and_every_delmaal_from_a_to_f_has_codes(codings):
    mapping = {row["code_name"]: row["delmaal"] for row in reference_rows("code_mapping")}
    assert {row["code_name"] for row in codings} == set(mapping)
    assert set(mapping.values()) == set("ABCDEF") and 12 <= len(mapping) <= 20


def test_participation_is_told_by_more_than_five_informants_of_every_group_that_has_them(codings):
    participation = {row["code_name"] for row in reference_rows("code_mapping") if row["indicator_id"] == "D1-04"}
    assert len({row["document_key"] for row in codings if row["code_name"] in participation}) == 17


def test_the_texts_say_that_they_say_nothing_and_every_place_lies_within_them(files, codings):
    with zipfile.ZipFile(io.BytesIO(files[PROJECT].content)) as archive:
        texts = {archive.read(name).decode() for name in archive.namelist() if name.startswith("sources/")}
        assert len(archive.namelist()) == 18
    assert texts == {TEXT} == {"Konstruert sammendrag uten innhold"}
    assert all(0 <= row["position_from"] < row["position_to"] <= len(TEXT) for row in codings)
    words = {TEXT[row["position_from"]:row["position_to"]] for row in codings}
    assert all(piece == piece.strip() and set(piece.split()) <= set(TEXT.split()) for piece in words)


def test_no_coder_codes_the_same_stretch_twice(codings):
    stretches = Counter((row["document_key"], row["coder_key"], row["position_from"], row["position_to"]) for row in codings)
    assert set(stretches.values()) == {1}


def test_the_codebook_has_the_projects_codes_and_gives_no_finding(files, codings):
    reading = interview_codings.read(files[CODEBOOK].content, CODEBOOK)
    assert {(row["code_name"], row["code_guid"]) for row in reading.rows.to_pylist()} == {
        (row["code_name"], row["code_guid"]) for row in codings}
    assert reading.findings == ()


def test_the_archive_is_stored_unpacked_so_that_every_machine_writes_the_same_bytes(files):
    with zipfile.ZipFile(io.BytesIO(files[PROJECT].content)) as archive:
        assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {member.date_time for member in archive.infolist()} == {(2019, 6, 3, 12, 0, 0)}
