"""The order in which a delivery is kept: data, name, folder, register, and only then away from the inbox.

Nothing here cuts the power: the order of the calls to the operating system is what a power cut would meet.
"""

import errno
import os
from pathlib import Path

import pytest

from assets import intake
from assets.publication import publish
from pipelines.command_line import main
from pipelines.settings import DEMO_CLOCK
from warehouse.database import copy_in_memory, rows
from warehouse.durable import is_full_disk, make_folder, write_whole
from warehouse.home import Home

pytestmark = pytest.mark.house

DELIVERIES = Path(__file__).parents[1] / "deliveries"
ACCOUNTS = (DELIVERIES / "kostra_accounts" / "innocent.dat").read_bytes()
BROKEN = (DELIVERIES / "kostra_accounts" / "line_of_47_characters.dat").read_bytes()


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
