"""What of findings and texts leaves the house: no number that may be small, no text that nobody has read."""

import hashlib

import pytest

from assets.public_findings import public_findings
from assets.public_texts import public_texts, texts_waiting
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory
from warehouse.reference_data import reference_rows
from warehouse.rule_table import rule_of

TEXT = "Vi har fått flere fosterhjem."


@pytest.fixture
def warehouse():
    with in_memory() as connection:
        yield connection


def fill(connection, schema, name, *several):
    contract = contract_of(schema, name)
    append(connection, contract, arrow_table(
        contract, [{**dict.fromkeys(contract.column_names), **row} for row in several]))


def found(rule_id, **changes):
    return {"finding_id": rule_id, "rule_id": rule_id, "level": "feil", "unit_code": "2012", "period": "2018",
            "message": "Fant 2 og 3.", "state": "åpen", "indicator_ids": "C6-01 C5-01", **changes}


def test_a_rule_about_money_tells_its_text_and_its_reviewed_explanation(warehouse):
    fill(warehouse, "findings", "finding", found("VR10", state="forklart", explanation_nb="Periodisering.",
                                                 explained_by="evaluator"))
    (told,) = public_findings(warehouse, set())
    assert (told["what"], told["details"], told["explanation"]) == (
        rule_of("VR10").name_nb, "Fant 2 og 3.", "Periodisering.")
    assert told["indicator_ids"] == ["C6-01", "C5-01"]


def test_a_rule_about_counts_tells_no_number_and_no_explanation(warehouse):
    fill(warehouse, "findings", "finding", found("VR02", state="forklart", explanation_nb="2 av barna flyttet.",
                                                 explained_by="evaluator"))
    (told,) = public_findings(warehouse, set())
    assert (told["details"], told["explanation"], told["advice"]) == ("", "", rule_of("VR02").advice_nb)
    assert told["what"] == rule_of("VR02").name_nb and "barna" not in str(told) and "Fant" not in str(told)


@pytest.mark.parametrize(("hidden", "is_told"), [
    (("C5-01", "2012", "2018"), False), (("C5-01", "2012", "2018-T3"), False), (("C6-01", "2012", "2018"), False),
    (("C5-01", "2012", "2017"), True), (("C5-01", "0729", "2018"), True), (("C5-04", "2012", "2018"), True)])
def test_a_finding_about_a_number_that_is_hidden_tells_no_number_whatever_the_rule(warehouse, hidden, is_told):
    fill(warehouse, "findings", "finding", found("VR10", state="forklart", explanation_nb="24 og 36 måneder.",
                                                 explained_by="evaluator"))
    (told,) = public_findings(warehouse, {hidden})
    assert (told["details"] != "", told["explanation"] != "") == (is_told, is_told)
    assert told["what"] == rule_of("VR10").name_nb


def test_a_finding_without_a_year_is_about_every_year_and_one_without_a_unit_about_no_municipality(warehouse):
    fill(warehouse, "findings", "finding", found("VR10", period=None), found("VR69", unit_code=None, period=None))
    told = {one["rule_id"]: one["details"] for one in public_findings(warehouse, {("C6-01", "2012", "2015")})}
    assert told == {"VR10": "", "VR69": "Fant 2 og 3."}


# Public statistics and the evaluators' own lists: their files hold nothing about a single child.
FILES_THAT_MAY_BE_QUOTED = {"A03", "F07", "F08", "F13", "F14", "F16"}


def test_what_stops_a_municipalitys_file_is_told_without_a_word_of_the_file():
    quoting = {row["rule_id"] for row in reference_rows("rule")
               if row["rule_id"][:1] in "AFQ" and row["rule_id"][1:].isdigit() and row["is_about_counts"] == "false"}
    assert quoting == FILES_THAT_MAY_BE_QUOTED
    assert all(rule_of(rule_id).is_about_counts for rule_id in ("VR09", "VR71", "VR73"))


def test_a_finding_of_a_rule_nobody_has_described_tells_no_number(warehouse):
    fill(warehouse, "findings", "finding", found("F99"))
    (told,) = public_findings(warehouse, set())
    assert told["details"] == "" and told["what"] == "En leveranse bryter kravene til formen."


def test_what_the_municipality_itself_explains_is_not_told_unread(warehouse):
    fill(warehouse, "findings", "finding", found("VR10", state="forklart", explanation_nb="Familien flyttet.",
                                                 explained_by="kommunen"))
    assert public_findings(warehouse, set())[0]["explanation"] == ""


def test_the_worst_come_first(warehouse):
    fill(warehouse, "findings", "finding", found("A", level="informasjon"), found("B", level="kritisk_feil"),
         found("C", level="advarsel"))
    assert [told["rule_id"] for told in public_findings(warehouse, set())] == ["B", "C", "A"]


@pytest.mark.parametrize(("is_reviewed", "shown", "waiting"), [(True, [TEXT], {}), (False, [], {"2012": 1})])
def test_only_an_approved_text_is_shown_and_the_others_are_counted(warehouse, is_reviewed, shown, waiting):
    fill(warehouse, "core", "progress_text", {
        "unit_code": "2012", "period": "2018-T3", "delmaal": "C", "value_text": TEXT, "is_reviewed": is_reviewed,
        "delivery_id": 1, "cell_number": 60})
    assert [text["text"] for text in public_texts(warehouse)] == shown
    assert texts_waiting(warehouse) == waiting


def test_a_review_is_of_the_text_itself_so_that_a_changed_text_waits_again(warehouse):
    same = hashlib.sha256(TEXT.encode()).hexdigest()
    (found_by_database,) = warehouse.execute("SELECT sha256(?)", [TEXT]).fetchone()
    assert found_by_database == same
