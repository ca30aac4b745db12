"""Mail through a real server on this machine: what is told follows what the server took, whatever else it does."""

import json
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from pipelines.alerts.channels import NotAccepted
from pipelines.alerts.digest import Digest
from pipelines.alerts.message import Message
from pipelines.alerts.news import Recipient
from pipelines.alerts.queueing import rehearse
from pipelines.alerts.smtp import Smtp
from pipelines.command_line import main
from pipelines.settings import SmtpSettings, smtp
from warehouse.home import Home

SENT, WAITING = [("2012", "sent")], [("2012", "waiting")]
MESSAGE = Message("0" * 32, Recipient("2012", "Alta"), "2019-T1", Digest("nb", "Emne"), datetime(2019, 10, 1))
ALTA_BY_MAIL = '[2012]\nchannel = "email"\naddresses = ["alta@example.org"]\n'


@pytest.fixture
def alta(board, smtp_environment, capsys, monkeypatch):
    """Alta has an address and one finding; the result of alerting it as the JSON record, with the exit code."""
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    board.draw("a")
    board.settings(ALTA_BY_MAIL)

    def run(*arguments):
        code = main(["alert", "--home", str(board.home.root), "--unit", "2012", "--json", *arguments])
        records = json.loads(capsys.readouterr().out)
        return code, records[0] if records else None

    return run


def test_a_message_the_server_took_is_told_and_not_sent_again(alta, board, smtp_environment):
    code, record = alta()
    assert (code, record["outcome"], record["addresses"], record["path"]) == (0, "sent", ["alta@example.org"], "")
    (content,) = smtp_environment.accepted
    mail = message_from_bytes(content, policy=policy.default)
    assert (mail["To"], mail["From"], mail["Message-ID"]) == (
        "alta@example.org", "evaluator@example.org", record["message_id"])
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == record["text"]
    assert "Delene gir 26" in record["text"] and "Delene gir 26" in mail.get_body(("html",)).get_content()
    assert board.outbox() == SENT and not board.home.outbox.exists()
    assert alta() == (0, None) and len(smtp_environment.accepted) == 1


@pytest.mark.parametrize(("behaviour", "reason"), [
    ("refuse_recipients", "avviste alta@example.org"), ("refuse_sender", "svarte 553 ikke deg"),
    ("refuse_content", "svarte 554 nei"), ("drop_after_content", "ble brutt eller kom ikke i stand"),
])
def test_a_message_the_server_did_not_take_is_not_accepted_and_says_why(mail_server, behaviour, reason):
    mail_server.behaviour = behaviour
    settings = SmtpSettings("127.0.0.1", mail_server.port, "evaluator@example.org", "none", "", "")
    with pytest.raises(NotAccepted, match=reason):
        Smtp(settings, ("alta@example.org",), Home(Path("nowhere")), timeout_seconds=5.0).deliver(MESSAGE)
    assert mail_server.accepted == []


def test_a_message_that_was_not_taken_waits_and_is_tried_again_as_the_same_message(
        alta, board, smtp_environment, monkeypatch):
    smtp_environment.behaviour = "refuse_content"
    code, record = alta()
    assert (code, record["outcome"], record["reason"].split(" ", 1)[1]) == (1, "not_accepted", "svarte 554 nei")
    assert board.outbox() == WAITING and not board.home.outbox.exists()
    smtp_environment.behaviour = "accept"
    assert alta() == (0, None), "a minute has not passed"
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-02")
    again = alta()
    assert (again[0], again[1]["outcome"], again[1]["message_id"]) == (0, "sent", record["message_id"])
    assert board.outbox() == SENT and again[1]["text"] == record["text"]


def test_a_server_that_leaves_without_a_farewell_has_still_taken_the_message(alta, board, smtp_environment):
    smtp_environment.behaviour = "drop_at_farewell"
    assert alta()[1]["outcome"] == "sent" and board.outbox() == SENT


def test_one_of_several_addresses_refused_is_told_with_the_message_sent_and_to_the_evaluators(alta, board, smtp_environment):
    smtp_environment.behaviour = "refuse_one"
    board.settings('[2012]\nchannel = "email"\naddresses = ["feil@example.org", "alta@example.org"]\n')
    code, record = alta()
    assert (code, record["outcome"], record["reason"]) == (0, "sent", "avvist for feil@example.org")
    assert len(smtp_environment.accepted) == 1 and board.outbox() == SENT
    (told,) = rehearse(board.home, datetime(2019, 10, 2), to=("evaluators",))
    assert "- Alta: «Følgeeval 2019-T1 Alta: 1 feil»: avvist for feil@example.org. De andre adressene" in told.message.text


def test_whoever_is_not_in_the_settings_gets_a_file(alta, board, smtp_environment):
    board.home.alert_settings.unlink()
    code, record = alta()
    assert (code, record["outcome"], record["channel"]) == (0, "written", "file")
    assert [path.name for path in board.home.outbox.iterdir()] == [record["path"].rpartition("/")[2]]
    assert smtp_environment.heard == [] and board.outbox() == SENT


def test_mail_without_a_server_waits_without_being_tried_and_says_what_is_lacking(alta, board, monkeypatch):
    monkeypatch.delenv("FOLGEEVAL_SMTP_HOST")
    for _ in range(2):
        code, record = alta()
        assert code == 1 and (record is None or record["reason"].startswith("FOLGEEVAL_SMTP_HOST er ikke satt"))
    assert board.outbox("outbox_state, attempt_count") == [("waiting", 0)]


def test_a_server_that_is_not_there_is_told_and_the_others_still_get_theirs(
        board, smtp_environment, capsys, monkeypatch):
    board.draw("a")
    board.draw("b", unit_code="0729")
    board.settings(ALTA_BY_MAIL)
    monkeypatch.setenv("FOLGEEVAL_SMTP_PORT", "1")
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    assert main(["alert", "--home", str(board.home.root)]) == 1
    out = capsys.readouterr().out
    assert "IKKE SENDT, prøves igjen (forbindelsen til 127.0.0.1:1 " in out
    assert set(board.outbox()) == {("2012", "waiting"), ("0729", "sent"), ("evaluators", "sent")}
    evaluators = next(path for path in board.home.outbox.iterdir() if "evaluatorene" in path.name)
    text = message_from_bytes(evaluators.read_bytes(), policy=policy.default).get_body(("plain",)).get_content()
    assert "MELDINGER SOM IKKE HAR KOMMET FREM\n\n- Alta: «Følgeeval 2019-T1 Alta: 1 feil»" in text
    assert "Meldinger tatt imot siste døgn: 1. Venter: 1. Gitt opp: 0." in text


def test_a_rehearsal_speaks_to_no_server(alta, board, smtp_environment):
    assert alta("--dry-run")[1]["outcome"] == "dry_run"
    assert smtp_environment.heard == [] and board.told() == set() and board.outbox() == []


@pytest.mark.parametrize(("tls", "user"), [("starttls", ""), ("starttls", "evaluator")])
def test_nothing_is_sent_in_the_clear_to_a_server_without_encryption(alta, smtp_environment, monkeypatch, tls, user):
    monkeypatch.setenv("FOLGEEVAL_SMTP_TLS", tls)
    monkeypatch.setenv("FOLGEEVAL_SMTP_USER", user)
    code, record = alta()
    assert (code, record["outcome"]) == (1, "not_accepted") and "meldingen sendes ikke ukryptert" in record["reason"]
    assert not any(line.startswith(("MAIL", "AUTH", "DATA")) for line in smtp_environment.heard)


def test_a_server_that_does_not_speak_tls_gets_no_message_over_tls(mail_server):
    settings = SmtpSettings("127.0.0.1", mail_server.port, "evaluator@example.org", "tls", "", "")
    with pytest.raises(NotAccepted, match="ble brutt eller kom ikke i stand"):
        Smtp(settings, ("alta@example.org",), Home(Path("nowhere")), timeout_seconds=2.0).deliver(MESSAGE)
    assert mail_server.accepted == []


@pytest.mark.parametrize(("given", "expected"), [
    ({}, None),
    ({"HOST": "post.example.org"}, ("post.example.org", 587, "starttls")),
    ({"HOST": "post.example.org", "TLS": "tls"}, ("post.example.org", 465, "tls")),
    ({"HOST": "post.example.org", "TLS": "none", "PORT": "2525"}, ("post.example.org", 2525, "none")),
])
def test_the_settings_of_the_mail_server(monkeypatch, given, expected):
    _set(monkeypatch, {"FROM": "evaluator@example.org", "USER": "evaluator", "PASSWORD": "hemmelig", **given})
    found = smtp()
    assert (found and (found.host, found.port, found.tls)) == expected
    assert found is None or (found.user == "evaluator" and found.password == "hemmelig" and "hemmelig" not in repr(found))


@pytest.mark.parametrize(("given", "told"), [
    ({"FROM": ""}, "FOLGEEVAL_SMTP_FROM: «» er ikke en e-postadresse"), ({"TLS": "ssl"}, "FOLGEEVAL_SMTP_TLS: «ssl»"),
    ({"PORT": "post"}, "FOLGEEVAL_SMTP_PORT: «post» er ikke en port"), ({"PORT": "70000"}, "er ikke en port"),
    ({"PORT": "0"}, "er ikke en port"),
])
def test_settings_that_cannot_be_meant_are_wrong_usage(monkeypatch, board, capsys, given, told):
    _set(monkeypatch, {"HOST": "post.example.org", "FROM": "evaluator@example.org", **given})
    assert main(["alert", "--home", str(board.home.root)]) == 2
    assert told in capsys.readouterr().err


def _set(monkeypatch, given):
    for name, value in given.items():
        monkeypatch.setenv(f"FOLGEEVAL_SMTP_{name}", value)
