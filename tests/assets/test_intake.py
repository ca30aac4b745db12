"""The way in: what becomes of each file, what is kept where, and that a crash loses nothing."""

import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assets import intake
from assets.intake import settled, take_in, waiting_files
from pipelines.settings import DEMO_CLOCK
from warehouse import durable
from warehouse.database import records, rows

DELIVERIES = Path(__file__).parents[1] / "deliveries"
ACCOUNTS = (DELIVERIES / "kostra_accounts" / "innocent.dat").read_bytes()
BROKEN = (DELIVERIES / "kostra_accounts" / "line_of_47_characters.dat").read_bytes()
RATES = (DELIVERIES / "rates" / "innocent.csv").read_bytes()
MARKS = {"constructed_demo": True, "pieces": [
    {"place_from": 1, "place_to": 21, "basis": "constructed", "fact_id": None}]}


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def states(desk):
    return rows(desk.connection,
                "SELECT file_name, delivery_state, sender_code FROM register.delivery ORDER BY delivery_id")


def in_inbox(desk):
    return [path.relative_to(desk.home.inbox).as_posix()
            for path in sorted(desk.home.inbox.rglob("*")) if path.is_file()]


def marked(desk, marks):
    desk.put("2012/regnskap.dat", ACCOUNTS)
    desk.put("2012/regnskap.dat.provenance.json", marks if isinstance(marks, bytes) else json.dumps(marks).encode())


class PowerCut(Exception):
    """The machine stops here."""


def power_cut(*arguments, **named):
    raise PowerCut


def test_an_accepted_file_is_kept_as_it_came_and_leaves_the_inbox(desk):
    desk.put("2012/regnskap.dat", ACCOUNTS)
    (outcome,) = desk.take_in()
    assert (outcome.file_name, outcome.state, outcome.delivery_id, outcome.stem) == (
        "regnskap.dat", "accepted", 1, "kostra_accounts")
    assert (desk.home.deliveries / sha256(ACCOUNTS) / "regnskap.dat").read_bytes() == ACCOUNTS
    assert in_inbox(desk) == []


def test_the_register_says_what_came_from_whom_and_when(desk):
    desk.put("2012/regnskap.dat", ACCOUNTS)
    desk.take_in()
    (row,) = records(desk.connection, "SELECT * FROM register.delivery")
    assert row == {
        "delivery_id": 1, "sha256": sha256(ACCOUNTS), "stem": "kostra_accounts", "received_at": DEMO_CLOCK,
        "delivery_state": "accepted", "form_version": "0A", "file_name": "regnskap.dat", "sender_code": "2012",
        "row_count": 21, "reason": None, "source_updated": None}


@pytest.mark.parametrize(("path", "sender"), [
    ("satser.csv", None), ("felles/satser.csv", None), ("20122/satser.csv", None), ("Alta/satser.csv", None)])
def test_only_a_folder_named_by_a_municipality_number_is_a_sender(desk, path, sender):
    desk.put(path, RATES)
    assert [outcome.state for outcome in desk.take_in()] == ["accepted"]
    assert states(desk) == [("satser.csv", "accepted", sender)]


def test_the_sender_is_the_folder_at_the_top_however_deep_the_file_lies(desk):
    desk.put("2012/2018/endelig/regnskap.dat", ACCOUNTS)
    desk.take_in()
    assert states(desk) == [("regnskap.dat", "accepted", "2012")]


def test_a_refused_file_lies_in_quarantine_with_its_reason(desk):
    desk.put("2012/regnskap.dat", BROKEN)
    (outcome,) = desk.take_in()
    folder = desk.home.quarantine / sha256(BROKEN)
    assert (outcome.state, outcome.stem) == ("refused", "kostra_accounts")
    assert sorted(path.name for path in folder.iterdir()) == ["reason.json", "regnskap.dat"]
    assert (folder / "regnskap.dat").read_bytes() == BROKEN
    reason = json.loads((folder / "reason.json").read_bytes())
    assert (reason["file"], reason["sender"], reason["received_at"]) == ("regnskap.dat", "2012", "2019-10-01T00:00:00")
    assert [(why["rule_id"], why["line_numbers"]) for why in reason["reasons"]] == [("R001", [4])]
    assert not desk.home.deliveries.exists() and in_inbox(desk) == []


def test_a_refused_file_has_no_rows_no_scope_and_its_reason_in_the_register(desk):
    desk.put("2012/regnskap.dat", BROKEN)
    desk.take_in()
    (row,) = records(desk.connection, "SELECT stem, delivery_state, row_count, reason FROM register.delivery")
    assert (row["stem"], row["delivery_state"], row["row_count"]) == ("kostra_accounts", "refused", None)
    assert row["reason"].startswith("regnskap.dat: linje 4 har 47 tegn")
    assert rows(desk.connection, "FROM register.delivery_scope") == []
    assert rows(desk.connection, "FROM raw.kostra_accounts_line") == []


def test_a_bad_file_stops_itself_only(desk):
    desk.put("2012/a.dat", BROKEN)
    desk.put("2012/b.dat", b"")
    desk.put("2012/c.dat", ACCOUNTS)
    desk.put("satser.csv", RATES)
    assert [(outcome.file_name, outcome.state) for outcome in desk.take_in()] == [
        ("a.dat", "refused"), ("b.dat", "refused"), ("c.dat", "accepted"), ("satser.csv", "accepted")]


def test_the_same_bytes_again_are_a_duplicate_under_any_name_and_nothing_is_lost(desk):
    desk.put("2012/regnskap.dat", ACCOUNTS)
    desk.take_in()
    desk.put("2012/regnskap_ny.dat", ACCOUNTS)
    (outcome,) = desk.take_in()
    assert (outcome.state, outcome.delivery_id) == ("duplicate", 2)
    assert rows(desk.connection, "SELECT reason FROM register.delivery WHERE delivery_id = 2") == [
        ("samme innhold som leveranse 1",)]
    assert [path.name for path in desk.home.deliveries.rglob("*.dat")] == ["regnskap.dat"]
    assert rows(desk.connection, "SELECT delivery_id, count(*) FROM raw.kostra_accounts_line GROUP BY 1") == [(1, 21)]
    assert in_inbox(desk) == []


def test_two_equal_files_at_once_are_one_delivery_and_one_duplicate(desk):
    desk.put("2012/a.dat", ACCOUNTS)
    desk.put("2012/b.dat", ACCOUNTS)
    assert [outcome.state for outcome in desk.take_in()] == ["accepted", "duplicate"]


def test_a_refused_file_sent_again_is_refused_again(desk):
    for _ in range(2):
        desk.put("2012/regnskap.dat", BROKEN)
        assert [outcome.state for outcome in desk.take_in()] == ["refused"]
    assert len(states(desk)) == 2


@pytest.mark.parametrize("path", [
    "regnskap.dat.part", "2012/regnskap.dat.part", ".DS_Store", "2012/.regnskap.dat.swp", ".sync/regnskap.dat",
    "2012/.sync/dypt/regnskap.dat", "regnskap.dat.provenance.json"])
def test_partial_hidden_and_side_files_are_left_where_they_are(desk, path):
    desk.put(path, ACCOUNTS)
    assert waiting_files(desk.home) == []
    assert desk.take_in() == [] and in_inbox(desk) == [path]


def test_the_home_itself_may_lie_in_a_hidden_folder(desk, tmp_path):
    from warehouse.home import Home

    home = Home(tmp_path / ".hjem")
    home.inbox.mkdir(parents=True)
    (home.inbox / "regnskap.dat").write_bytes(ACCOUNTS)
    assert [path.name for path in waiting_files(home)] == ["regnskap.dat"]


def test_a_home_without_an_inbox_has_nothing_waiting(fresh_home):
    assert waiting_files(fresh_home) == []


# Seconds since the last write; a file dated ahead of the clock would otherwise be waited for until that day.
@pytest.mark.parametrize(("age", "expected"), [
    (0, False), (1.9, False), (2, True), (3600, True), (-1, False), (-3600, True)])
def test_a_file_is_settled_when_nobody_has_written_to_it_for_two_seconds(desk, age, expected):
    path = desk.put("regnskap.dat", ACCOUNTS)
    assert settled(path, clock=lambda: DEMO_CLOCK.timestamp() + age) is expected


def test_the_marks_beside_a_demo_file_are_kept_and_the_side_car_leaves_with_it(desk):
    marked(desk, MARKS)
    desk.take_in()
    assert rows(desk.connection, "FROM register.provenance") == [(1, 1, 21, "constructed", None)]
    assert in_inbox(desk) == []


@pytest.mark.parametrize("marks", [{**MARKS, "constructed_demo": False}, {"pieces": MARKS["pieces"]}, {}])
def test_a_side_car_that_does_not_say_it_is_the_demos_counts_for_nothing(desk, marks):
    marked(desk, marks)
    assert [outcome.state for outcome in desk.take_in()] == ["accepted"]
    assert rows(desk.connection, "FROM register.provenance") == []


@pytest.mark.parametrize("marks", [
    b"", b"{", b"\xff", b"[]", {"constructed_demo": True}, {"constructed_demo": True, "pieces": [{"place_from": 1}]},
    {"constructed_demo": True, "pieces": [{"place_from": 1, "place_to": 2, "basis": "gjettet"}]},
    {"constructed_demo": True, "pieces": [{"place_from": "en", "place_to": 2, "basis": "constructed"}]},
])
def test_marks_that_cannot_be_read_stop_their_file_only(desk, marks):
    marked(desk, marks)
    desk.put("satser.csv", RATES)
    refused, accepted = desk.take_in()
    assert (refused.state, refused.stem, refused.findings[0].rule_id) == ("refused", "kostra_accounts", "F16")
    assert "regnskap.dat: merkefilen regnskap.dat.provenance.json kan ikke leses" in refused.findings[0].message
    assert accepted.state == "accepted" and in_inbox(desk) == []


@pytest.mark.parametrize("step", ["record_accepted", "_leave_inbox"])
def test_a_power_cut_at_any_step_loses_nothing_and_counts_nothing_twice(desk, monkeypatch, step):
    path = desk.put("2012/regnskap.dat", ACCOUNTS)
    with monkeypatch.context() as patch:
        patch.setattr(intake, step, power_cut)
        with pytest.raises(PowerCut):
            desk.take_in()
    assert path.read_bytes() == ACCOUNTS
    desk.take_in()
    assert [state for _, state, _ in states(desk)].count("accepted") == 1
    assert in_inbox(desk) == []
    assert rows(desk.connection, "SELECT count(*) FROM raw.kostra_accounts_line") == [(21,)]


def test_a_power_cut_before_the_original_is_whole_leaves_the_register_empty(desk, monkeypatch):
    desk.put("2012/regnskap.dat", ACCOUNTS)
    with monkeypatch.context() as patch:
        patch.setattr(durable, "sync_file", power_cut)
        with pytest.raises(PowerCut):
            desk.take_in()
    assert states(desk) == [] and in_inbox(desk) == ["2012/regnskap.dat"]
    assert [path.name for path in desk.home.deliveries.rglob("*") if path.is_file()] == ["regnskap.dat.part"]
    assert [outcome.state for outcome in desk.take_in()] == ["accepted"]


def test_a_power_cut_while_a_file_is_refused_leaves_it_in_the_inbox(desk, monkeypatch):
    desk.put("2012/regnskap.dat", BROKEN)
    with monkeypatch.context() as patch:
        patch.setattr(intake, "record_set_aside", power_cut)
        with pytest.raises(PowerCut):
            desk.take_in()
    assert in_inbox(desk) == ["2012/regnskap.dat"]
    assert [outcome.state for outcome in desk.take_in()] == ["refused"]
    assert len(states(desk)) == 1


def test_files_before_a_power_cut_are_not_taken_in_again(desk, monkeypatch):
    desk.put("a.csv", RATES)
    desk.put("b.dat", ACCOUNTS)
    taken = take_in(desk.connection, desk.home, waiting_files(desk.home), DEMO_CLOCK)
    assert next(taken).file_name == "a.csv"
    taken.close()
    assert in_inbox(desk) == ["b.dat"]
    assert [outcome.file_name for outcome in desk.take_in(datetime(2019, 10, 2))] == ["b.dat"]
    assert rows(desk.connection, "SELECT received_at FROM register.delivery ORDER BY delivery_id") == [
        (DEMO_CLOCK,), (DEMO_CLOCK + timedelta(days=1),)]
