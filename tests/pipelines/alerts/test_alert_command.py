"""`folgeeval alert` over a home: the outbox, told once, crashes, the rehearsal, the tertial, the heartbeat."""

import json
import os
from datetime import datetime
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest

from pipelines.alerts import queue_news
from pipelines.command_line import main
from pipelines.settings import DEMO_CLOCK
from warehouse.database import writing

pytestmark = pytest.mark.house

ONE_YEAR_LATER = datetime(2020, 10, 1)


@pytest.fixture
def alert(board, capsys, monkeypatch):
    """Runs the command on the drawn home as of the demo's clock; exit code, standard output, standard error."""
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")

    def run(*arguments):
        code = main(["alert", "--home", str(board.home.root), *arguments])
        return SimpleNamespace(code=code, **dict(zip(("out", "err"), capsys.readouterr(), strict=True)))

    return run


def outbox(board):
    return sorted(path.name for path in board.home.outbox.iterdir()) if board.home.outbox.exists() else []


def letters(board):
    return [message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",)).get_content()
            for path in sorted(board.home.outbox.iterdir())]


def contents(home):
    return {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file()}


def test_each_municipality_gets_its_message_and_the_evaluators_one_about_all(alert, board):
    board.draw("a")
    board.draw("b", unit_code="0627")
    told = alert()
    assert told.code == 0 and [name.rsplit("_", 1)[0] for name in outbox(board)] == [
        "2019-T1_0627_royken", "2019-T1_2012_alta", "2019-T1_evaluatorene"]
    assert "lagt i " in told.out and told.err == ""
    assert board.told() == {("2012", "a", "åpen"), ("0627", "b", "åpen"), ("evaluators", "a", "åpen"),
                            ("evaluators", "b", "åpen")}


def test_each_finding_is_told_once_and_nothing_new_is_no_message(alert, board):
    board.draw("a")
    alert()
    before = contents(board.home)
    told = alert()
    assert (told.code, told.out) == (0, "Ingenting nytt å melde. Ingen melding er laget.\n")
    assert contents(board.home)[board.home.outbox / outbox(board)[0]] == before[board.home.outbox / outbox(board)[0]]
    assert len(outbox(board)) == 2


def test_a_second_message_in_the_same_tertial_tells_only_what_is_new_and_leaves_the_first(alert, board):
    board.draw("a", message="Det første.")
    alert("--unit", "2012")
    board.draw("b", message="Det andre.")
    alert("--unit", "2012")
    first, second = sorted(letters(board), key=lambda text: "Det andre." in text)
    assert "Det første." in first and "Det første." not in second and "Det andre." in second
    assert "Meldt før og fortsatt åpent: 1 feil" in second


def test_the_life_of_a_finding_is_told_step_by_step(alert, board):
    def news():
        (record,) = json.loads(alert("--json", "--unit", "2012").out) or [{"new_count": 0, "mended_count": 0}]
        return record["new_count"], record["mended_count"]

    board.draw("a")
    assert [news(), news()] == [(1, 0), (0, 0)]
    board.draw("a", state="forklart", explanation_nb="Slik er det.", explained_by="kommunen")
    assert news() == (0, 0)
    board.mend("a")
    assert [news(), news()] == [(0, 1), (0, 0)]
    board.draw("a")
    assert [news(), news()] == [(1, 0), (0, 0)]
    assert board.told() == {("2012", "a", "åpen"), ("2012", "a", "rettet")}


def test_a_finding_that_went_away_and_came_back_between_two_messages_is_told_again(alert, board):
    board.draw("a")
    board.note("a", "åpen", datetime(2019, 9, 1))
    alert()
    board.note("a", "åpen", datetime(2019, 10, 3))
    assert "VR05" in alert("--dry-run").out
    alert()
    assert alert().out.startswith("Ingenting nytt")


@pytest.mark.parametrize("state", ["forklart", "akseptert"])
def test_what_is_explained_or_accepted_is_counted_and_is_no_reason_to_write(alert, board, state):
    board.draw("a", state=state, explanation_nb="Slik er det.", explained_by="evaluator", message="Et forklart avvik.")
    assert alert().out.startswith("Ingenting nytt")
    board.draw("b")
    text = alert("--dry-run", "--unit", "2012").out
    assert "Forklart eller akseptert: 1" in text and "Et forklart avvik." not in text


def test_a_rehearsal_prints_every_message_and_changes_nothing(alert, board):
    board.draw("a")
    before = contents(board.home)
    told = alert("--dry-run")
    assert told.code == 0
    assert "=== Til Alta, fil i outbox/, bokmål, høyst 4 i timen: Følgeeval 2019-T1 Alta: 1 feil" in told.out
    assert "Til evaluatorene" in told.out and "Rett totalen eller forklar avviket." in told.out
    assert contents(board.home) == before and alert("--dry-run").out == told.out


def test_a_unit_limits_to_its_own_message_and_must_be_a_municipality(alert, board):
    board.draw("a")
    board.draw("b", unit_code="0627")
    assert alert("--unit", "0627").code == 0
    assert [recipient for recipient, *_ in board.told()] == ["0627"]
    for unit in ("R-NORD", "evaluators", "9999"):
        told = alert("--unit", unit)
        assert told.code == 2 and f"kommunen «{unit}» finnes ikke. Kommunene er 2012 (Alta), " in told.err


def test_json_is_one_list_of_messages(alert, board):
    assert json.loads(alert("--json").out) == []
    board.draw("a")
    rehearsed, sent = json.loads(alert("--dry-run", "--json").out), json.loads(alert("--json").out)
    assert [record["recipient"] for record in rehearsed] == ["2012", "evaluators"]
    assert {record["outcome"] for record in rehearsed} == {"dry_run"} and {record["path"] for record in rehearsed} == {""}
    assert [record["message_id"] for record in sent] == [record["message_id"] for record in rehearsed]
    assert {record["outcome"] for record in sent} == {"written"} and all(os.path.exists(each["path"]) for each in sent)


def test_a_heartbeat_goes_to_the_evaluators_only_when_asked_for(alert, board):
    assert alert().out.startswith("Ingenting nytt")
    told = alert("--heartbeat")
    assert told.code == 0 and "2019-T1: ingenting nytt" in told.out and len(outbox(board)) == 1
    assert "Varslingen kjører" in letters(board)[0]
    assert "Meldinger tatt imot siste døgn: 0. Venter: 0. Gitt opp: 0." in letters(board)[0]
    alert("--heartbeat")
    assert len(outbox(board)) == 1 and board.told() == set()
    assert alert("--heartbeat", "--unit", "2012").out.startswith("Ingenting nytt")


def test_the_tertial_is_the_latest_due_when_the_figures_were_built(alert, board):
    board.draw("a")
    board.refresh(datetime(2018, 6, 1))
    assert json.loads(alert("--dry-run", "--json").out)[0]["period"] == "2018-T1"
    board.refresh(datetime(2018, 5, 30))
    assert json.loads(alert("--dry-run", "--json").out)[0]["period"] == "2017-T3"


def test_a_refused_delivery_is_told_its_sender_and_the_evaluators(alert, board):
    board.refuse_delivery(7, "tom.dat")
    board.draw("a", rule_id="F01", level="kritisk_feil", message="tom.dat: filen er tom.", file_name="tom.dat", sheet=None,
               cell=None, period=None, delivery_id=7)
    text = alert("--dry-run").out
    assert text.count("tom.dat: filen er tom.") == 2 and "AVVISTE FILER" in text and "AVVISTE LEVERANSER" in text


def test_a_letter_holds_nothing_that_commands_a_terminal_or_turns_the_text_round(alert, board):
    hostile = "x\x1b[2J\u202ecsv.exe"
    board.draw("a", message=f"{hostile}: feil i filen. Rett den.", file_name=hostile, sheet=hostile, found=hostile)
    printed = alert("--dry-run", "--json")
    alert()
    for text in (printed.out, printed.err, *letters(board)):
        assert "\x1b" not in text and "\u202e" not in text
    assert "\\u001b[2J\\u202ecsv.exe" in "".join(letters(board))


def test_half_a_file_is_never_left_under_its_own_name(alert, board, monkeypatch):
    def fail(source, target):
        raise OSError(28, "No space left on device")

    board.draw("a")
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.durable.os.replace", fail)
        told = alert("--unit", "2012")
    assert told.code == 1 and "IKKE SENDT, prøves igjen (kunne ikke skrive 2019-T1_2012_alta_" in told.out
    assert outbox(board) == [] and board.outbox() == [("2012", "waiting")]
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-02")
    assert alert("--unit", "2012").code == 0 and [name.endswith(".eml") for name in outbox(board)] == [True]


def test_what_was_told_is_known_after_the_next_refresh_too(alert, board):
    board.draw("a")
    alert()
    board.refresh(ONE_YEAR_LATER)
    assert alert().out.startswith("Ingenting nytt")
    with writing(board.home) as connection:
        connection.execute("DELETE FROM register.told")
    assert "1 feil" in alert("--dry-run").out


def test_what_is_given_up_is_shown_by_the_check_and_sent_when_a_person_says_again(alert, board):
    board.draw("a")
    queue_news(board.home, DEMO_CLOCK, to=("2012",))
    with writing(board.home) as connection:
        connection.execute("UPDATE register.outbox SET outbox_state = 'given_up', attempt_count = 12, settled_at = created_at, "
                           "last_error = 'nede'")
    assert "I kø: 0. Gitt opp: 1.\n  Følgeeval 2019-T1 Alta: 1 feil: nede" in alert("--check").out
    assert alert("--unit", "2012").out.startswith("Ingenting nytt")
    assert "lagt i " in alert("--again", "--unit", "2012").out and board.outbox() == [("2012", "sent")]


def test_the_check_is_one_line_a_recipient_for_a_machine_too(alert, board):
    found = json.loads(alert("--check", "--json").out)
    assert [line["recipient"] for line in found] == ["2012", "0729", "0627", "bufdir", "evaluators"]
    assert {line["lacks"] for line in found} == {""}
