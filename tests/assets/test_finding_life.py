"""A finding's life: open, explained, accepted, mended; the history is added to and never changed."""

from dataclasses import replace
from datetime import datetime

import pytest

from assets.build import set_clock
from assets.finding_life import place_of, with_state, write_events
from assets.finding_rows import finding_rows
from expectations.finding import Finding
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory, records

OCTOBER = datetime(2019, 10, 1)
NOVEMBER = datetime(2019, 11, 1)
FAULT = Finding("VR05", "feil", "Delene er mer enn totalen.", unit_code="2012", period="2018", source="data_requests",
                file="svar.xlsx", sheet="Akutt og institusjon", cell="D7", delivery_id=4)
OTHER = Finding("FE285", "feil", "Uenige.", unit_code="0729", period="2018", cell="funksjon 285, 0729")


@pytest.fixture
def warehouse():
    with in_memory() as connection:
        yield connection


def explained(connection, rule="VR05", unit="2012", period="2018", place=None, state="forklart", on="2019-09-15",
              until=None, text="Ulike tellemåter.", found=None, expected=None):
    connection.execute("INSERT INTO reference.finding_explanation VALUES (?, ?, ?, ?, ?, ?, 'evaluator', ?, ?, ?, ?)",
                       [rule, unit, period, place, state, text, on, until, found, expected])


def own_words(connection, text, delivery_id=4, sheet="Akutt og institusjon", cell="D7"):
    raw, core = contract_of("raw", "data_requests_cell"), contract_of("core", "form_value")
    common = {"delivery_id": delivery_id, "cell_number": 7, "period": "2018", "field_id": "akuttplasseringer",
              "value": 25.0, "explanation": text}
    append(connection, raw, arrow_table(raw, [{
        **common, "municipality_code": "2012", "value_text": None, "status_sign": None, "sheet": sheet, "cell": cell}]))
    append(connection, core, arrow_table(core, [{
        **common, "stem": "data_requests", "unit_code": "2012", "source_municipality_code": "2012", "status": "ok",
        "is_confirmed_zero": False}]))


def states(connection, *findings, now=OCTOBER):
    set_clock(connection, now)
    return [(row["state"], row["explanation_nb"], row["explained_by"])
            for row in with_state(connection, finding_rows(list(findings), None, None))]


def lived(connection, *findings, now=OCTOBER):
    """One refresh: the findings in force get their state and the history its events."""
    set_clock(connection, now)
    write_events(connection, with_state(connection, finding_rows(list(findings), None, None)))


def history(connection):
    return [(row["rule_id"], row["state"], row["event_at"].month) for row in records(
        connection, "SELECT * FROM findings.finding_event ORDER BY event_number")]


def test_a_finding_without_explanation_is_open(warehouse):
    assert states(warehouse, FAULT) == [("åpen", None, None)]


@pytest.mark.parametrize("place", [None, "Akutt og institusjon!D7"])
def test_a_reviewed_explanation_of_the_place_or_of_every_place_explains(warehouse, place):
    explained(warehouse, place=place)
    assert states(warehouse, FAULT) == [("forklart", "Ulike tellemåter.", "evaluator")]


@pytest.mark.parametrize("other", [
    {"rule": "VR07"}, {"unit": "0627"}, {"period": "2017"}, {"place": "Akutt og institusjon!D8"}, {"place": "D7"},
    {"on": "2019-10-02"}])
def test_an_explanation_of_something_else_or_not_yet_given_explains_nothing(warehouse, other):
    explained(warehouse, **other)
    assert states(warehouse, FAULT) == [("åpen", None, None)]


def test_an_explanation_of_the_place_goes_before_one_of_every_place(warehouse):
    explained(warehouse, text="Hele året.")
    explained(warehouse, place="Akutt og institusjon!D7", text="Denne cellen.")
    assert states(warehouse, FAULT)[0][1] == "Denne cellen."


@pytest.mark.parametrize(("until", "state"), [("2019-10-01", "akseptert"), ("2019-09-30", "åpen"), (None, "akseptert")])
def test_an_acceptance_holds_to_and_with_its_last_day(warehouse, until, state):
    explained(warehouse, state="akseptert", until=until)
    assert states(warehouse, FAULT)[0][0] == state


def test_the_municipalitys_own_words_in_the_field_explain_a_finding_on_it(warehouse):
    own_words(warehouse, "Ett barn ble flyttet to ganger.")
    doubt = replace(FAULT, level="advarsel")
    assert states(warehouse, doubt) == [("forklart", "Ett barn ble flyttet to ganger.", "kommunen")]


def test_figures_that_cannot_both_be_true_are_not_explained_by_the_municipalitys_own_words(warehouse):
    own_words(warehouse, "Ett barn ble flyttet to ganger.")
    assert FAULT.level == "feil" and states(warehouse, FAULT)[0][0] == "åpen"


@pytest.mark.parametrize(("found", "expected", "state"), [
    ("25", "26", "forklart"), (None, "26", "forklart"), (None, None, "forklart"), ("24", "26", "åpen"),
    ("25", "27", "åpen")])
def test_an_explanation_is_of_the_values_it_was_given_for(warehouse, found, expected, state):
    explained(warehouse, found=found, expected=expected)
    assert states(warehouse, replace(FAULT, found="25", expected="26"))[0][0] == state


@pytest.mark.parametrize("other", [{"delivery_id": 5}, {"sheet": "Fosterhjem"}, {"cell": "D8"}])
def test_words_in_another_field_or_another_delivery_explain_nothing(warehouse, other):
    own_words(warehouse, "Ett barn ble flyttet to ganger.", **other)
    assert states(warehouse, FAULT) == [("åpen", None, None)]


def test_a_reviewed_explanation_goes_before_the_municipalitys_own(warehouse):
    own_words(warehouse, "Vi vet ikke.")
    explained(warehouse)
    assert states(warehouse, FAULT)[0][2] == "evaluator"


@pytest.mark.parametrize(("row", "place"), [
    ({"sheet": "C Tiltak", "cell": "D14", "line_numbers": None}, "C Tiltak!D14"),
    ({"sheet": None, "cell": "funksjon 285, 2012", "line_numbers": "7"}, "funksjon 285, 2012"),
    ({"sheet": None, "cell": None, "line_numbers": "7,12"}, "7,12"),
    ({"sheet": None, "cell": None, "line_numbers": None}, None)])
def test_a_place_is_a_cell_of_a_sheet_a_cell_or_lines(row, place):
    assert place_of(row) == place


# History

def test_a_finding_that_appears_is_explained_and_disappears_gives_three_events(warehouse):
    lived(warehouse, FAULT, now=datetime(2019, 7, 1))
    explained(warehouse, on="2019-08-01")
    lived(warehouse, FAULT, now=datetime(2019, 8, 1))
    lived(warehouse, now=OCTOBER)
    assert history(warehouse) == [("VR05", "åpen", 7), ("VR05", "forklart", 8), ("VR05", "rettet", 10)]


def test_the_same_state_again_gives_no_event_and_the_first_one_stays(warehouse):
    for now in (OCTOBER, OCTOBER, NOVEMBER):
        lived(warehouse, FAULT, OTHER, now=now)
    assert history(warehouse) == [("VR05", "åpen", 10), ("FE285", "åpen", 10)]


def test_a_mended_finding_is_mended_once_and_may_come_back(warehouse):
    for several in ((FAULT,), (), (), (FAULT,)):
        lived(warehouse, *several)
    assert [state for _, state, _ in history(warehouse)] == ["åpen", "rettet", "åpen"]


def test_an_acceptance_that_ends_opens_the_finding_again(warehouse):
    explained(warehouse, state="akseptert", until="2019-10-31")
    for now in (OCTOBER, NOVEMBER):
        lived(warehouse, FAULT, now=now)
    assert history(warehouse) == [("VR05", "akseptert", 10), ("VR05", "åpen", 11)]


def test_looking_back_to_an_earlier_day_writes_nothing(warehouse):
    lived(warehouse, FAULT, now=NOVEMBER)
    lived(warehouse, OTHER, now=OCTOBER)
    assert history(warehouse) == [("VR05", "åpen", 11)]


def test_an_event_keeps_the_level_the_unit_and_the_words_the_finding_had(warehouse):
    lived(warehouse, FAULT)
    lived(warehouse)
    for event in records(warehouse, "SELECT * FROM findings.finding_event"):
        assert (event["level"], event["unit_code"], event["period"], event["message"]) == (
            "feil", "2012", "2018", "Delene er mer enn totalen.")
