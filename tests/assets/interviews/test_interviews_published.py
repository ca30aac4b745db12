"""What of the interviews leaves the house: the trial's municipalities together, and never one of them (VR72)."""

import json

import pytest

from assets.publication import published_values, release_of
from dashboards.site import build_site
from warehouse.database import rows
from warehouse.reference_data import reference_rows

FROM_INTERVIEWS = {row["indicator_id"] for row in reference_rows("indicator") if row["small_number_rule"] == "SN3"}
SECRET_VALUE = 0.123456789


def test_participation_is_published_for_the_trial_together_only(demo_home):
    values = json.loads((demo_home.current / "tables" / "indicator_value.json").read_bytes())
    found = [(value["indicator_id"], value["unit_code"], value["period"], value["status"], value["value"])
             for value in values if value["indicator_id"] in FROM_INTERVIEWS]
    assert found == [("D1-04", "FORSOK", "2019", "ok", 0.53)]  # 21 of 40 codings, rounded as it is shown


def test_no_municipality_page_of_the_demo_says_what_interviews_gave(demo_home):
    site = demo_home.current / "site"
    names = {row["name_nb"] for row in reference_rows("indicator") if row["indicator_id"] in FROM_INTERVIEWS}
    pages = list(site.glob("kommune-*.html"))
    told = [(page.name, word) for page in pages for word in (*FROM_INTERVIEWS, *names, "informant")
            if word in page.read_text(encoding="utf-8")]
    assert len(pages) == 3 and told == []
    assert "Opplevd medvirkning" in (site / "delmaal-d.html").read_text(encoding="utf-8")


def test_the_rule_for_interviews_is_said_on_the_page_that_tells_how_numbers_are_hidden(demo_home):
    text = (demo_home.current / "site" / "om-tallene.html").read_text(encoding="utf-8")
    assert "minst fem informanter" in text


def test_a_result_by_municipality_in_the_warehouse_never_leaves_it(demo_desk):
    units = ["2012", "0729", "0627", "R-NORD", "R-SOR"]
    demo_desk.connection.execute(
        "INSERT INTO marts.indicator_value SELECT indicator_id, unnest(?), period, breakdown, ?, unit, status, basis, fact_id, "
        "count_numerator, count_complement, 400, is_confirmed_zero FROM marts.indicator_value "
        "WHERE indicator_id = 'D1-04' AND unit_code = 'FORSOK'", [units, SECRET_VALUE])
    values = {value["unit_code"]: (value["value"], value["status"])
              for value in published_values(demo_desk.connection, 3) if value["indicator_id"] == "D1-04"}
    assert values == {"FORSOK": (0.53, "ok"), **dict.fromkeys(units, (None, "suppressed"))}
    site = build_site(release_of(demo_desk.connection, 3))
    (section,) = [part for part in site["delmaal-d.html"].decode().split('<section class="indicator"')
                  if part.startswith(' id="d1-04"')]
    assert not any(b"0.1234" in text for text in site.values())
    assert "53\u00a0%" in section and "12\u00a0%" not in section and ">:<" in section


def test_four_informants_are_not_enough_for_the_site(demo_desk):
    demo_desk.connection.execute("UPDATE marts.indicator_value SET count_denominator = 4 WHERE indicator_id = 'D1-04'")
    (value,) = [value for value in published_values(demo_desk.connection, 3) if value["indicator_id"] == "D1-04"]
    assert (value["value"], value["status"], value["basis"]) == (None, "suppressed", None)


def test_the_count_behind_participation_is_the_number_of_informants(demo_desk):
    assert rows(demo_desk.connection, "SELECT value, count_denominator, basis FROM marts.indicator_value "
                "WHERE indicator_id = 'D1-04'") == [(0.525, 17.0, "constructed")]
