"""What stands in a chat room: no count of children, no mark-up of a stranger's, within what Teams and Slack take."""

import json

import pytest

from pipelines.alerts import finding_item
from pipelines.alerts.digest import ALL, NOTHING, RULE_ONLY, Digest, Item, Note, Section
from pipelines.alerts.finding import Known
from pipelines.alerts.room import in_room
from pipelines.alerts.slack_blocks import MOST_BLOCKS, slack_blocks
from pipelines.alerts.teams_card import MOST_BYTES, teams_card

CARD = "application/vnd.microsoft.card.adaptive"


def digest(*items, notes=(), closing=(("", "Varslingen kjører."),)):
    return Digest("nb", "Følgeeval 2019-T1 Alta: 1 feil", ("Til Alta", "Status etter fristen."), (("Nytt", "1 feil"),), (),
                  (Section("NYE FUNN", items, notes),), closing)


def item(number=1, **given):
    return Item(**{"heading": f"FEIL – VR{number:02} Regelens navn", "level": "feil", "what": "Fant 2 i celle D14.",
                   "where": "a.xlsx, ark «C», celle D14", "advice": "Rett cellen.", "reference": f"{number:08}",
                   "in_room": ALL, **given})


def card(found):
    (attachment,) = json.loads(teams_card(found))["attachments"]
    assert attachment["contentType"] == CARD and attachment["contentUrl"] is None
    return attachment["content"]


def runs(block):
    """Every text of a card, in order."""
    if isinstance(block, dict):
        return ([block["text"]] if block.get("type") == "TextRun" else []) + [
            text for value in block.values() for text in runs(value)]
    return [text for value in block for text in runs(value)] if isinstance(block, list) else []


def sections(found):
    return [block["text"]["text"] for block in json.loads(slack_blocks(found))["blocks"] if "text" in block]


def test_a_card_of_teams_holds_the_whole_message_in_text_runs_only():
    found = card(digest(item()))
    assert (found["type"], found["version"], found["fallbackText"]) == ("AdaptiveCard", "1.4", "Følgeeval 2019-T1 Alta: 1 feil")
    assert runs(found["body"]) == [
        "Følgeeval 2019-T1 Alta: 1 feil", "Status etter fristen.", "Nytt: ", "1 feil", "NYE FUNN",
        "FEIL – VR01 Regelens navn", "Hva: ", "Fant 2 i celle D14.", "Hvor: ", "a.xlsx, ark «C», celle D14", "Gjør: ",
        "Rett cellen.", "Ref.: ", "00000001", "Varslingen kjører."]
    types = {block["type"] for block in found["body"]}
    assert types == {"RichTextBlock", "Container"}, "a TextBlock would make links of what strangers write"


def test_slack_gets_a_text_for_the_notification_and_blocks_of_plain_text():
    found = json.loads(slack_blocks(digest(item())))
    assert found["text"] == "Følgeeval 2019-T1 Alta: 1 feil" and found["mrkdwn"] is False
    assert [block["type"] for block in found["blocks"]] == ["header", "section", "divider", "section", "section", "section"]
    assert {block["text"]["type"] for block in found["blocks"] if "text" in block} == {"plain_text"}
    assert sections(digest(item()))[3] == ("FEIL – VR01 Regelens navn\nHva: Fant 2 i celle D14.\n"
                                           "Hvor: a.xlsx, ark «C», celle D14\nGjør: Rett cellen.\nRef.: 00000001")


@pytest.mark.parametrize("drawn", [
    item(in_room=RULE_ONLY, what="Fant 97 barn.", also=(Note("b", "Fant 97 til."),)),
    item(also=(Note("b", "Fant 97 til.", in_room=RULE_ONLY),)),
])
def test_numbers_of_children_staff_or_cases_stay_behind_and_the_way_to_them_does_not(drawn):
    found = digest(drawn, notes=(Note("VR05, 2018-T3", "Delene ga 97.", in_room=RULE_ONLY),))
    for text in (teams_card(found).decode(), slack_blocks(found).decode()):
        assert "97" not in text
        for kept in ("VR01", "celle D14", "Rett cellen.", "00000001", "1 til av samme regel", "VR05, 2018-T3"):
            assert kept in text


def test_of_individuals_records_there_is_nothing_but_that_there_is_something():
    found = digest(item(97, in_room=NOTHING, heading="FEIL – 15F_97", what="97", where="97", advice="97", reference="f0",
                        also=(Note("b", "97"),)), notes=(Note("15F_97", "Fant 97."), Note("FE297", "97", NOTHING)))
    for text in (teams_card(found).decode(), slack_blocks(found).decode()):
        assert "97" not in text and text.count("Et funn i eller om individdata (skjema 15F)") == 3 and "f0" in text


@pytest.mark.parametrize(("given", "expected"), [
    ({}, RULE_ONLY), ({"told_in_release": "Fant 20."}, ALL), ({"is_published": True}, ALL),
    ({"stem": "child_records", "told_in_release": "Fant 20."}, NOTHING), ({"rule_id": "FE290"}, NOTHING),
    ({"rule_id": "FE291", "told_in_release": "Fant 20."}, NOTHING), ({"rule_id": "15F_barn_01", "stem": None}, NOTHING),
])
def test_the_text_of_a_finding_stands_in_a_room_only_where_the_release_tells_it(given, expected):
    columns = {"rule_id": "VR05", "level": "feil", "unit_code": "2012", "period": "2018", "message": "Fant 2.", "state": "åpen"}
    assert finding_item.in_room(Known("f1", **{**columns, **given})) == expected


def test_what_the_release_tells_is_told_in_full():
    found = digest(item(), notes=(Note("VR22, 2018", "Satsen var 70 319.", in_room=ALL),))
    for text in (teams_card(found).decode(), slack_blocks(found).decode()):
        assert "Fant 2 i celle D14." in text and "Satsen var 70 319." in text and "Teksten og tallene står ikke her" not in text


def test_nothing_a_stranger_wrote_makes_a_link_or_calls_the_room():
    hostile = "<!channel> <https://x.example|her> [her](https://x.example) *fet* & \x1b[2J\u202e"
    found = digest(item(what=hostile, where=hostile))
    assert f"{hostile[:-5]}\\u001b[2J\\u202e" in runs(card(found)["body"])
    body = json.loads(slack_blocks(found))
    text = json.dumps(body, ensure_ascii=False)
    assert "<" not in text and "&lt;!channel&gt;" in text and "\x1b" not in text and "\u202e" not in text


@pytest.mark.parametrize("count", [0, 1, 20, 21, 200])
def test_a_long_message_is_cut_to_what_is_taken_the_worst_kept_and_the_rest_counted(count):
    found = digest(*(item(number, what="å" * 3000, also=(Note("b", "c"),)) for number in range(count)))
    teams, slack = teams_card(found), slack_blocks(found)
    blocks = json.loads(slack)["blocks"]
    assert len(teams) <= MOST_BYTES and len(blocks) <= MOST_BLOCKS
    assert all(0 < len(block["text"]["text"]) <= 3000 for block in blocks if "text" in block)
    assert "Varslingen kjører." in teams.decode() and "Varslingen kjører." in slack.decode()
    told = sum(text.startswith("FEIL – VR") for text in runs(card(found)["body"]))
    assert told == min(count, told) and (told > 5 or told == count)
    left_out = f"og {2 * (count - told)} funn til, som det ikke er plass til her"
    assert (left_out in teams.decode()) is (told < count)


def test_the_room_is_shared_by_the_sections_in_their_order():
    found = Digest("nb", "Emne", sections=(Section("A", (item(1), item(2))), Section("B", (item(3),), (Note("d", "e"),))))
    assert [(part.title, len(part.entries), part.left_out) for part in in_room(found, 3)] == [("A", 2, 0), ("B", 1, 1)]
    assert [(part.title, len(part.entries), part.left_out) for part in in_room(found, 1)] == [("A", 1, 1), ("B", 0, 2)]


def test_escapes_are_never_cut_in_two():
    header = json.loads(slack_blocks(Digest("nb", "<" * 500)))["blocks"][0]["text"]["text"]
    assert len(header) <= 150 and header.replace("&lt;", "") == "…"
