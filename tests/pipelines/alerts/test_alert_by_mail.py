"""Mail through a real server on this machine: what is told follows what the server took, whatever else it does."""

import json
from email import message_from_bytes, policy

import pytest

from pipelines.alerts.channels import NotAccepted, Smtp
from pipelines.command_line import main
from pipelines.settings import SmtpSettings, smtp

TOLD_TO_ALTA = {("2012", "a", "åpen")}


@pytest.fixture
def alta(board, smtp_environment, capsys, monkeypatch):
    """Alta has an address and one finding; the result of alerting it as the JSON record, with the exit code."""
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    board.draw("a")
    board.home.recipients.write_text("recipient;address\n2012;alta@example.org\n", encoding="utf-8")

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
    assert mail.get_content().replace("\r\n", "\n") == record["text"] and "Delene gir 26" in record["text"]
    assert board.told() == TOLD_TO_ALTA and not board.home.outbox.exists()
    assert alta() == (0, None) and len(smtp_environment.accepted) == 1


@pytest.mark.parametrize(("behaviour", "reason"), [
    ("refuse_recipients", "avviste alta@example.org"), ("refuse_sender", "svarte 553 ikke deg"),
    ("refuse_content", "svarte 554 nei"), ("drop_after_content", "ble brutt eller kom ikke i stand"),
])
def test_a_message_the_server_did_not_take_is_not_told_and_is_tried_again(
        alta, board, smtp_environment, behaviour, reason):
    smtp_environment.behaviour = behaviour
    code, record = alta()
    assert (code, record["outcome"]) == (1, "not_accepted") and reason in record["reason"]
    assert board.told() == set() and not board.home.outbox.exists()
    smtp_environment.behaviour = "accept"
    again = alta()
    assert (again[0], again[1]["outcome"], again[1]["message_id"]) == (0, "sent", record["message_id"])
    assert board.told() == TOLD_TO_ALTA


def test_a_server_that_leaves_without_a_farewell_has_still_taken_the_message(alta, board, smtp_environment):
    smtp_environment.behaviour = "drop_at_farewell"
    assert alta()[1]["outcome"] == "sent" and board.told() == TOLD_TO_ALTA


def test_one_of_several_addresses_refused_is_told_with_the_message_sent(alta, board, smtp_environment):
    smtp_environment.behaviour = "refuse_one"
    board.home.recipients.write_text("recipient;address\n2012;feil@example.org\n2012;alta@example.org\n", encoding="utf-8")
    code, record = alta()
    assert (code, record["outcome"], record["reason"]) == (0, "sent", "avvist for feil@example.org")
    assert len(smtp_environment.accepted) == 1 and board.told() == TOLD_TO_ALTA


def test_without_an_address_the_message_goes_to_the_outbox_and_says_why(alta, board, smtp_environment):
    board.home.recipients.unlink()
    code, record = alta()
    assert (code, record["outcome"], record["reason"]) == (0, "written", "ingen adresse for Alta i recipients.csv")
    assert [path.name for path in board.home.outbox.iterdir()] == [record["path"].rpartition("/")[2]]
    assert smtp_environment.heard == [] and board.told() == TOLD_TO_ALTA


def test_a_server_that_is_not_there_is_told_and_the_others_still_get_theirs(
        board, smtp_environment, capsys, monkeypatch):
    board.draw("a")
    board.draw("b", unit_code="0729")
    board.home.recipients.write_text("recipient;address\n2012;alta@example.org\n", encoding="utf-8")
    monkeypatch.setenv("FOLGEEVAL_SMTP_PORT", "1")
    assert main(["alert", "--home", str(board.home.root)]) == 1
    out = capsys.readouterr().out
    assert "IKKE SENDT, prøves igjen neste gang (forbindelsen til 127.0.0.1:1 " in out
    assert {recipient for recipient, *_ in board.told()} == {"0729", "evaluators"}
    evaluators = next(path for path in board.home.outbox.iterdir() if "evaluatorene" in path.name)
    assert "IKKE tatt imot: Alta; prøves igjen neste gang." in evaluators.read_text(encoding="utf-8")


def test_a_rehearsal_speaks_to_no_server(alta, board, smtp_environment):
    assert alta("--dry-run")[1]["outcome"] == "dry_run"
    assert smtp_environment.heard == [] and board.told() == set()


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
        Smtp(settings, timeout_seconds=2.0).deliver(_any_message(), ("alta@example.org",))
    assert mail_server.accepted == []


def _any_message():
    from datetime import datetime

    from pipelines.alerts.message import Message
    from pipelines.alerts.news import Recipient

    return Message(Recipient("2012", "Alta"), "2019-T1", "Emne", "Tekst\n", (), "0" * 32, datetime(2019, 10, 1))


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
