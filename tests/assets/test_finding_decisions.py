"""What holds of the decisions about a finding, drawn as lives: deliveries, decisions and days, and the state they give."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from assets.build import set_clock
from assets.finding_decisions import decisions_in_words, decisions_known
from assets.finding_life import with_state, write_events
from assets.finding_review import DecisionRefused, decide
from assets.finding_rows import finding_rows
from expectations.finding import Finding
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory, records, rows
from warehouse.tables import create_table_sql

FAULT = Finding("VR05", "feil", "Delene er mer enn totalen.", unit_code="2012", period="2018", source="data_requests",
                file="svar.xlsx", sheet="Akutt", cell="D7", found="25", expected="26")
DOUBT = replace(FAULT, rule_id="VR08", level="advarsel")
KEY = FAULT.finding_id


def day(number: int) -> datetime:
    return datetime(2019, 10, number, 12)


@pytest.fixture(scope="module")
def one_warehouse():
    with in_memory() as connection:
        yield connection


@pytest.fixture
def warehouse(one_warehouse):
    """The warehouse, where no finding has lived yet."""
    for table in ("findings.finding", "findings.finding_event", "register.finding_decision",
                  "reference.finding_explanation"):
        one_warehouse.execute(f"DELETE FROM {table}")
    return one_warehouse


def refreshed(connection, *findings, now):
    """A refresh as far as findings go: those in force get their state, and the history its events."""
    contract = contract_of("findings", "finding")
    set_clock(connection, now)
    found = with_state(connection, finding_rows(list(findings), None, None))
    connection.execute(create_table_sql(contract))
    if found:
        append(connection, contract, arrow_table(contract, found))
    write_events(connection, found)


def decided(connection, what, by="evaluator", until=None, at=None, finding=FAULT, reason="Ulike tellemåter."):
    return decide(connection, finding.finding_id, decision=what, by=by, reason=reason,
                  until=date(2019, 10, until) if until else None, at=at)


def state(connection):
    found = rows(connection, "SELECT state FROM findings.finding")
    return found[0][0] if found else "rettet"


FEIL, ADVARSEL = FAULT, DOUBT
GONE = None
# Each step is (day, what): a level's finding with the values 25/26 or others, GONE, or a decision (what, by, until).
LIVES = [
    ("nobody decides", [(1, FEIL)], ["åpen"]),
    ("the evaluator explains", [(1, FEIL), (2, "explain evaluator")], ["åpen", "forklart"]),
    ("an explanation stands at the next refresh", [(1, FEIL), (2, "explain evaluator"), (3, FEIL)],
     ["åpen", "forklart", "forklart"]),
    ("the municipality's explanation of a Feil frees nothing", [(1, FEIL), (2, "explain kommune"), (3, FEIL)],
     ["åpen", "åpen", "åpen"]),
    ("until the evaluator has reviewed it", [(1, FEIL), (2, "explain kommune"), (3, "explain evaluator"), (4, FEIL)],
     ["åpen", "åpen", "forklart", "forklart"]),
    ("what the municipality says afterwards takes nothing away",
     [(1, FEIL), (2, "explain evaluator"), (3, "explain kommune"), (4, FEIL)],
     ["åpen", "forklart", "forklart", "forklart"]),
    ("anybody explains an Advarsel", [(1, ADVARSEL), (2, "explain bufetat")], ["åpen", "forklart"]),
    ("an acceptance holds to and with its last day", [(1, FEIL), (2, "accept evaluator 4"), (4, FEIL)],
     ["åpen", "akseptert", "akseptert"]),
    ("and then the finding is open", [(1, FEIL), (2, "accept evaluator 4"), (5, FEIL)], ["åpen", "akseptert", "åpen"]),
    ("also where it was explained before it was accepted",
     [(1, FEIL), (2, "explain evaluator"), (3, "accept evaluator 4"), (5, FEIL)],
     ["åpen", "forklart", "akseptert", "åpen"]),
    ("and where the municipality spoke while it held",
     [(1, ADVARSEL), (2, "accept evaluator 4"), (3, "explain kommune"), (5, ADVARSEL)],
     ["åpen", "akseptert", "akseptert", "åpen"]),
    ("but not where it speaks afterwards",
     [(1, ADVARSEL), (2, "accept evaluator 4"), (5, ADVARSEL), (6, "explain kommune")],
     ["åpen", "akseptert", "åpen", "forklart"]),
    ("an acceptance is renewed", [(1, FEIL), (2, "accept evaluator 4"), (4, "accept evaluator 9"), (8, FEIL)],
     ["åpen", "akseptert", "akseptert", "akseptert"]),
    ("opened again", [(1, FEIL), (2, "explain evaluator"), (3, "reopen evaluator"), (4, FEIL)],
     ["åpen", "forklart", "åpen", "åpen"]),
    ("and explained once more", [(1, FEIL), (2, "explain evaluator"), (3, "reopen evaluator"), (4, "explain evaluator")],
     ["åpen", "forklart", "åpen", "forklart"]),
    ("a newer delivery without it closes it", [(1, FEIL), (2, "explain evaluator"), (3, GONE)],
     ["åpen", "forklart", "rettet"]),
    ("the same values again are explained already", [(1, FEIL), (2, "explain evaluator"), (3, GONE), (4, FEIL)],
     ["åpen", "forklart", "rettet", "forklart"]),
    ("another value found opens it", [(1, FEIL), (2, "explain evaluator"), (3, replace(FEIL, found="24"))],
     ["åpen", "forklart", "åpen"]),
    ("another value expected opens it", [(1, FEIL), (2, "accept evaluator 9"), (3, replace(FEIL, expected="27"))],
     ["åpen", "akseptert", "åpen"]),
    ("no value where there was one opens it", [(1, FEIL), (2, "explain evaluator"), (3, replace(FEIL, found=None))],
     ["åpen", "forklart", "åpen"]),
    ("other words about the same values do not", [(1, FEIL), (2, "explain evaluator"), (3, replace(FEIL, message="Nytt."))],
     ["åpen", "forklart", "forklart"]),
    ("the old values are explained still",
     [(1, FEIL), (2, "explain evaluator"), (3, replace(FEIL, found="24")), (4, FEIL)],
     ["åpen", "forklart", "åpen", "forklart"]),
]


@pytest.mark.parametrize(("steps", "states"), [life[1:] for life in LIVES], ids=[life[0] for life in LIVES])
def test_a_finding_lives_as_it_is_drawn(warehouse, steps, states):
    lived, finding = [], FAULT
    for number, what in steps:
        if isinstance(what, str):
            decision, by, *until = what.split()
            decided(warehouse, decision, by, int(until[0]) if until else None, day(number), finding)
        else:
            finding = what or finding
            refreshed(warehouse, *filter(None, [what]), now=day(number))
        lived.append(state(warehouse))
    assert lived == states
    events = [one for (one,) in rows(warehouse, "SELECT state FROM findings.finding_event ORDER BY event_number")]
    assert events == [one for one, before in zip(lived, [None, *lived], strict=False) if one != before]


def test_no_moment_before_a_decision_knows_of_it(warehouse):
    refreshed(warehouse, FAULT, now=day(1))
    decided(warehouse, "explain", at=day(3))
    found = finding_rows([FAULT], None, None)
    seen = [with_state(warehouse, found, day(3) + timedelta(seconds=second))[0]["state"] for second in (-1, 0, 1)]
    assert seen == ["åpen", "forklart", "forklart"]
    refreshed(warehouse, FAULT, now=day(2))
    assert state(warehouse) == "åpen" and len(records(warehouse, "SELECT * FROM findings.finding_event")) == 2


def test_a_decision_keeps_who_when_why_until_when_and_of_which_values(warehouse):
    refreshed(warehouse, FAULT, now=day(1))
    decided(warehouse, "accept", until=20, at=day(2), reason="  Rettes i neste\nrapport. ")
    assert records(warehouse, "SELECT * FROM register.finding_decision") == [{
        "decision_number": 1, "finding_id": KEY, "decision": "accept", "decided_by": "evaluator", "decided_at": day(2),
        "explanation_nb": "Rettes i neste rapport.", "valid_until": date(2019, 10, 20), "found": "25", "expected": "26"}]
    event = records(warehouse, "SELECT * FROM findings.finding_event ORDER BY event_number DESC LIMIT 1")[0]
    assert (event["state"], event["event_at"], event["explained_by"], event["explanation_nb"], event["valid_until"]) == (
        "akseptert", day(2), "evaluator", "Rettes i neste rapport.", date(2019, 10, 20))


def test_decisions_are_only_added_and_the_same_one_twice_is_one(warehouse):
    refreshed(warehouse, FAULT, now=day(1))
    for what, at in (("explain", 2), ("explain", 2), ("reopen", 3), ("explain", 4)):
        decided(warehouse, what, at=day(at))
    assert [one["decision"] for one in decisions_known(warehouse, day(9))[KEY]] == ["explain", "reopen", "explain"]


def test_the_municipalitys_words_about_a_feil_stand_beside_it(warehouse):
    refreshed(warehouse, FAULT, now=day(1))
    told = decided(warehouse, "explain", "kommune", at=day(2), reason="Ett barn flyttet.")
    assert (told["state"], told["explanation_nb"], told["explained_by"]) == ("åpen", "Ett barn flyttet.", "kommunen")


def test_the_reviewed_list_is_opened_by_an_evaluator_and_explains_anew_when_it_is_reviewed_later(warehouse):
    def listed(on):
        warehouse.execute("DELETE FROM reference.finding_explanation")
        warehouse.execute("INSERT INTO reference.finding_explanation VALUES "
                          "('VR05', '2012', '2018', NULL, 'forklart', 'Av listen.', 'evaluator', ?, NULL, NULL, NULL)", [on])

    listed(date(2019, 9, 1))
    refreshed(warehouse, FAULT, now=day(1))
    before = state(warehouse)
    decided(warehouse, "reopen", at=day(2))
    refreshed(warehouse, FAULT, now=day(3))
    opened = state(warehouse)
    listed(date(2019, 10, 4))
    refreshed(warehouse, FAULT, now=day(5))
    assert [before, opened, state(warehouse)] == ["forklart", "åpen", "forklart"]


@pytest.mark.parametrize(("beginning", "changes", "words"), [
    (KEY[:5], {}, "for kort"), ("ffffffffff", {}, "Fant ikke"), (KEY, {"reason": " \n "}, "grunn"),
    (KEY, {"decision": "accept", "until": None}, "siste dag"),
    (KEY, {"decision": "accept", "until": date(2019, 10, 1)}, "siste dag"),
    (KEY, {"decision": "accept", "until": date(2019, 12, 1), "by": "kommune"}, "Bare evaluator"),
    (KEY, {"decision": "explain", "until": date(2019, 12, 1)}, "ingen siste dag"),
    (KEY, {"decision": "reopen"}, "åpent og uten forklaring")])
def test_what_cannot_be_decided_is_refused_with_what_to_do_and_nothing_is_kept(warehouse, beginning, changes, words):
    refreshed(warehouse, FAULT, now=day(1))
    with pytest.raises(DecisionRefused, match=words):
        decide(warehouse, beginning, **{"decision": "explain", "by": "evaluator", "reason": "Fordi.", "until": None,
                                        "at": day(2), **changes})
    assert rows(warehouse, "SELECT count(*) FROM register.finding_decision") == [(0,)] and state(warehouse) == "åpen"


def test_only_an_evaluator_opens_what_an_evaluator_has_reviewed(warehouse):
    refreshed(warehouse, FAULT, now=day(1))
    decided(warehouse, "explain", at=day(2))
    with pytest.raises(DecisionRefused, match="bare evaluator"):
        decided(warehouse, "reopen", "kommune", at=day(3))
    assert state(warehouse) == "forklart"


def test_a_beginning_of_six_signs_names_one_finding_or_none(warehouse):
    refreshed(warehouse, FAULT, DOUBT, now=day(1))
    told = decide(warehouse, KEY[:6].upper(), decision="explain", by="evaluator", reason="Fordi.", until=None, at=day(2))
    assert told["finding_id"] == KEY
    warehouse.execute("UPDATE findings.finding SET finding_id = 'abcdef' || substr(finding_id, 7)")
    with pytest.raises(DecisionRefused, match="Flere funn"):
        decide(warehouse, "abcdef", decision="explain", by="evaluator", reason="Fordi.", until=None, at=day(2))


def test_a_mended_finding_is_not_decided_about(warehouse):
    refreshed(warehouse, FAULT, now=day(1))
    refreshed(warehouse, now=day(2))
    with pytest.raises(DecisionRefused, match="er rettet"):
        decided(warehouse, "explain", at=day(3))


def test_what_a_refresh_looks_at_changes_with_a_decision_and_when_an_acceptance_runs_out(warehouse):
    refreshed(warehouse, FAULT, now=day(1))
    decided(warehouse, "accept", until=4, at=day(2))
    seen = [decisions_in_words(warehouse, day(number)) for number in (1, 2, 3, 4, 5, 6)]
    assert [one == other for one, other in zip(seen, seen[1:], strict=False)] == [False, True, True, False, True]
