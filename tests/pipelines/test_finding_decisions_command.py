"""`folgeeval findings explain|accept|reopen`: decided, seen at once, and still there after what comes next."""

import json
from datetime import datetime

import pytest

from assets.build import set_clock
from assets.finding_life import with_state, write_events
from assets.finding_rows import finding_rows
from expectations.finding import Finding
from pipelines.command_line import main
from warehouse import database
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, one, reading, take_snapshot, writing
from warehouse.home import Home

FAULT = Finding("FE285", "feil", "Regnskapet og hovedboken er uenige.", unit_code="2012", period="2018", found="9",
                expected="8")
KEY = FAULT.finding_id


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with one finding, as a refresh leaves it in the morning; it is now the afternoon."""
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01T15:00")
    home, contract = Home(tmp_path / "home"), contract_of("findings", "finding")
    with writing(home) as connection:
        set_clock(connection, datetime(2019, 10, 1, 6))
        found = with_state(connection, finding_rows([FAULT], "ledger", None))
        append(connection, contract, arrow_table(contract, found))
        write_events(connection, found)
    take_snapshot(home)
    home.refresh_state.write_text("{}")
    return home


@pytest.fixture
def say(home, capsys):
    """Runs `findings` with arguments: exit code, what was printed, what was complained of."""
    def run(*arguments):
        try:
            code = main(["findings", *arguments, "--home", str(home.root)])
        except SystemExit as stopped:
            code = stopped.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err
    return run


def listed(say):
    (found,) = json.loads(say("--json")[1])
    return found


def test_an_explained_finding_is_seen_at_once_and_the_next_refresh_has_work_to_do(say, home):
    code, printed, _ = say("explain", KEY[:6], "--reason", "Periodisering.", "--by", "evaluator")
    assert code == 0 and "er forklart" in printed and "folgeeval refresh" in printed
    found = listed(say)
    assert (found["state"], found["explanation"], found["explained_by"]) == ("forklart", "Periodisering.", "evaluator")
    assert not home.refresh_state.exists()


def test_an_accepted_finding_says_until_when(say):
    assert say("accept", KEY, "--reason", "Rettes.", "--by", "evaluator", "--until", "2019-12-31")[0] == 0
    assert (listed(say)["state"], listed(say)["valid_until"]) == ("akseptert", "2019-12-31")
    assert "Akseptert av evaluator til 2019-12-31: Rettes." in say()[1]


def test_the_municipalitys_explanation_of_a_feil_is_noted_and_waits(say):
    _, printed, _ = say("explain", KEY, "--reason", "Sen faktura.", "--by", "kommune")
    assert "er åpen" in printed and "evaluator har gått gjennom" in printed
    assert listed(say)["state"] == "åpen" and "ikke gjennomgått: Sen faktura." in say()[1]


def test_the_history_says_state_when_who_and_why(say):
    say("explain", KEY, "--reason", "Sen faktura.", "--by", "kommune")
    say("explain", KEY, "--reason", "Periodisering.", "--by", "evaluator")
    assert say("--history", KEY[:6])[1].splitlines() == [
        "2019-10-01 06:00:00 åpen: Regnskapet og hovedboken er uenige.",
        "2019-10-01 15:00:00 forklaring notert av kommune: Sen faktura.",
        "2019-10-01 15:00:00 forklart av evaluator: Periodisering."]


def test_the_history_tells_a_decision_that_changed_no_state(say, monkeypatch):
    say("explain", KEY, "--reason", "Sen faktura.", "--by", "kommune")
    events = json.loads(say("--history", KEY, "--json")[1])
    assert [(event["event_at"], event["state"], event["decision"], event["explained_by"]) for event in events] == [
        ("2019-10-01 06:00:00", "åpen", None, None), ("2019-10-01 15:00:00", None, "explain", "kommune")]


def test_opened_again_the_finding_is_open(say):
    say("explain", KEY, "--reason", "Periodisering.", "--by", "evaluator")
    assert say("reopen", KEY, "--reason", "Det var det ikke.", "--by", "evaluator")[0] == 0
    assert listed(say)["state"] == "åpen"


@pytest.mark.parametrize("arguments", [
    ("explain", KEY, "--by", "evaluator"), ("explain", KEY, "--reason", "x"), ("accept", KEY, "--reason", "x", "--by",
    "evaluator"), ("explain", KEY, "--reason", "x", "--by", "en person"), ("explain", "ukjent1", "--reason", "x", "--by",
    "evaluator"), ("accept", KEY, "--reason", "x", "--by", "evaluator", "--until", "snart"), ("lukk", KEY)])
def test_wrong_usage_is_2_and_changes_nothing(say, arguments):
    code, printed, complaint = say(*arguments)
    assert (code, printed) == (2, "") and complaint
    assert listed(say)["state"] == "åpen"


def test_killed_between_the_decision_and_the_snapshot_nothing_is_lost(say, home, monkeypatch):
    def stop(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(database, "take_snapshot", stop)
        say("explain", KEY, "--reason", "Periodisering.", "--by", "evaluator")
    assert listed(say)["state"] == "åpen" and not home.refresh_state.exists()
    assert say("explain", KEY, "--reason", "Periodisering.", "--by", "evaluator")[0] == 0
    with reading(home) as connection:
        assert one(connection, "SELECT count(*) FROM register.finding_decision") == 1
    assert listed(say)["state"] == "forklart" and len(say("--history", KEY)[1].splitlines()) == 2
