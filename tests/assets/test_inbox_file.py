"""What lies in the inbox and is no plain file at rest: shut, growing, gone, replaced, a link, a pipe, too large, a copy."""

import errno
import os
from pathlib import Path

import pytest

from assets import inbox_file, intake
from assets.intake import never_taken_in
from warehouse.database import rows

DELIVERIES = Path(__file__).parents[1] / "deliveries"
ACCOUNTS = (DELIVERIES / "kostra_accounts" / "innocent.dat").read_bytes()
BROKEN = (DELIVERIES / "kostra_accounts" / "line_of_47_characters.dat").read_bytes()
HEADING = b"kommunenr;aar;tilskudd;beloep_1000kr;engang\n"
OLD, NEW = HEADING + b"2012;2018;kompensasjon;25500;nei\n", HEADING + b"2012;2018;kompensasjon;26000;nei\n"


def while_opened(monkeypatch, asked, then):
    """Does something each time a file is opened the way the intake opens it."""
    opened = os.open

    def open_and(path, *arguments, **named):
        if Path(path) == asked and arguments[0] & os.O_NOFOLLOW:
            then()
        return opened(path, *arguments, **named)

    monkeypatch.setattr(os, "open", open_and)


def shut():
    raise PermissionError(errno.EACCES, "Permission denied")


def test_a_file_that_cannot_be_opened_is_told_and_left_and_the_others_go_on(desk, monkeypatch):
    desk.put("2012/a.dat", ACCOUNTS)
    path = desk.put("2012/b.dat", BROKEN)
    with monkeypatch.context() as patch:
        while_opened(patch, path, shut)
        outcomes = {outcome.file_name: outcome for outcome in desk.take_in()}
    assert (outcomes["a.dat"].state, outcomes["b.dat"].state) == ("accepted", "left")
    assert outcomes["b.dat"].reason.startswith("b.dat: filen lar seg ikke åpne") and path.exists()
    assert [outcome.state for outcome in desk.take_in()] == ["refused"]


def test_a_file_somebody_writes_to_while_it_is_read_is_left_for_the_next_time(desk, monkeypatch):
    path = desk.put("2012/regnskap.dat", ACCOUNTS)
    whole = inbox_file._whole

    def read_while_it_grows(*arguments):
        content = whole(*arguments)
        with path.open("ab") as file:
            file.write(b"more")
        return content

    with monkeypatch.context() as patch:
        patch.setattr(inbox_file, "_whole", read_while_it_grows)
        (outcome,) = desk.take_in()
    assert outcome.state == "left" and "noen skrev til filen" in outcome.reason
    assert rows(desk.connection, "SELECT count(*) FROM register.delivery") == [(0,)] and path.exists()


def test_a_file_that_grows_or_shrinks_between_the_look_and_the_reading_is_left(desk, monkeypatch):
    path = desk.put("2012/regnskap.dat", ACCOUNTS)
    whole = inbox_file._whole
    for content in (ACCOUNTS + ACCOUNTS, ACCOUNTS[:98]):
        with monkeypatch.context() as patch:
            patch.setattr(inbox_file, "_whole", lambda *given, content=content: (path.write_bytes(content), whole(*given))[1])
            assert [outcome.state for outcome in desk.take_in()] == ["left"]
        assert path.read_bytes() == content


def test_a_file_that_is_gone_before_it_is_read_is_no_trouble_to_the_others(desk, monkeypatch):
    path = desk.put("2012/a.dat", BROKEN)
    desk.put("2012/b.dat", ACCOUNTS)
    while_opened(monkeypatch, path, path.unlink)
    assert [outcome.state for outcome in desk.take_in()] == ["left", "accepted"]


def test_a_file_that_becomes_a_link_after_it_was_seen_is_not_followed(desk, tmp_path, monkeypatch):
    path = desk.put("2012/regnskap.dat", BROKEN)
    secret = tmp_path / "secret.dat"
    secret.write_bytes(ACCOUNTS)
    while_opened(monkeypatch, path, lambda: (path.unlink(), path.symlink_to(secret)))
    (outcome,) = desk.take_in()
    assert outcome.state == "left" and path.is_symlink() and secret.read_bytes() == ACCOUNTS
    assert not desk.home.deliveries.exists()


def test_a_newer_file_that_takes_the_place_while_the_first_is_registered_is_not_taken_away(desk, monkeypatch):
    path = desk.put("2012/regnskap.dat", ACCOUNTS)
    enter = intake.record_accepted

    def enter_while_it_is_replaced(*given, **named):
        path.unlink()
        path.write_bytes(BROKEN)
        return enter(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(intake, "record_accepted", enter_while_it_is_replaced)
        assert [outcome.state for outcome in desk.take_in()] == ["accepted"]
    assert path.read_bytes() == BROKEN
    assert [outcome.state for outcome in desk.take_in()] == ["refused"] and not path.exists()


@pytest.mark.parametrize("content", [ACCOUNTS, BROKEN], ids=["accepted", "refused"])
def test_a_file_that_cannot_leave_the_inbox_is_registered_once_and_told_until_it_can(desk, monkeypatch, content):
    path = desk.put("2012/regnskap.dat", content)
    with monkeypatch.context() as patch:
        patch.setattr(intake, "take_away", lambda *given: shut())
        first, = desk.take_in()
        second, = desk.take_in()
    assert (first.state, second.state) == ("accepted" if content == ACCOUNTS else "refused", "left")
    assert "er registrert som leveranse 1, men kan ikke fjernes" in second.reason and path.exists()
    assert desk.take_in() == [] and not path.exists()
    assert rows(desk.connection, "SELECT count(*) FROM register.delivery") == [(1,)]


def test_links_pipes_and_folders_in_the_inbox_are_neither_followed_nor_waited_for_but_told(desk, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.dat").write_bytes(ACCOUNTS)
    desk.home.inbox.mkdir(parents=True)
    (desk.home.inbox / "file.dat").symlink_to(outside / "secret.dat")
    (desk.home.inbox / "folder").symlink_to(outside)
    (desk.home.inbox / "mappe.csv").mkdir()
    (desk.home.inbox / ".skjult").symlink_to(outside)
    os.mkfifo(desk.home.inbox / "pipe.csv")
    assert desk.take_in() == [] and (outside / "secret.dat").exists()
    told = never_taken_in(desk.home)
    assert [(outcome.file_name, outcome.state) for outcome in told] == [
        ("file.dat", "left"), ("folder", "left"), ("pipe.csv", "left")]
    assert ["snarvei" in outcome.reason for outcome in told] == [True, True, False]


def test_two_files_of_the_same_bytes_in_one_round_are_one_delivery_and_a_copy(desk):
    desk.put("2012/a.dat", ACCOUNTS)
    desk.put("2012/b.dat", ACCOUNTS)
    assert [outcome.state for outcome in desk.take_in()] == ["accepted", "duplicate"]


def test_a_copy_in_another_municipalitys_folder_is_as_misplaced_as_the_first_would_be(desk):
    desk.put("2012/a.dat", ACCOUNTS)
    desk.put("0729/b.dat", ACCOUNTS)
    desk.put("c.dat", ACCOUNTS)
    outcomes = {outcome.file_name: outcome for outcome in [*desk.take_in(), *desk.take_in()]}
    states = {name: outcome.state for name, outcome in outcomes.items()}
    assert states in ({"a.dat": "accepted", "b.dat": "refused", "c.dat": "duplicate"},
                      {"a.dat": "duplicate", "b.dat": "refused", "c.dat": "accepted"})
    assert [finding.rule_id for finding in outcomes["b.dat"].findings] == ["A01"]


def test_a_copy_of_what_has_been_corrected_since_says_that_the_correction_stands(desk):
    seen = []
    for name, content in (("a.csv", OLD), ("b.csv", NEW), ("c.csv", OLD), ("d.csv", NEW)):
        desk.put(name, content)
        (outcome,) = desk.take_in()
        assert outcome.state == ("accepted" if content not in seen else "duplicate")
        assert ("ny versjon i leveranse 2" in outcome.reason) is (name == "c.csv")
        seen.append(content)
