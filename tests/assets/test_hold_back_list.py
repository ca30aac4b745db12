"""The home's list of what is held back: which indicators, and a list nobody can read stops everything."""

import pytest

from assets.hold_back_list import HoldBackRefused, held_back_indicators, hold_back_in_words
from warehouse.home import Home
from warehouse.reference_data import reference_rows

EVERY = frozenset(row["indicator_id"] for row in reference_rows("indicator"))


@pytest.fixture
def home(tmp_path):
    def write(content):
        (tmp_path / "hold_back.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        return Home(tmp_path)
    return write


def test_without_a_list_nothing_is_held_back(tmp_path):
    assert held_back_indicators(Home(tmp_path)) == frozenset() and hold_back_in_words(Home(tmp_path)) == "[]"


@pytest.mark.parametrize(("content", "held"), [
    ("indicator_id\n", set()), ("indicator_id\nG1-02\nG1-04\n", {"G1-02", "G1-04"}), ("indicator_id\n*\n", EVERY),
    ("indicator_id;merknad\nG1-02;til oktober\n", {"G1-02"}), ("\ufeffmerknad,indicator_id\nx, G1-02 \n,\n", {"G1-02"})])
def test_the_list_names_indicators_or_all_of_them(home, content, held):
    assert held_back_indicators(home(content)) == held


@pytest.mark.parametrize(("content", "words"), [
    ("indicator_id\nG1-99\n", "G1-99"), ("indikator\nG1-02\n", "overskriften indicator_id"), ("", "overskriften"),
    (b"indicator_id\n\xff\xfe\n", "UTF-8")])
def test_a_list_that_cannot_be_meant_is_refused_with_what_is_wrong(home, content, words):
    with pytest.raises(HoldBackRefused, match=words):
        held_back_indicators(home(content))


def test_a_refresh_sees_that_the_list_has_changed(home):
    seen = [hold_back_in_words(home(text)) for text in ("indicator_id\n", "indicator_id\nG1-02\n", "indicator_id\n*\n", "x\n")]
    assert len(set(seen)) == 4
