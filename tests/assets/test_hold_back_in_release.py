"""Hold-back from the home's list to the published release: the demo published again, now with an open Feil."""

import json
import re
import shutil
from datetime import datetime

import pytest

from assets.earlier_releases import printed_before
from assets.finding_review import decide
from assets.publication import hold_back_of, publish, published_values
from warehouse.database import one, rows
from warehouse.number_format import format_number

BALANCE = ("G1-04", "0729", "2018", "")
COST = ("G1-02", "0729", "2018", "")
OTHER = ("G1-02", "2012", "2018", "")
NOW = datetime(2019, 10, 1)


def by_number(values):
    return {tuple(one[name] for name in ("indicator_id", "unit_code", "period", "breakdown")): one for one in values}


def published(home):
    return by_number(json.loads((home.current / "tables" / "indicator_value.json").read_text(encoding="utf-8")))


def to_publish(connection, home):
    return by_number(published_values(connection, 3, printed_before(home), hold_back_of(connection, home, 3)))


@pytest.fixture
def held(demo_desk, demo_home):
    """A home that has published, then got another cost of the trial, while a rule about Færder's (VR24, Feil) is opened."""
    connection, home = demo_desk.connection, demo_desk.home
    shutil.copytree(demo_home.published, home.published, symlinks=True)
    connection.execute("UPDATE marts.indicator_value SET value = value + 3 WHERE indicator_id = 'G1-02' AND value IS NOT NULL")
    key = one(connection, "SELECT finding_id FROM findings.finding WHERE rule_id = 'VR24'")
    decide(connection, key, decision="reopen", by="evaluator", reason="Satsene er ikke avklart.", until=None, at=NOW)
    home.hold_back.write_text("indicator_id\nG1-02\n", encoding="utf-8")
    return connection, home, key


def test_the_release_keeps_the_value_it_had_until_an_evaluator_has_reviewed_the_feil(held):
    connection, home, key = held
    before = published(home)
    publish(connection, home, 3)
    now = published(home)
    assert (now[COST]["status"], now[COST]["value"], now[COST]["value_as_of"]) == (
        "held_back", before[COST]["value"], "2019-10-01")
    assert now[BALANCE]["status"] == "held_back"
    assert (now[OTHER]["status"], now[OTHER]["value"]) == ("ok", before[OTHER]["value"] + 3)
    assert rows(connection, "SELECT status, value FROM marts.indicator_value WHERE indicator_id = 'G1-02' "
                "AND unit_code = '0729' AND period = '2018' AND breakdown = ''") == [("ok", before[COST]["value"] + 3)]
    _the_pages_say_it(home, before)
    told_again = hold_back_of(connection, home, 3).previous
    assert any(name == "D1-04" for name, *_ in before) and not any(name == "D1-04" for name, *_ in told_again)
    decide(connection, key, decision="explain", by="kommune", reason="Gjelder fra juli.", until=None, at=NOW)
    assert to_publish(connection, home) == now
    decide(connection, key, decision="explain", by="evaluator", reason="Gjennomgått.", until=None, at=NOW)
    freed = to_publish(connection, home)
    assert (freed[COST]["status"], freed[COST]["value"]) == ("ok", before[COST]["value"] + 3)
    assert not any(value["status"] == "held_back" for value in freed.values())


def _the_pages_say_it(home, before):
    pages = {path.name: path.read_text(encoding="utf-8") for path in (home.current / "site").glob("*.html")}
    page = pages["kommune-faerder.html"]
    assert "Holdt tilbake: et åpent funn av grad Feil" in page and "Satsene er ikke avklart" not in "".join(pages.values())
    assert f">{format_number(before[COST]['value'] + 3, 1)}<" not in page
    assert 'id="0729-2018"' not in pages["spor-g1-02.html"] and 'id="0729-2017"' in pages["spor-g1-02.html"]
    led_to = {place for text in pages.values() for place in re.findall(r'href="funn.html#(funn-[^"]+)"', text)}
    assert len(led_to) > 5 and led_to <= set(re.findall(r'id="(funn-[^"]+)"', pages["funn.html"]))
