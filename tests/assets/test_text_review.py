"""The review of progress texts: a text is shown only once somebody has approved exactly that text."""

from datetime import datetime

import pytest

from assets.build import build_reference_table, build_sql_table, set_clock
from assets.demo.form_words import texts_to_approve
from assets.public_texts import public_texts, texts_waiting
from assets.register import Arrival, record_accepted
from assets.sources.reading import ScopeKey
from assets.sql_files import in_order
from assets.text_review import APPROVED, WITHHELD, UnknownText, full_sum, record_review, text_sum, waiting_texts
from warehouse.arrow import arrow_table
from warehouse.contracts import REFERENCE, contract_of
from warehouse.database import append, in_memory, one, rows

MOMENT = datetime(2019, 10, 1)
WORDS = {"tekst_a": "Kurs er holdt.", "tekst_b": "Møter er holdt.", "tekst_c": "Ett fosterhjem er rekruttert."}


def deliver(connection, letter, code, period, words):
    """A tertial report with nothing but texts."""
    delivery_id = record_accepted(
        connection, Arrival(letter * 64, f"{letter}.xlsx", code, MOMENT), stem="tertial_reports", form_version="1",
        row_count=len(words), scope_keys=[ScopeKey(code, period)])
    contract = contract_of("raw", "tertial_reports_cell")
    append(connection, contract, arrow_table(contract, [
        {**dict.fromkeys(contract.column_names), "delivery_id": delivery_id, "cell_number": number,
         "municipality_code": code, "period": period, "field_id": field_id, "value_text": text, "sheet": "Fremdrift",
         "cell": f"B{number}"} for number, (field_id, text) in enumerate(words.items(), 50)]))


def build(connection):
    set_clock(connection, MOMENT)
    for table in in_order():
        if (table.schema, table.name) in (("core", "delivery_in_force"), ("core", "progress_text")):
            build_sql_table(connection, table)


@pytest.fixture
def warehouse():
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        deliver(connection, "a", "2012", "2018-T3", WORDS)
        deliver(connection, "b", "0722", "2017-T3", {"tekst_g": "Prognosen er uendret."})
        build(connection)
        yield connection


def test_texts_wait_by_unit_tertial_and_delmaal_until_somebody_decides(warehouse):
    assert [(text.unit_name, text.period, text.delmaal, text.text) for text in waiting_texts(warehouse)] == [
        ("Færder", "2017-T3", "G", "Prognosen er uendret."), ("Alta", "2018-T3", "A", "Kurs er holdt."),
        ("Alta", "2018-T3", "B", "Møter er holdt."), ("Alta", "2018-T3", "C", "Ett fosterhjem er rekruttert.")]
    assert public_texts(warehouse) == []


def test_an_approved_text_is_shown_and_a_withheld_one_neither_shown_nor_waiting(warehouse):
    record_review(warehouse, [text_sum("Kurs er holdt.")], APPROVED, "prosjektleder", MOMENT)
    record_review(warehouse, [text_sum("Møter er holdt.")], WITHHELD, "prosjektleder", MOMENT)
    build(warehouse)
    assert [text["text"] for text in public_texts(warehouse)] == ["Kurs er holdt."]
    assert texts_waiting(warehouse) == {"0729": 1, "2012": 1}
    assert rows(warehouse, "SELECT review_state, reviewed_by, reviewed_at FROM register.text_review ORDER BY 1") == [
        ("approved", "prosjektleder", MOMENT), ("withheld", "prosjektleder", MOMENT)]


def test_a_later_decision_replaces_an_earlier_one(warehouse):
    several = [text_sum(text) for text in WORDS.values()]
    record_review(warehouse, several, APPROVED, "prosjektleder", MOMENT)
    record_review(warehouse, several[:1], WITHHELD, "evaluator", MOMENT)
    build(warehouse)
    assert one(warehouse, "SELECT count(*) FROM register.text_review") == 3
    assert [text["text"] for text in public_texts(warehouse)] == ["Møter er holdt.", "Ett fosterhjem er rekruttert."]


def test_a_corrected_text_is_another_text_and_waits_again(warehouse):
    record_review(warehouse, [text_sum("Kurs er holdt.")], APPROVED, "prosjektleder", MOMENT)
    deliver(warehouse, "c", "2012", "2018-T3", {"tekst_a": "Kurs er holdt. Ett er utsatt."})
    build(warehouse)
    assert public_texts(warehouse) == []
    assert [text.text for text in waiting_texts(warehouse) if text.unit_code == "2012"] == ["Kurs er holdt. Ett er utsatt."]


def test_the_beginning_of_a_sum_names_one_text(warehouse):
    whole = text_sum("Kurs er holdt.")
    assert full_sum(warehouse, whole[:8]) == full_sum(warehouse, whole.upper()) == whole


@pytest.mark.parametrize(("beginning", "told"), [("abc", "for kort"), ("0" * 12, "Ingen av tekstene")])
def test_a_sum_that_names_no_text_is_told(warehouse, beginning, told):
    with pytest.raises(UnknownText, match=told):
        full_sum(warehouse, beginning)


def test_a_review_that_fails_leaves_the_earlier_decisions(warehouse):
    record_review(warehouse, [text_sum("Kurs er holdt.")], APPROVED, "prosjektleder", MOMENT)
    with pytest.raises(Exception, match="review_state"):
        record_review(warehouse, [text_sum("Kurs er holdt.")], "kanskje", "prosjektleder", MOMENT)
    assert rows(warehouse, "SELECT review_state FROM register.text_review") == [("approved",)]


def test_the_demo_approves_texts_of_every_municipality_and_leaves_one_tertial():
    approved = texts_to_approve()
    assert len(approved) == 35 and len(set(approved)) == 35
