"""The order in which a delivery is kept: data, name, folder, register, and only then away from the inbox.

Nothing here cuts the power: the order of the calls to the operating system is what a power cut would meet.
"""

import errno
import os
from pathlib import Path

import pytest

from assets import inbox_file, intake
from assets.intake import never_taken_in
from assets.publication import publish
from pipelines.command_line import main
from pipelines.settings import DEMO_CLOCK
from warehouse.database import copy_in_memory, rows
from warehouse.durable import is_full_disk, make_folder, write_whole
from warehouse.home import Home

DELIVERIES = Path(__file__).parents[1] / "deliveries"
ACCOUNTS = (DELIVERIES / "kostra_accounts" / "innocent.dat").read_bytes()
BROKEN = (DELIVERIES / "kostra_accounts" / "line_of_47_characters.dat").read_bytes()
HEADING = b"kommunenr;aar;tilskudd;beloep_1000kr;engang\n"
OLD, NEW = HEADING + b"2012;2018;kompensasjon;25500;nei\n", HEADING + b"2012;2018;kompensasjon;26000;nei\n"


@pytest.fixture
def calls(monkeypatch) -> list[tuple[str, str]]:
    """What is asked of the operating system and of the register, in order: (call, name of the file)."""
    told: list[tuple[str, str]] = []
    fsync, replace, unlink = os.fsync, os.replace, os.unlink

    def told_fsync(descriptor):
        told.append(("sync", Path(os.readlink(f"/proc/self/fd/{descriptor}")).name))
        return fsync(descriptor)

    def told_replace(source, target):
        told.append(("rename", Path(target).name))
        return replace(source, target)

    def told_unlink(path, **named):
        told.append(("remove", Path(path).name))
        return unlink(path, **named)

    for name, function in (("fsync", told_fsync), ("replace", told_replace), ("unlink", told_unlink)):
        monkeypatch.setattr(os, name, function)
    for name in ("record_accepted", "record_set_aside"):
        enter = getattr(intake, name)
        monkeypatch.setattr(intake, name, lambda *given, enter=enter, **named: (
            told.append(("register", "")), enter(*given, **named))[1])
    return told


def after_folders(calls):
    """The calls from the first file on; the folders above it are made first."""
    first = next(number for number, (_, name) in enumerate(calls) if name.endswith(".part"))
    return calls[first:]


def test_a_kept_original_is_on_disk_with_its_name_before_the_register_knows_it(desk, calls):
    desk.put("2012/regnskap.dat", ACCOUNTS)
    desk.take_in()
    (folder,) = desk.home.deliveries.iterdir()
    assert after_folders(calls) == [
        ("sync", "regnskap.dat.part"), ("rename", "regnskap.dat"), ("sync", folder.name), ("register", ""),
        ("remove", "regnskap.dat.provenance.json"), ("remove", "regnskap.dat"), ("sync", "2012")]


def test_every_new_folder_is_known_on_disk_to_the_one_above_it(tmp_path, calls):
    make_folder(tmp_path / "a" / "b" / "c")
    assert calls == [("sync", tmp_path.name), ("sync", "a"), ("sync", "b")]


def test_a_refused_original_and_its_reason_are_on_disk_before_the_register_knows_of_them(desk, calls):
    desk.put("2012/regnskap.dat", BROKEN)
    desk.take_in()
    (folder,) = desk.home.quarantine.iterdir()
    assert after_folders(calls) == [
        ("sync", "regnskap.dat.part"), ("rename", "regnskap.dat"), ("sync", folder.name),
        ("sync", "reason.json.part"), ("rename", "reason.json"), ("sync", folder.name), ("register", ""),
        ("remove", "regnskap.dat.provenance.json"), ("remove", "regnskap.dat"), ("sync", "2012")]


def test_a_copy_leaves_the_inbox_only_after_the_register_knows_of_it(desk, calls):
    desk.put("2012/regnskap.dat", ACCOUNTS)
    desk.take_in()
    calls.clear()
    desk.put("2012/kopi.dat", ACCOUNTS)
    desk.take_in()
    assert calls[0] == ("remove", "state.json")
    assert calls[1:] == [("register", ""), ("remove", "kopi.dat.provenance.json"), ("remove", "kopi.dat"),
                         ("sync", "2012")]


def test_a_release_is_on_disk_file_by_file_and_folder_by_folder_before_it_has_its_number(demo_home, tmp_path, calls):
    home = Home(tmp_path)
    with copy_in_memory(demo_home) as connection:
        folder = publish(connection, home, 3).folder
    renamed = calls.index(("rename", "1"))
    synced = {name for call, name in calls[:renamed] if call == "sync"}
    assert {path.name for path in folder.rglob("*")} <= synced and "1.part" in synced
    rest = [call for call in calls[renamed:] if call != ("remove", "current.new")]
    assert rest == [("rename", "1"), ("sync", "releases"), ("rename", "current"), ("sync", "published")]


def full(*arguments, **named):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("call", ["write_bytes", "fsync", "replace", "mkdir"])
@pytest.mark.parametrize("content", [ACCOUNTS, BROKEN], ids=["accepted", "refused"])
def test_a_full_disk_stops_the_intake_with_the_file_in_the_inbox_and_nothing_half_written(desk, monkeypatch, call, content):
    path = desk.put("2012/regnskap.dat", content)
    with monkeypatch.context() as patch:
        patch.setattr(Path if call in ("write_bytes", "mkdir") else os, call, full)
        with pytest.raises(OSError) as raised:
            desk.take_in()
    assert is_full_disk(raised.value) and path.read_bytes() == content
    left = [kept for folder in (desk.home.deliveries, desk.home.quarantine) for kept in folder.rglob("*") if kept.is_file()]
    assert left == [] and rows(desk.connection, "SELECT count(*) FROM register.delivery") == [(0,)]
    assert [outcome.state for outcome in desk.take_in()] == ["accepted" if content == ACCOUNTS else "refused"]


def test_the_command_says_that_the_disk_is_full_and_what_to_do(fresh_home, monkeypatch, capsys):
    fresh_home.inbox.mkdir(parents=True)
    path = fresh_home.inbox / "regnskap.dat"
    path.write_bytes(ACCOUNTS)
    os.utime(path, (DEMO_CLOCK.timestamp(), DEMO_CLOCK.timestamp()))
    monkeypatch.setattr("assets.intake.write_whole", full)
    assert main(["refresh", "--home", str(fresh_home.root), "--quiet"]) == 1
    told = capsys.readouterr().err
    assert "disken er full" in told and "Gjør plass" in told and path.exists() and "Traceback" not in told


@pytest.mark.parametrize(("error", "is_full"), [
    (OSError(errno.ENOSPC, ""), True), (OSError(errno.EFBIG, ""), True), (OSError(errno.EDQUOT, ""), True),
    (OSError(errno.EACCES, ""), False), (OSError(errno.EIO, ""), False), (RuntimeError("No space left on device"), True),
    (RuntimeError("Table does not exist"), False), (ValueError(), False)])
def test_a_full_disk_is_told_from_other_trouble(error, is_full):
    assert is_full_disk(error) is is_full


def test_what_was_there_stands_when_there_is_no_room_for_the_new(tmp_path, monkeypatch):
    target = tmp_path / "state.json"
    write_whole(target, b"old")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError):
        write_whole(target, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("state.json", b"old")]


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


def test_a_file_above_the_bound_is_left_unread_and_uncopied(desk, monkeypatch):
    path = desk.put("2012/regnskap.dat", ACCOUNTS)
    monkeypatch.setattr(inbox_file, "LARGEST", len(ACCOUNTS) - 1)
    monkeypatch.setattr(inbox_file, "_whole", None)
    (outcome,) = desk.take_in()
    assert outcome.state == "left" and "Del den opp" in outcome.reason and path.read_bytes() == ACCOUNTS
    assert not desk.home.deliveries.exists() and not desk.home.quarantine.exists()


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
