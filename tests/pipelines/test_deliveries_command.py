"""`folgeeval deliveries`: the register as a list: what came, what became of it, what is in force."""

import json
import os
from datetime import datetime

import pytest

from assets.build import rebuild
from assets.intake import take_in, waiting_files
from pipelines.command_line import main
from warehouse.database import take_snapshot, writing
from warehouse.home import Home

HEADING = "kommunenr;aar;tilskudd;beloep_1000kr;engang\n"
OLD, NEW = HEADING + "2012;2018;kompensasjon;25500;nei\n", HEADING + "2012;2018;kompensasjon;26000;nei\n"
KEYS = {"delivery_id", "source", "file", "sender_code", "received_at", "state", "row_count", "reason", "in_force",
        "source_updated", "version", "scope", "changes", "kept_in"}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Four files in four months: one accepted, one that replaces it, a copy, one refused."""
    home = Home(tmp_path_factory.mktemp("home"))
    for month, (name, text) in enumerate((("gammel.csv", OLD), ("2012/ny.csv", NEW), ("kopi.csv", NEW), ("tom.csv", "")), 3):
        path = home.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (0, 0))
        now = datetime(2019, month, 1, 12, 30)
        with writing(home) as connection:
            assert len(list(take_in(connection, home, waiting_files(home), now))) == 1
            rebuild(connection, now)
    take_snapshot(home)
    return home


@pytest.fixture
def listed(home, capsys):
    assert main(["deliveries", "--home", str(home.root), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_file_that_came_is_there_with_what_became_of_it(listed):
    assert [(row["file"], row["state"], row["in_force"]) for row in listed] == [
        ("gammel.csv", "accepted", False), ("ny.csv", "accepted", True), ("kopi.csv", "duplicate", False),
        ("tom.csv", "refused", False)]


def test_each_has_its_keys_its_moment_and_its_sender(listed):
    assert {frozenset(row) for row in listed} == {frozenset(KEYS)}
    assert [row["received_at"] for row in listed][:2] == ["2019-03-01T12:30:00", "2019-04-01T12:30:00"]
    assert [row["sender_code"] for row in listed] == [None, "2012", None, None]
    assert [(row["source"], row["row_count"]) for row in listed[:2]] == [("grants", 1), ("grants", 1)]


def test_what_was_set_aside_says_why(listed):
    assert [bool(row["reason"]) for row in listed] == [False, False, True, True]
    assert listed[2]["reason"] == f"samme innhold som leveranse {listed[1]['delivery_id']}"
    assert "tom" in listed[3]["reason"]


def test_as_text_each_delivery_is_a_line(home, capsys):
    assert main(["deliveries", "--home", str(home.root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [("gjelder" in line, word in line) for line, word in zip(
        lines, ("godtatt", "godtatt", "kopi", "avvist"), strict=True)] == [
        (False, True), (True, True), (False, True), (False, True)]


def test_all_deliveries_of_the_demo_are_in_force(demo_home, capsys):
    assert main(["deliveries", "--home", str(demo_home.root), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) > 30 and all(row["in_force"] and row["state"] == "accepted" for row in found)


def test_a_home_without_a_warehouse_is_exit_code_2(tmp_path, capsys):
    assert main(["deliveries", "--home", str(tmp_path)]) == 2
    assert "Fant ikke noe varehus" in capsys.readouterr().err
