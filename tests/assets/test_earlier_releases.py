"""What was published last of a number: by the newest release that counts, made for the day or an earlier one."""

import json
from datetime import date

import pytest

from assets.earlier_releases import Previous, previously_published, printed_before
from warehouse.home import Home

KEY = ("G1-02", "", "2012", "2018")


def value(number, status="ok", value_as_of=""):
    return {"indicator_id": "G1-02", "breakdown": "", "unit_code": "2012", "period": "2018", "value": number,
            "status": status, "basis": "delivered", "fact_id": None, "value_as_of": value_as_of}


@pytest.fixture
def home(tmp_path):
    """A home with releases drawn as (as_of, threshold, row)."""
    def draw(*releases):
        home = Home(tmp_path / "home")
        for number, (as_of, threshold, row) in enumerate(releases, 1):
            folder = home.releases / str(number)
            (folder / "tables").mkdir(parents=True)
            (folder / "manifest.json").write_text(json.dumps({"as_of": as_of, "small_number_threshold": threshold}))
            (folder / "tables" / "indicator_value.json").write_text(json.dumps([row]))
        return home
    return draw


@pytest.mark.parametrize(("releases", "found"), [
    ([], None),
    ([("2019-06-30", 3, value(30.0))], (30.0, "2019-06-30")),
    ([("2019-05-31", 3, value(29.0)), ("2019-06-30", 3, value(30.0))], (30.0, "2019-06-30")),
    ([("2019-06-30", 3, value(30.0)), ("2019-10-02", 3, value(31.0))], (30.0, "2019-06-30")),
    ([("2019-06-30", 3, value(30.0)), ("2019-07-01", 3, value(None, "suppressed"))], (30.0, "2019-06-30")),
    ([("2019-06-30", 3, value(30.0)), ("2019-07-01", 3, value(30.0, "held_back", "2019-06-30"))], (30.0, "2019-06-30")),
    ([("2019-06-30", 3, value(None, "held_back"))], None),
    ([("2019-05-31", 5, value(29.0)), ("2019-06-30", 4, value(30.0))], (29.0, "2019-05-31")),
], ids=["no release", "one", "the newest", "none of a later day", "before it was hidden", "held back with its own day",
        "held back without", "none that hid fewer"])
def test_the_last_published_value_is_the_one_drawn(home, releases, found):
    threshold = 5 if releases and releases[0][1] == 5 else 3
    previous = previously_published(home(*releases), date(2019, 10, 1), threshold)
    assert previous.get(KEY) == (Previous(found[0], "delivered", None, found[1]) if found else None)


def test_a_release_made_before_values_had_a_day_counts_with_its_own(home):
    row = value(30.0)
    del row["value_as_of"]
    assert previously_published(home(("2019-06-30", 3, row)), date(2019, 10, 1), 3)[KEY].as_of == "2019-06-30"


def test_what_was_printed_while_held_back_was_printed(home):
    drawn = home(("2019-06-30", 3, value(30.0)), ("2019-07-01", 3, value(30.0, "held_back", "2019-06-30")),
                 ("2019-08-01", 3, value(31.0)))
    assert printed_before(drawn) == {KEY: {30.0, 31.0}}
