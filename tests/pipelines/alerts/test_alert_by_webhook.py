"""A room's webhook on this machine that fails, stalls, asks us to wait, sends us elsewhere or says yes and means no."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.alerts.channels import NotAccepted
from pipelines.alerts.digest import Digest
from pipelines.alerts.message import Message
from pipelines.alerts.news import Recipient
from pipelines.alerts.webhook import Webhook
from pipelines.command_line import main
from warehouse.database import rows, writing

MESSAGE = Message("a" * 32, Recipient("2012", "Alta"), "2019-T1", Digest("nb", "Emne", counts=(("Nytt", "1 feil"),)),
                  datetime(2019, 10, 1))
SECRETS = ("T0PSECRET", "S1GNATURE")
NOON = datetime(2019, 10, 1, 12, tzinfo=UTC)


def deliver(room, channel="slack", **given):
    return Webhook(channel, room.address, 5.0, now=lambda: NOON, **given).deliver(MESSAGE)


@pytest.mark.parametrize(("channel", "status", "body"), [
    ("slack", 200, b"ok"), ("slack", 200, b"ok\n"), ("slack", 200, b'{"ok": true}'), ("slack", 200, b'{"success": true}'),
    ("teams", 202, b""), ("teams", 200, b"1"), ("teams", 200, b'{"id": "7"}'),
])
def test_a_room_that_says_the_message_was_taken_has_it(room, channel, status, body):
    room.answer = (status, {}, body)
    deliver(room, channel)
    (path, headers, posted), = room.posted
    assert path == "/hook/T0PSECRET?sig=S1GNATURE" and headers["Idempotency-Key"] == "a" * 32
    assert headers["Content-Type"] == "application/json; charset=utf-8" and json.loads(posted)


@pytest.mark.parametrize(("channel", "status", "headers", "body", "told", "wait"), [
    ("slack", 500, {}, b"oops", "Slack svarte 500 oops", None),
    ("teams", 503, {"Retry-After": "30"}, b"", "Teams svarte 503", 30),
    ("slack", 404, {}, b"no_service", "Slack svarte 404 no_service", None),
    ("slack", 204, {}, b"", "Slack svarte 204", None),
    ("slack", 429, {"Retry-After": "120"}, b"", "Slack svarte at det sendes for ofte (429)", 120),
    ("teams", 429, {"Retry-After": "Tue, 01 Oct 2019 12:05:00 GMT"}, b"", "for ofte (429)", 300),
    ("teams", 429, {"Retry-After": "Tue, 01 Oct 2019 11:00:00 GMT"}, b"", "for ofte (429)", 0),
    ("teams", 429, {"Retry-After": "99999999999999"}, b"", "for ofte (429)", 86400),
    ("teams", 429, {"Retry-After": "snart"}, b"", "for ofte (429)", None),
    ("teams", 302, {"Location": "/elsewhere"}, b"", "Teams viser videre til en annen adresse (302)", None),
    ("slack", 308, {"Location": "https://example.org/"}, b"", "Slack viser videre", None),
    ("slack", 200, {}, b"invalid_payload", "Slack svarte 200, men ikke at meldingen er tatt imot: invalid_payload", None),
    ("slack", 200, {}, b"", "men ikke at meldingen er tatt imot", None),
    ("slack", 200, {}, b'{"ok": false, "error": "x"}', "men ikke at meldingen er tatt imot", None),
    ("slack", 200, {}, b"<html>ok</html>", "men ikke at meldingen er tatt imot", None),
    ("teams", 200, {}, b"Webhook message delivery failed with error: HTTP error 429", "delivery failed", None),
    ("teams", 200, {}, b'{"error": {"code": "x"}}', "men ikke at meldingen er tatt imot", None),
    ("slack", 500, {}, b"bad \x1b[2J\xff /hook/T0PSECRET sig=S1GNATURE", "Slack svarte 500 bad \\u001b[2J", None),
])
def test_a_room_that_did_not_take_the_message_is_told_in_words_without_its_address(
        room, channel, status, headers, body, told, wait):
    room.answer = (status, headers, body)
    with pytest.raises(NotAccepted) as stop:
        deliver(room, channel)
    assert told in str(stop.value) and not any(secret in str(stop.value) for secret in SECRETS)
    assert stop.value.asked_wait == (None if wait is None else timedelta(seconds=wait))
    assert len(room.posted) == 1, "nobody is sent anywhere else, and nothing is tried twice"


def test_a_room_that_is_silent_is_given_up_on(room):
    room.answer = (None, {}, b"")
    with pytest.raises(NotAccepted, match="Slack svarte ikke innen 0.2 sekunder"):
        Webhook("slack", room.address, 0.2).deliver(MESSAGE)


def test_a_room_that_drips_is_given_up_on(room):
    ticks = iter(range(0, 1000, 4))
    with pytest.raises(NotAccepted, match="Slack svarte ikke innen 3 sekunder"):
        Webhook("slack", room.address, 3.0, clock=lambda: next(ticks)).deliver(MESSAGE)


def test_a_room_that_is_not_there_is_told(room):
    address = f"http://127.0.0.1:1/{SECRETS[0]}"
    with pytest.raises(NotAccepted, match="kom ikke i stand") as stop:
        Webhook("teams", address, 2.0).deliver(MESSAGE)
    assert SECRETS[0] not in str(stop.value) and stop.value.__suppress_context__


def test_the_same_message_is_the_same_request_each_time(room):
    for channel in ("teams", "slack"):
        room.posted.clear()
        room.answer = (200, {}, b"ok" if channel == "slack" else b"1")
        deliver(room, channel)
        deliver(room, channel)
        first, second = room.posted
        assert first == second


def test_no_part_of_the_address_is_printed_logged_or_kept(board, room, capsys, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("FOLGEEVAL_WEBHOOK_ALTA", room.address)
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    board.settings('[2012]\nchannel = "slack"\nwebhook_variable = "FOLGEEVAL_WEBHOOK_ALTA"\n')
    board.draw("a")
    room.answer = (500, {}, b"T0PSECRET S1GNATURE /hook/T0PSECRET?sig=S1GNATURE")
    seen = []
    for arguments in (["--dry-run"], ["--check"], [], ["--json"], ["--heartbeat", "--json"]):
        code = main(["alert", "--home", str(board.home.root), *arguments])
        seen += [*capsys.readouterr()]
        assert code == (1 if arguments == [] else 0)
    with writing(board.home) as connection:
        seen += [str(row) for row in rows(connection, "SELECT * FROM register.outbox")]
    seen += [path.read_text(errors="replace") for path in board.home.outbox.iterdir()]
    seen.append(caplog.text)
    assert "Slack svarte 500" in "".join(seen) and len(room.posted) == 1
    assert [text for text in seen if any(secret in text for secret in SECRETS)] == []
