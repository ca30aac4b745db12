"""A release is whole, immutable and made once; the pointer to it moves in one step, and a crash harms nothing."""

import hashlib
import json
import os

import pytest

import assets.publication as publication
from assets.build import rebuild
from assets.publication import publish
from pipelines.settings import DEMO_CLOCK
from warehouse.database import copy_in_memory
from warehouse.home import Home

pytestmark = pytest.mark.house


def files_of(folder):
    """{relative path: bytes} of a release."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(autouse=True)
def small_site(monkeypatch):
    """A site of one page, so that what follows is about files and not about pages."""
    monkeypatch.setattr("dashboards.site.build_site", lambda release: {"index.html": str(release.values).encode()})


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


def plant_category(connection, value):
    """Another number of children in one category of measures in Alta in 2018, and every table made anew."""
    connection.execute("UPDATE raw.kostra_statistics_cell SET value = ? WHERE region_code = '2012' AND year = 2018 "
                       "AND key_figure_code = '13'", [value])
    rebuild(connection, DEMO_CLOCK)


def test_equal_content_makes_no_new_release(warehouse, tmp_path):
    home = Home(tmp_path)
    first, second = publish(warehouse, home, 3), publish(warehouse, home, 3)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.folder == first.folder.resolve() == home.current.resolve()
    assert [path.name for path in home.releases.iterdir()] == ["1"]


def test_a_new_release_leaves_the_old_one_untouched_and_moves_the_pointer(demo_home, tmp_path):
    home = Home(tmp_path)
    with copy_in_memory(demo_home) as connection:
        first = publish(connection, home, 3)
        before = files_of(first.folder)
        plant_category(connection, 40)
        second = publish(connection, home, 3)
        assert (second.is_new, second.folder.name) == (True, "2")
        assert files_of(first.folder) == before != files_of(second.folder)
        assert home.current.resolve() == second.folder.resolve()
        plant_category(connection, 12)
        assert publish(connection, home, 3).folder.name == "3"


def test_the_manifest_has_the_sum_of_every_other_file(warehouse, tmp_path):
    release = publish(warehouse, Home(tmp_path), 3).folder
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    contents = {name: content for name, content in files_of(release).items() if name != "manifest.json"}
    assert manifest["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    assert manifest["constructed"] is True and manifest["as_of"] == "2019-10-01"


def test_a_crash_while_writing_leaves_the_old_release_in_force_and_the_next_goes_through(demo_home, tmp_path,
                                                                                     monkeypatch):
    home = Home(tmp_path)
    with copy_in_memory(demo_home) as connection:
        first = publish(connection, home, 3).folder.resolve()
        plant_category(connection, 40)
        written = []

        def disk_full(path):
            written.append(path)
            if len(written) == 3:
                raise OSError("disken er full")

        with monkeypatch.context() as patch:
            patch.setattr(publication, "sync_file", disk_full)
            with pytest.raises(OSError, match="disken er full"):
                publish(connection, home, 3)
        assert home.current.resolve() == first
        assert sorted(path.name for path in home.releases.iterdir()) == ["1"]
        second = publish(connection, home, 3)
        assert second.is_new and home.current.resolve() == second.folder.resolve()
        assert sorted(path.name for path in home.releases.iterdir()) == ["1", "2"]


def test_what_a_crash_left_behind_never_gets_into_a_release(warehouse, tmp_path):
    home = Home(tmp_path)
    left_behind = home.releases / "1.part" / "tables"
    left_behind.mkdir(parents=True)
    for name in ("half.csv", "indicator_value.json"):
        (left_behind / name).write_text("[{", encoding="utf-8")
    assert "tables/half.csv" not in files_of(publish(warehouse, home, 3).folder)
    assert [path.name for path in home.releases.iterdir()] == ["1"]


def test_a_crash_before_the_switch_leaves_the_old_release_in_force(demo_home, tmp_path, monkeypatch):
    home = Home(tmp_path)
    with copy_in_memory(demo_home) as connection:
        first = publish(connection, home, 3).folder.resolve()
        plant_category(connection, 40)
        replace = os.replace

        def crash_at_the_pointer(source, target):
            if target == home.current:
                raise OSError("strømmen gikk")
            replace(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(publication.os, "replace", crash_at_the_pointer)
            with pytest.raises(OSError, match="strømmen gikk"):
                publish(connection, home, 3)
        assert home.current.resolve() == first
        # The release was whole: it is put in force as it is, not made once more beside itself.
        assert publish(connection, home, 3).folder.resolve() == home.current.resolve() != first
        assert sorted(path.name for path in home.releases.iterdir()) == ["1", "2"]


def test_the_pointer_is_never_away_while_it_is_switched(demo_home, tmp_path, monkeypatch):
    home, seen = Home(tmp_path), []
    with copy_in_memory(demo_home) as connection:
        publish(connection, home, 3)
        plant_category(connection, 40)
        replace = os.replace

        def looking(source, target):
            seen.append((home.current / "manifest.json").exists())
            replace(source, target)
            seen.append((home.current / "manifest.json").exists())

        monkeypatch.setattr(publication.os, "replace", looking)
        publish(connection, home, 3)
    assert seen == [True] * 4


def test_a_home_can_be_moved_with_its_release(warehouse, tmp_path):
    publish(warehouse, Home(tmp_path / "here"), 3)
    (tmp_path / "here").rename(tmp_path / "there")
    assert (Home(tmp_path / "there").current / "manifest.json").exists()
