"""Interviews and codings from drawn rows: which are in force, under which unit, answering what."""

import pytest


def row(number, kind, document, year, **more):
    return {"delivery_id": more.pop("delivery", 1), "cell_number": number, "record_kind": kind,
            "document_key": document, "interview_year": year, "informant_group": "ungdom", "consent_state": "given",
            "verification_state": "verified", "cell": f"{kind} {number}", **more}


def code_row(number):
    return {"delivery_id": 9, "cell_number": number, "record_kind": "code", "code_name": "kode", "code_guid": "g",
            "cell": "g"}


@pytest.mark.parametrize(("code", "year", "unit"), [
    ("2012", 2019, "2012"), ("0722", 2017, "0729"), ("0723", 2016, "0729"), ("0729", 2018, "0729"), (None, 2019, None)])
def test_an_interview_stands_under_the_unit_its_municipality_was_part_of_that_year(warehouse, code, year, unit):
    warehouse.delivered(1, "interview_codings", f"FORSOK:{year}")
    warehouse.raw("interview_codings_coding", [row(0, "document", "d", year, municipality_code=code)])
    assert [(one["document_key"], one["unit_code"]) for one in warehouse.built("interview_document")] == [("d", unit)]


def test_a_coding_answers_what_the_mapping_says_and_one_without_mapping_nothing(warehouse):
    warehouse.delivered(1, "interview_codings", "FORSOK:2019")
    warehouse.raw("interview_codings_coding", [
        row(1, "coding", "d", 2019, code_name="Medvirkning i egen sak", direction=1),
        row(2, "coding", "d", 2019, code_name="Tidlig hjelp"),
        row(3, "coding", "d", 2019, code_name="En egen kode", direction=-1)])
    assert {one["code_name"]: (one["delmaal"], one["problemstilling_no"], one["indicator_id"], one["direction"])
            for one in warehouse.built("interview_coding")} == {
        "Medvirkning i egen sak": ("D", "D1", "D1-04", 1), "Tidlig hjelp": ("B", "B1", None, None),
        "En egen kode": (None, None, None, -1)}


def test_a_coding_never_stands_beside_a_municipality(warehouse):
    warehouse.delivered(1, "interview_codings", "FORSOK:2019")
    warehouse.raw("interview_codings_coding", [row(1, "coding", "d", 2019, code_name="Tidlig hjelp")])
    (one,) = warehouse.built("interview_coding")
    assert not {"unit_code", "municipality_code", "source_municipality_code"} & set(one)


def test_a_newer_project_takes_the_place_of_its_years_and_leaves_the_others(warehouse):
    warehouse.delivered(1, "interview_codings", "FORSOK:2018 FORSOK:2019", received="2019-06-01")
    warehouse.delivered(2, "interview_codings", "FORSOK:2019", received="2019-09-01")
    warehouse.raw("interview_codings_coding", [
        row(0, "document", "old18", 2018), row(1, "document", "old19", 2019),
        row(2, "coding", "old19", 2019, code_name="a"),
        row(0, "document", "new19", 2019, delivery=2), row(1, "coding", "new19", 2019, code_name="b", delivery=2)])
    assert [one["document_key"] for one in warehouse.built("interview_document")] == ["new19", "old18"]
    assert [one["code_name"] for one in warehouse.built("interview_coding")] == ["b"]


def test_a_codebook_gives_neither_interviews_nor_codings_and_replaces_no_project(warehouse):
    warehouse.delivered(1, "interview_codings", "FORSOK:2016", received="2019-06-01")
    warehouse.delivered(9, "interview_codings", "FORSOK:2016:codebook", received="2019-09-01")
    warehouse.raw("interview_codings_coding", [row(0, "document", "d", 2016), code_row(0), code_row(1)])
    assert [one["document_key"] for one in warehouse.built("interview_document")] == ["d"]
    assert warehouse.built("interview_coding") == []
    assert {one["dataset_code"] for one in warehouse.built("delivery_in_force")} == {"", "codebook"}
