"""Bufdir hears what the release tells everybody, and nothing else; and nothing of the outbox is in a release."""

from datetime import datetime

import pytest

from assets.publication import release_of
from pipelines.alerts.digest import ALL, RULE_ONLY, Digest
from pipelines.alerts.message import Message
from pipelines.alerts.news import Recipient
from pipelines.alerts.outbox import put
from pipelines.alerts.published_finding import published_findings
from pipelines.alerts.queueing import rehearse
from pipelines.alerts.slack_blocks import slack_blocks
from pipelines.alerts.teams_card import teams_card
from pipelines.command_line import main
from warehouse.database import copy_in_memory, rows

HEADING = "finding_id;rule_id;level;unit_code;period;stem;state;what;details;advice;explanation;indicator_ids\n"
SHOWN = "f1;VR63;feil;2012;2018-T3;tertial_reports;åpen;Rapporten er levert;Rapporten mangler.;Lever den.;;A1-07\n"
HIDDEN = ";VR05;advarsel;0729;2018-T3;tertial_reports;åpen;Delene gir totalen;;Rett delene.;;\n"
NOW = datetime(2019, 10, 1, 7)
ASKED_FOR = '[bufdir]\nchannel = "file"\n'


@pytest.fixture
def release(board):
    """Says what the release in force tells of findings."""
    folder = board.home.current / "tables"
    folder.mkdir(parents=True)

    def tells(*lines):
        (folder / "finding.csv").write_text("\ufeff" + HEADING + "".join(lines), encoding="utf-8")

    tells(SHOWN, HIDDEN)
    return tells


def letters(board):
    return [outcome.message for outcome in rehearse(board.home, NOW) if outcome.recipient.is_bufdir]


def test_nobody_writes_to_bufdir_unless_the_settings_say_so(board, release):
    assert letters(board) == []
    board.settings(ASKED_FOR)
    assert [message.subject for message in letters(board)] == ["Følgeeval 2019-T1: 1 feil, 1 advarsel"]


def test_without_a_release_there_is_nothing_bufdir_may_hear(board):
    board.settings(ASKED_FOR)
    board.draw("a", message="Delene gir 2, men totalen er 3.")
    assert letters(board) == []


def test_bufdir_reads_the_published_text_and_never_the_finding_itself(board, release):
    board.settings(ASKED_FOR)
    board.draw("f1", rule_id="VR63", message="Delene gir 2, men totalen er 3.", found="2", file_name="alta.xlsx")
    text = letters(board)[0].text
    for told in ("Rapporten mangler.", "FEIL – VR63", "ADVARSEL – VR05 ", "bare det utgivelsen viser alle",
                 "NYE FUNN: FÆRDER", "RAPPORTER SOM MANGLER ETTER FRISTEN"):
        assert told in text
    for own in ("alta.xlsx", "D14", "Delene gir 2", "ref.", "Ref.:", "folgeeval template", "Skjemaet heter"):
        assert own not in text


def test_each_published_finding_is_told_once_and_what_is_gone_is_counted(board, release, capsys, monkeypatch):
    board.settings(ASKED_FOR)

    def round_on(day):
        monkeypatch.setenv("FOLGEEVAL_NOW", f"2019-10-0{day}")
        assert main(["alert", "--home", str(board.home.root)]) == 0
        return capsys.readouterr().out.splitlines()[0]

    assert round_on(1) == "Følgeeval 2019-T1: 1 feil, 1 advarsel" and round_on(2).startswith("Ingenting nytt")
    release(SHOWN, HIDDEN.replace("VR05", "VR07"))
    assert round_on(3) == "Følgeeval 2019-T1: 1 advarsel, 1 rettet"
    assert round_on(4).startswith("Ingenting nytt")


def test_what_is_told_without_its_text_is_told_with_its_place_and_each_place_once(board, release):
    board.settings(ASKED_FOR)
    release(HIDDEN, *(HIDDEN.replace("2018-T3", period).replace("\n", f"A1-0{number}\n")
                      for number, period in enumerate(("2018-T2", "2018-T2", "2017-T1"))))
    text = letters(board)[0].text
    for told in ("Hvor: Tertialrapporter, 2017-T1", "Også: Tertialrapporter, 2018-T2", "Også: Tertialrapporter, 2018-T3"):
        assert text.count(told) == 1


def test_only_what_the_release_tells_in_full_may_stand_in_a_room(board, release):
    board.draw("f1", message="Rapporten mangler.")
    board.draw("f2", rule_id="VR07", message="Fant 2 barn.")
    outcome = next(outcome for outcome in rehearse(board.home, NOW) if outcome.recipient.code == "2012")
    (section,) = outcome.message.digest.sections
    assert {item.reference: item.in_room for item in section.items} == {"f1": ALL, "f2": RULE_ONLY}


def in_rooms(board):
    message = next(outcome.message for outcome in rehearse(board.home, NOW) if outcome.recipient.code == "2012")
    return [draw(message.digest).decode() for draw in (teams_card, slack_blocks)]


def test_a_room_reads_the_release_and_not_what_has_been_found_since(board, release):
    board.draw("f1", rule_id="VR10", message="Forskjellen er 243 317 kroner (Kari Nordmann.csv).")
    release(SHOWN.replace("VR63", "VR10"))
    for text in in_rooms(board):
        assert "Rapporten mangler." in text and "243 317" not in text and "Nordmann" not in text


@pytest.mark.parametrize(("given", "kept"), [
    ({"rule_id": "VR22", "stem": "supplier_invoices", "file_name": "leverandoerfakturaer_2018.csv",
      "line_numbers": "41,47", "sheet": None, "cell": "fakturaer fra Nordmann 41"}, "leverandoerfakturaer_2018.csv"),
    ({"rule_id": "VR23", "stem": "ledger", "file_name": None, "line_numbers": "41,47", "sheet": None,
      "cell": "faktura 41"}, "2018-T3"),
    ({"file_name": "Nordmann.xlsx", "sheet": "Nordmann 41", "delivery_id": 12}, "leveranse 12.xlsx, celle D14"),
    ({"rule_id": "F02", "stem": None, "file_name": "Nordmann.csv", "line_numbers": "41,47", "cell": None,
      "sheet": None, "delivery_id": 12}, "leveranse 12.csv"),
])
def test_a_room_learns_no_line_of_a_case_and_no_name_a_sender_made_up(board, release, given, kept):
    board.draw("f3", message="Fant 2.", **given)
    for text in in_rooms(board):
        assert kept in text and "41" not in text and "47" not in text and "Nordmann" not in text


@pytest.mark.parametrize(("stem", "said"), [
    ("supplier_invoices", "flere av samme regel"), ("tertial_reports", "2 til av samme regel")])
def test_a_room_is_not_told_how_many_cases_break_a_rule(board, release, stem, said):
    for number in range(3):
        board.draw(f"f{number + 5}", rule_id="VR22", stem=stem, message=f"Fant {number}.", cell=f"D{number + 5}")
    assert all(said in text for text in in_rooms(board))


def test_the_demos_message_to_bufdir_is_made_of_its_published_findings(demo_home):
    published = published_findings(demo_home, {})
    with copy_in_memory(demo_home) as connection:
        texts = {message for (message,) in rows(connection, "SELECT message FROM findings.finding INNER JOIN reference.rule "
                                                "USING (rule_id) WHERE is_about_counts")}
    assert len(published) > 10 and len(texts) > 3
    assert [finding.message for finding in published if finding.message in texts] == []


def test_a_release_holds_nothing_of_the_outbox(demo_home):
    digest = Digest("nb", "Emnet ingen skal se", counts=(("Nytt", "Teksten ingen skal se"),))
    with copy_in_memory(demo_home) as connection:
        put(connection, Message("0" * 32, Recipient("2012", "Alta"), "2019-T1", digest, NOW), [], NOW)
        kept = str(rows(connection, "SELECT * FROM register.outbox"))
        release = repr(release_of(connection, 3))
    assert "ingen skal se" in kept and "G1-04" in release and "ingen skal se" not in release
