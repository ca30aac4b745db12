"""Hold-back from the home's list to the published release: two releases of the demo, the second with an open Feil."""

import json
import re
from datetime import datetime

import pytest

from assets.finding_review import decide
from assets.publication import publish
from warehouse.database import one, rows
from warehouse.number_format import format_number

BALANCE = ("G1-04", "0729", "2018", "")
COST = ("G1-02", "0729", "2018", "")
OTHER = ("G1-02", "2012", "2018", "")


def published(home):
    values = json.loads((home.current / "tables" / "indicator_value.json").read_text(encoding="utf-8"))
    return {(one["indicator_id"], one["unit_code"], one["period"], one["breakdown"]): one for one in values}


@pytest.fixture
def held(demo_desk):
    """A home that published, then got another cost in Færder, whose rule (VR24, Feil) was opened again."""
    connection, home = demo_desk.connection, demo_desk.home
    publish(connection, home, 3)
    before = published(home)
    connection.execute("UPDATE marts.indicator_value SET value = value + 3 WHERE indicator_id = 'G1-02' AND value IS NOT NULL")
    key = one(connection, "SELECT finding_id FROM findings.finding WHERE rule_id = 'VR24'")
    decide(connection, key, decision="reopen", by="evaluator", reason="Satsene er ikke avklart.", until=None,
           at=datetime(2019, 10, 1))
    home.hold_back.write_text("indicator_id\nG1-02\n", encoding="utf-8")
    publish(connection, home, 3)
    return connection, home, before, key


def test_the_release_keeps_the_value_it_had_and_says_so_and_the_evaluators_see_the_new_one(held):
    connection, home, before, key = held
    now = published(home)
    assert (now[COST]["status"], now[COST]["value"], now[COST]["value_as_of"]) == (
        "held_back", before[COST]["value"], "2019-10-01")
    assert now[BALANCE]["status"] == "held_back"
    assert (now[OTHER]["status"], now[OTHER]["value"]) == ("ok", before[OTHER]["value"] + 3)
    assert rows(connection, "SELECT status, value FROM marts.indicator_value WHERE indicator_id = 'G1-02' "
                "AND unit_code = '0729' AND period = '2018' AND breakdown = ''") == [("ok", before[COST]["value"] + 3)]
    _and_the_pages_say_it(home, before)
    _and_the_next_release_is_the_same(connection, home)
    _and_a_review_frees_it(connection, home, before, key)


def _and_the_pages_say_it(home, before):
    pages = {path.name: path.read_text(encoding="utf-8") for path in (home.current / "site").glob("*.html")}
    page = pages["kommune-faerder.html"]
    assert "Holdt tilbake: et åpent funn av grad Feil" in page and "Satsene er ikke avklart" not in "".join(pages.values())
    assert f">{format_number(before[COST]['value'] + 3, 1)}<" not in page
    assert 'id="0729-2018"' not in pages["spor-g1-02.html"] and 'id="0729-2017"' in pages["spor-g1-02.html"]
    led_to = {place for text in pages.values() for place in re.findall(r'href="funn.html#(funn-[^"]+)"', text)}
    assert len(led_to) > 5 and led_to <= set(re.findall(r'id="(funn-[^"]+)"', pages["funn.html"]))


def _and_the_next_release_is_the_same(connection, home):
    folder = home.current.resolve()
    assert publish(connection, home, 3).folder == folder


def _and_a_review_frees_it(connection, home, before, key):
    decide(connection, key, decision="explain", by="kommune", reason="Gjelder fra juli.", until=None, at=datetime(2019, 10, 1))
    publish(connection, home, 3)
    assert published(home)[COST]["status"] == "held_back"
    decide(connection, key, decision="explain", by="evaluator", reason="Gjennomgått.", until=None, at=datetime(2019, 10, 1))
    publish(connection, home, 3)
    assert (published(home)[COST]["status"], published(home)[COST]["value"]) == ("ok", before[COST]["value"] + 3)
    texts = [path.read_text(encoding="utf-8") for path in (home.current / "site").glob("*.html")]
    assert not any("Gjennomgått." in text or "Gjelder fra juli" in text for text in texts)
