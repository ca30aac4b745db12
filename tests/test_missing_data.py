"""What is missing never gives a wrong number: a year with a hole in it has no number at all."""

import json

import pytest

from pipelines.settings import DEMO_CLOCK
from warehouse.database import rows

pytestmark = pytest.mark.house

WITH_TRIAL = "trial_cost=included"
FAERDER_2016 = (
    "0722/kostra_0A_2016.dat", "0723/kostra_0A_2016.dat", "0722/hovedbok_2016.csv", "0723/hovedbok_2016.csv")


def without_the_lines(content, beginning):
    return b"\n".join(line for line in content.split(b"\n") if not line.startswith(beginning))


def without_one_cell(content, **codes):
    """A JSON-stat data set in which one cell has no number."""
    data_set = json.loads(content)
    place = 0
    for name, size in zip(data_set["id"], data_set["size"], strict=True):
        index = data_set["dimension"][name]["category"]["index"]
        place = place * size + (index[codes[name]] if name in codes else 0)
    data_set["value"][place] = None
    return json.dumps(data_set).encode()


@pytest.mark.parametrize("missing", [None, *FAERDER_2016])
def test_a_year_with_a_file_missing_has_no_cost_at_all(desk, demo_files, missing):
    for path in FAERDER_2016:
        if path != missing:
            desk.put(path, demo_files[path])
    assert {outcome.state for outcome in desk.take_in()} == {"accepted"}
    desk.build()
    costs = rows(desk.connection, "SELECT DISTINCT unit_code FROM marts.indicator_value WHERE indicator_id LIKE 'E2%'")
    assert costs == ([("0729",)] if missing is None else [])
    assert (desk.value("E2-01", "0729", "2016", WITH_TRIAL) is None) is (missing is not None)


def test_a_population_without_one_age_in_one_municipality_gives_no_value_per_child_that_year(demo_desk, demo_files):
    path = "befolkning_07459.json"
    demo_desk.put(path, without_one_cell(demo_files[path], Region="0723", Alder="007", Tid="2016"))
    assert [outcome.state for outcome in demo_desk.take_in(DEMO_CLOCK)] == ["accepted"]
    demo_desk.build()
    per_child = {(unit, year): demo_desk.value("E2-02", unit, year, WITH_TRIAL)
                 for unit in ("0729", "2012") for year in ("2015", "2016", "2017")}
    assert [key for key, value in per_child.items() if value is None] == [("0729", "2016")]
    assert demo_desk.value("G1-06", "0729", "2016") is None and demo_desk.value("G1-06", "2012", "2016") is not None
    assert demo_desk.value("E2-01", "0729", "2016", WITH_TRIAL) is not None


def test_a_year_without_compensation_has_no_net_gain_and_no_self_financing(desk, demo_files):
    changed = {"tilskudd.csv": without_the_lines(demo_files["tilskudd.csv"], b"2012;2017;kompensasjon")}
    for path, content in (demo_files | changed).items():
        if path.startswith("2012/") or path in ("tilskudd.csv", "befolkning_07459.json"):
            desk.put(path, content)
    assert {outcome.state for outcome in desk.take_in()} == {"accepted"}
    desk.build()
    years = ("2015", "2016", "2017", "2018")
    present = {name: [year for year in years if desk.value(name, "2012", year) is not None]
               for name in ("G1-06", "G1-03", "G1-02")}
    assert present == {"G1-06": ["2015", "2016", "2018"], "G1-03": ["2016", "2018"], "G1-02": ["2016", "2017", "2018"]}
    gains = {breakdown: [year for year in years if desk.value("G1-04", "2012", year, breakdown) is not None]
             for breakdown in ("", "accumulation=since_2016")}
    assert gains == {"": ["2016", "2018"], "accumulation=since_2016": ["2016"]}
