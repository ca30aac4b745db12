"""What of findings and texts leaves the house: no number that may be small, no text that nobody has read."""

import hashlib
from datetime import datetime

import pytest

from assets.public_findings import RULES_NEVER_PUBLIC, public_findings
from assets.public_texts import public_texts, texts_waiting
from expectations.rule import all_rules
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


def test_a_reason_somebody_gave_for_a_decision_is_never_told(warehouse):
    fill(warehouse, "findings", "finding", found("VR10", state="forklart", explanation_nb="Ett barn flyttet.",
                                                 explained_by="evaluator"))
    fill(warehouse, "register", "finding_decision", {
        "decision_number": 1, "finding_id": "VR10", "decision": "explain", "decided_by": "evaluator",
        "decided_at": datetime(2019, 10, 1), "explanation_nb": "Ett barn flyttet."})
    (told,) = public_findings(warehouse, set())
    assert (told["state"], told["explanation"]) == ("forklart", "")


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


def delivered(stem, file_name, state="accepted", sender="2012", delivery_id=1, form_version="1"):
    return {"delivery_id": delivery_id, "sha256": f"{delivery_id:064d}", "stem": stem, "file_name": file_name,
            "delivery_state": state, "sender_code": sender, "form_version": form_version,
            "received_at": datetime(2019, 3, 1)}


@pytest.mark.parametrize(("stem", "message", "is_told"), [
    ("supplier_invoices", "Fakturaene er 25,04 millioner kroner (36 linjer).", False),
    ("ledger", "Kommune 2012: linje 3, 7 og 60 til mangler.", False),
    ("ledger", "Hovedboken har linjer merket EM.", True),
    ("bufetat", "bufetat_nord.csv, linje 14: endringen er 178.", True)])
def test_how_many_lines_there_are_is_told_only_of_printed_tables(warehouse, stem, message, is_told):
    fill(warehouse, "findings", "finding", found("VR37", stem=stem, message=message))
    assert public_findings(warehouse, set())[0]["details"] == (message if is_told else "")


@pytest.mark.parametrize(("rule_id", "stem", "message"), [
    # The state refunds so much a child: refunds in kroner are a number of children.
    ("VR32", "ledger", "Hovedboken har linjer merket enslige mindreårige, 1 412 000 kroner i refusjoner."),
    # A median is one line of the file: what one placement costs.
    ("FD01", None, "Medianen i core.ledger_line.amount_nok er 243 317, ventet 1 000 til 200 000."),
    ("FD04", None, "Medianen i core.supplier_invoice_line.amount_nok er 543 317, ventet 10 000 til 500 000."),
    # Bufetat's lines are one for each measure with days in it.
    ("AN08", "bufetat", "12 av 12 linjer (100 %) i Bufetats tall er de samme som året før."),
])
def test_an_amount_or_a_number_of_lines_that_gives_a_number_of_children_is_not_told(warehouse, rule_id, stem, message):
    fill(warehouse, "findings", "finding", found(
        rule_id, stem=stem, message=message, unit_code="2012" if stem else None, state="forklart",
        explanation_nb=message, explained_by="evaluator"))
    (told,) = public_findings(warehouse, set())
    assert (told["details"], told["explanation"], told["finding_id"]) == ("", "", "")


@pytest.mark.parametrize(("rule_id", "level", "hidden", "is_told"), [
    ("VR58", "informasjon", {("C5-01", "2012", "2018")}, False),
    ("VR21", "informasjon", {("C5-01", "2012", "2018")}, False),
    ("VR58", "informasjon", {("C5-01", "2012", "2017")}, True), ("VR21", "informasjon", set(), True),
    ("VR58", "advarsel", {("C5-01", "2012", "2018")}, True)])
def test_that_a_municipality_wrote_a_zero_is_not_told_of_a_number_that_is_hidden(
        warehouse, rule_id, level, hidden, is_told):
    fill(warehouse, "findings", "finding", found(rule_id, level=level))
    assert bool(public_findings(warehouse, hidden)) is is_told


def test_findings_that_tell_nothing_are_told_once_and_without_the_key_of_their_place(warehouse):
    fill(warehouse, "findings", "finding", *(found("VR22", finding_id=f"f{line}") for line in (3, 4, 5)),
         *(found("VR10", finding_id=f"g{line}") for line in (3, 4)), found("VR22", finding_id="f6", period="2017"))
    told = [(one["rule_id"], one["period"], one["finding_id"]) for one in public_findings(warehouse, set())]
    assert sorted(told) == [("VR10", "2018", "g3"), ("VR10", "2018", "g4"), ("VR22", "2017", ""), ("VR22", "2018", "")]


def test_every_rule_that_reads_the_records_of_individuals_stays_in_the_house(warehouse):
    reading = {rule.rule_id for rule in all_rules() if "child_record" in rule.select}
    assert reading == set(RULES_NEVER_PUBLIC)
    fill(warehouse, "findings", "finding", found("FE290", finding_id="a", stem="kostra_statistics"),
         found("FE291", finding_id="b", stem="tertial_reports"), found("VR01", finding_id="c", stem="child_records"))
    assert public_findings(warehouse, set()) == []


@pytest.mark.parametrize(("stem", "indicators", "hidden", "is_told"), [
    ("data_requests", "C6-01", set(), True), ("data_requests", "C6-01", {("C6-01", "2012", "2018")}, False),
    ("data_requests", None, set(), False), ("kostra_accounts", None, set(), True)])
def test_a_correction_that_does_not_fit_is_told_only_where_its_numbers_are_shown(
        warehouse, stem, indicators, hidden, is_told):
    fill(warehouse, "findings", "finding", found("RT01", stem=stem, indicator_ids=indicators))
    assert bool(public_findings(warehouse, hidden)) == is_told


@pytest.mark.parametrize(("state", "sender", "is_told"), [
    ("refused", "2012", False), ("accepted", "2012", True), ("refused", None, True)])
def test_of_a_municipalitys_refused_file_no_word_is_told_by_ssbs_rules_either(warehouse, state, sender, is_told):
    fill(warehouse, "register", "delivery", delivered("kostra_accounts", "kostra_0A_2018.dat", state, sender))
    fill(warehouse, "findings", "finding", found(
        "R007", stem="kostra_accounts", delivery_id=1, message="linje 1 har organisasjonsnummer OLA NORD."))
    assert (public_findings(warehouse, set())[0]["details"] != "") == is_told


@pytest.mark.parametrize(("form_version", "is_told"), [("mapping 1", False), ("1", True)])
def test_of_a_municipalitys_own_workbook_no_cell_is_told(warehouse, form_version, is_told):
    fill(warehouse, "register", "delivery", delivered("tertial_reports", "a.xlsx.zip", form_version=form_version))
    fill(warehouse, "findings", "finding", found("VR34", stem="tertial_reports", delivery_id=1, message="Celle B11."))
    assert (public_findings(warehouse, set())[0]["details"] != "") == is_told


def test_the_senders_own_names_of_files_and_sheets_are_not_told(warehouse):
    fill(warehouse, "register", "delivery", delivered("bufetat", "kari <b>.csv"),
         delivered("ledger", "hovedbok_2018.csv", delivery_id=2))
    fill(warehouse, "raw", "tertial_reports_cell", {
        "delivery_id": 3, "cell_number": 1, "municipality_code": "2012", "period": "2018-T3", "field_id": "x",
        "sheet": "Kari", "cell": "B2"})
    fill(warehouse, "findings", "finding", found(
        "VR34", message="kari <b>.csv, celle B2 i arket «Kari», hovedbok_2018.csv og arket «G Økonomi»."))
    assert public_findings(warehouse, set())[0]["details"] == (
        "leveranse 1.csv, celle B2 i arket «eget ark», hovedbok_2018.csv og arket «G Økonomi».")


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
