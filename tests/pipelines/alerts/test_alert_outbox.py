"""The outbox: queued with what it tells or not at all, tried with longer and longer waits, given up at last, and never a flood.

Clocks are arguments, and the channel does as it is told.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from pipelines.alerts import alert, carry_on, queue_news, send_waiting
from pipelines.alerts.channels import NotAccepted, Receipt
from pipelines.alerts.digest import Digest, Item, Note, Section, as_json, from_json
from pipelines.alerts.finding import Known
from pipelines.alerts.message import Message
from pipelines.alerts.news import Change, Recipient
from pipelines.alerts.outbox import MOST_ATTEMPTS, begin_attempt, messages_in, put, wait_after, withheld_of, withhold
from pipelines.alerts.sending import send_again
from warehouse.database import in_memory, rows

NOW = datetime(2019, 10, 1, 7)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DIGEST = Digest("nb", "Emne", ("Til Alta",), (("Nytt", "1 feil"),), (("Åpne", "Feil"), ("Alta", "1")), (
    Section("NYE", (Item("FEIL – VR05", "feil", "Fant 2.", also=(Note("a", "Fant 3."),)),), (Note("b", "Borte."),)),),
    (("", "Slutt"),), 1, 0)
CHANGE = Change(Known("f1", "VR05", "feil", "2012", "2018-T3", "Galt.", "åpen"), None)


def message(number: int = 0, code: str = "2012", created_at: datetime = NOW) -> Message:
    return Message(f"{number:032}", Recipient(code, "Alta"), "2019-T1", DIGEST, created_at)


@dataclass
class Scripted:
    """Every recipient's channel: takes a message, or does what the next line of the script says."""

    script: list = field(default_factory=list)
    taken: list[Message] = field(default_factory=list)

    def of(self, route):
        return self

    def deliver(self, message: Message) -> Receipt:
        trouble = self.script.pop(0) if self.script else None
        if trouble:
            raise trouble
        self.taken.append(message)
        return Receipt()


@pytest.fixture
def warehouse():
    with in_memory() as connection:
        yield connection


def test_a_message_is_kept_as_it_was_made():
    assert from_json(as_json(DIGEST)) == DIGEST


def test_a_message_and_the_note_of_what_it_tells_stand_together_or_not_at_all(warehouse, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Change, "told_at", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            put(warehouse, message(), [CHANGE], NOW)
    assert rows(warehouse, "SELECT * FROM register.outbox") == rows(warehouse, "SELECT * FROM register.told") == []
    assert put(warehouse, message(), [CHANGE], NOW) and not put(warehouse, message(), [CHANGE], NOW)
    assert rows(warehouse, "SELECT recipient, finding_id, state, told_at FROM register.told") == [
        ("2012", "f1", "åpen", NOW)]
    (kept,) = messages_in(warehouse, "waiting")
    assert kept.message.digest == DIGEST and (kept.attempts, kept.next_attempt_at) == (0, NOW)


def test_the_oldest_comes_first(warehouse):
    for number, minutes in ((1, 5), (2, 0), (3, 9)):
        put(warehouse, message(number, created_at=NOW + minutes * MINUTE), [], NOW)
    assert [int(each.message.identity) for each in messages_in(warehouse, "waiting")] == [2, 1, 3]


def test_each_attempt_is_noted_before_it_is_made_and_waits_twice_as_long_up_to_six_hours(warehouse):
    put(warehouse, message(), [], NOW)
    begin_attempt(warehouse, messages_in(warehouse, "waiting")[0], "email", NOW)
    (tried,) = messages_in(warehouse, "waiting")
    assert (tried.attempts, tried.next_attempt_at) == (1, NOW + MINUTE) and tried.last_error.startswith("avbrutt før kanalen")
    assert [wait_after(attempts) // MINUTE for attempts in (1, 2, 3, 8, 9, 10, 12)] == [1, 2, 4, 128, 256, 360, 360]


def test_what_is_withheld_is_counted_from_when_it_began_and_forgotten_when_it_is_told(warehouse):
    withhold(warehouse, "2012", 2, NOW)
    withhold(warehouse, "2012", 5, NOW + HOUR)
    assert withheld_of(warehouse, "2012") == (5, NOW) and withheld_of(warehouse, "0729") is None
    put(warehouse, message(), [], NOW)
    assert withheld_of(warehouse, "2012") is None
    withhold(warehouse, "2012", 2, NOW)
    withhold(warehouse, "2012", 0, NOW)
    assert withheld_of(warehouse, "2012") is None


def test_a_channel_that_is_down_makes_one_message_and_then_one_about_all_that_happened_meanwhile(board):
    board.draw("a")
    down = Scripted([NotAccepted("nede")] * 2)
    queue_news(board.home, NOW, to=("2012",))
    send_waiting(board.home, NOW, channels=down)
    board.draw("b")
    board.draw("c")
    (withheld,) = queue_news(board.home, NOW + MINUTE, to=("2012",))
    assert (withheld.outcome, withheld.count, withheld.reason) == ("withheld", 2, "en melding venter fra før")
    send_waiting(board.home, NOW + MINUTE, channels=down)
    assert down.taken == [] and board.outbox("attempt_count, last_error") == [(2, "nede")]
    assert send_waiting(board.home, NOW + 2 * MINUTE, channels=down) == [], "two minutes after the second attempt, not before"
    send_waiting(board.home, NOW + 3 * MINUTE, channels=down)
    queue_news(board.home, NOW + 3 * MINUTE, to=("2012",))
    send_waiting(board.home, NOW + 3 * MINUTE, channels=down)
    first, second = down.taken
    assert first.digest.new_count == 1 and second.digest.new_count == 2
    assert "Holdt tilbake til denne meldingen: 2 av de nye (høyst 4 meldinger i timen)" in second.text
    assert "Holdt tilbake" not in first.text


def test_a_recipient_hears_so_many_times_an_hour_and_no_more_whatever_happens(board):
    board.settings('[2012]\nchannel = "file"\nmessages_per_hour = 1\n')
    open_channel, told = Scripted(), []
    for minute, finding in enumerate("abc"):
        board.draw(finding)
        told += alert_by(board, open_channel, NOW + minute * MINUTE)
    assert [(outcome.outcome, outcome.count) for outcome in told] == [("written", 0), ("withheld", 1), ("withheld", 2)]
    assert told[2].reason == "mottakeren får høyst 1 meldinger i timen"
    alert_by(board, open_channel, NOW + HOUR)
    assert [each.digest.new_count for each in open_channel.taken] == [1, 2]


def alert_by(board, channel, now):
    queued = queue_news(board.home, now, to=("2012",))
    return [each for each in queued if each.outcome == "withheld"] + send_waiting(board.home, now, channels=channel)


def test_a_service_that_asks_us_to_wait_is_waited_for(board):
    board.draw("a")
    queue_news(board.home, NOW, to=("2012",))
    busy = Scripted([NotAccepted("for ofte (429)", 2 * HOUR)])
    (outcome,) = send_waiting(board.home, NOW, channels=busy)
    assert outcome.outcome == "not_accepted" and board.outbox("next_attempt_at") == [(NOW + 2 * HOUR,)]
    assert send_waiting(board.home, NOW + 2 * HOUR - MINUTE, channels=busy) == []
    (outcome,) = send_waiting(board.home, NOW + 2 * HOUR, channels=busy)
    assert outcome.outcome == "written"


@pytest.fixture
def three_attempts(monkeypatch):
    monkeypatch.setattr("pipelines.alerts.sending.MOST_ATTEMPTS", 3)


def test_after_so_many_attempts_a_message_is_given_up_the_evaluators_hear_once_and_a_person_can_send_it_again(
        board, three_attempts):
    board.draw("a")
    queue_news(board.home, NOW, to=("2012",))
    down, now = Scripted([NotAccepted("nede")] * 3), NOW + 12 * HOUR
    outcomes = [send_waiting(board.home, NOW + hours * HOUR, channels=down)[0].outcome for hours in (0, 1, 2)]
    assert outcomes == ["not_accepted", "not_accepted", "given_up"] and MOST_ATTEMPTS == 12
    told = [each for each in alert(board.home, now) if each.recipient.is_evaluators]
    assert ("MELDINGER SOM IKKE HAR KOMMET FREM\n\n- Alta: «Følgeeval 2019-T1 Alta: 1 feil», laget 01.10.2019 kl. 07.00: nede. "
            "Gitt opp etter 3 forsøk.") in told[0].message.text and "Gitt opp: 1." in told[0].message.text
    assert alert(board.home, now + HOUR) == [], "told once, and the municipality's news is not made anew"
    assert send_again(board.home, now) == 1
    (again,) = send_waiting(board.home, now, channels=down)
    assert again.outcome == "written" and [each.digest.new_count for each in down.taken] == [1]


def test_the_evaluators_hear_of_a_message_that_has_waited_a_day(board):
    board.draw("a")
    alert(board.home, NOW, to=("evaluators",))
    queue_news(board.home, NOW, to=("2012",))
    send_waiting(board.home, NOW, channels=Scripted([NotAccepted("nede")]))
    assert queue_news(board.home, NOW + 23 * HOUR, to=("evaluators",)) == []
    (queued,) = queue_news(board.home, NOW + 24 * HOUR, to=("evaluators",))
    assert "Forsøk til nå: 1. Prøves igjen 01.10.2019 kl. 07.01." in queued.message.text


def test_between_rounds_what_waits_is_tried_and_the_evaluators_hear_when_it_is_given_up(board, three_attempts, monkeypatch):
    board.settings('[2012]\nchannel = "email"\naddresses = ["alta@example.org"]\n')
    monkeypatch.setenv("FOLGEEVAL_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("FOLGEEVAL_SMTP_PORT", "1")
    monkeypatch.setenv("FOLGEEVAL_SMTP_FROM", "evaluator@example.org")
    board.draw("a")
    alert(board.home, NOW)
    told = [[(each.recipient.code, each.outcome) for each in carry_on(board.home, NOW + hours * HOUR)] for hours in (1, 2, 3)]
    assert told == [[("2012", "not_accepted")], [("2012", "given_up"), ("evaluators", "written")], []]


def test_a_message_whose_last_attempt_nobody_lived_to_note_is_given_up_unsent(board, three_attempts):
    board.draw("a")
    queue_news(board.home, NOW, to=("2012",))
    channel = Scripted([KeyboardInterrupt()] * 3)
    for day in range(3):
        with pytest.raises(KeyboardInterrupt):
            send_waiting(board.home, NOW + timedelta(days=day), channels=channel)
    (outcome,) = send_waiting(board.home, NOW + timedelta(days=99), channels=channel)
    assert outcome.outcome == "given_up" and channel.taken == [] and "kan være kommet frem" in outcome.reason
