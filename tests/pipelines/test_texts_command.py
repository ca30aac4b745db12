"""`folgeeval texts`: what waits for review, and a decision that the next refresh follows."""

import json

import pytest

from pipelines.command_line import main
from warehouse.database import reading, rows

pytestmark = pytest.mark.house

WAITING = [("0627", "2019-T1", letter) for letter in "ABCDEFG"]


def as_json(capsys, home, *arguments):
    assert main(["texts", "--home", str(home.root), "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_demo_leaves_one_tertial_waiting(capsys, demo_home):
    found = as_json(capsys, demo_home)
    assert [(text["unit_code"], text["period"], text["delmaal"]) for text in found] == WAITING
    assert found[0].keys() == {"text_sha256", "unit_code", "unit_name", "period", "delmaal", "text"}


def test_the_texts_come_with_what_one_decides_by(capsys, demo_home):
    first = as_json(capsys, demo_home)[0]
    assert main(["texts", "--home", str(demo_home.root)]) == 0
    told = capsys.readouterr().out
    assert f"{first['text_sha256'][:12]}  Røyken 2019-T1 delmål A\n  {first['text']}" in told
    assert "7 tekster venter på gjennomgang." in told


@pytest.mark.parametrize(("option", "state", "said"), [
    ("--approve", "approved", "er godkjent"), ("--withhold", "withheld", "er holdt tilbake")])
def test_a_decision_is_kept_and_asks_for_a_refresh(capsys, copied_home, option, state, said):
    chosen = as_json(capsys, copied_home)[0]["text_sha256"]
    assert main(["texts", "--home", str(copied_home.root), option, chosen[:12], "--by", "evaluator"]) == 0
    told = capsys.readouterr().out
    assert said in told and "folgeeval refresh" in told
    with reading(copied_home) as connection:
        assert rows(connection, "SELECT review_state, reviewed_by FROM register.text_review WHERE text_sha256 = ?",
                    [chosen]) == [(state, "evaluator")]
    assert len(as_json(capsys, copied_home)) == 6


def test_the_next_refresh_shows_an_approved_text_and_one_fewer_waiting(capsys, copied_home, leave_out_dagster, monkeypatch):
    leave_out_dagster()
    monkeypatch.setenv("FOLGEEVAL_NOW", "2019-10-01")
    chosen = as_json(capsys, copied_home)[0]
    page = copied_home.current / "site" / "kommune-royken.html"
    before = page.read_text(encoding="utf-8")
    assert chosen["text"] not in before and "7 tekster venter" in before
    main(["texts", "--home", str(copied_home.root), "--approve", chosen["text_sha256"], "--by", "evaluator"])
    assert main(["refresh", "--home", str(copied_home.root), "--as-of", "2019-10-01", "--quiet"]) == 0
    after = page.read_text(encoding="utf-8")
    assert chosen["text"] in after and "6 tekster venter" in after


@pytest.mark.parametrize(("arguments", "words"), [
    (("--approve", "0" * 12, "--by", "evaluator"), "Ingen av tekstene"), (("--approve", "0" * 12), "--by ROLLE"),
    (("--withhold", "abc", "--by", "evaluator"), "for kort")])
def test_a_decision_about_nothing_or_by_nobody_is_wrong_usage(capsys, demo_home, arguments, words):
    assert main(["texts", "--home", str(demo_home.root), *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_home_where_nothing_waits_says_so(capsys, copied_home):
    for text in as_json(capsys, copied_home):
        main(["texts", "--home", str(copied_home.root), "--withhold", text["text_sha256"], "--by", "evaluator"])
    capsys.readouterr()
    assert main(["texts", "--home", str(copied_home.root)]) == 0
    assert capsys.readouterr().out == "Ingen tekster venter på gjennomgang.\n"
