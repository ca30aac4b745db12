"""What an earlier release printed cannot be taken back, so later releases hide more."""

import pytest

from assets.disclosure import suppress
from assets.publication import printed_before, publish
from warehouse.database import records
from warehouse.reference_data import reference_rows

pytestmark = pytest.mark.house

RULES = {row["indicator_id"]: row["small_number_rule"] for row in reference_rows("indicator")}


def drawn(placed, not_placed, population=5000):
    """The numbers of one municipality and year that hang together: B3-01, B3-03, B3-04, B3-05."""
    total = placed + not_placed
    counts = {"count_numerator": None, "count_complement": None, "count_denominator": None}
    behind_share = {"count_numerator": placed, "count_complement": not_placed, "count_denominator": total}
    behind_rate = {"count_numerator": total, "count_complement": population - total, "count_denominator": population}
    return [
        {"indicator_id": name, "unit_code": "0627", "unit_type": "municipality", "period": "2018", "breakdown": "",
         "value": value, "status": "ok", "basis": "delivered", "fact_id": None, "is_confirmed_zero": False, **behind}
        for name, value, behind in (
            ("B3-01", placed / total, behind_share), ("B3-03", 1000 * total / population, behind_rate),
            ("B3-04", float(not_placed), counts), ("B3-05", float(placed), counts))]


def shown(values, before=None):
    kept = suppress(values, RULES, reference_rows("disclosure_equation"), 3, before)
    return {value["indicator_id"]: value["value"] for value in kept if value["value"] is not None}


def printed(values):
    return {(value["indicator_id"], value["breakdown"], value["unit_code"], value["period"]): {value["value"]}
            for value in values}


def test_without_an_earlier_release_the_sum_may_stand_when_both_parts_are_hidden():
    assert set(shown(drawn(placed=2, not_placed=193))) == {"B3-03"}


def test_a_sum_is_hidden_when_an_earlier_release_printed_the_part_that_hides_the_small_one():
    # 195 children in all, 193 of them printed before: 195 − 193 would tell the 2.
    first = drawn(placed=46, not_placed=193)
    assert shown(drawn(placed=2, not_placed=193), printed(first)) == {}


@pytest.mark.parametrize("earlier", [drawn(placed=46, not_placed=190), drawn(placed=46, not_placed=150)])
def test_a_sum_stands_when_what_was_printed_before_is_another_number(earlier):
    assert set(shown(drawn(placed=2, not_placed=193), printed(earlier))) == {"B3-03"}


def test_numbers_that_hide_nothing_are_printed_again():
    values = drawn(placed=46, not_placed=193)
    assert len(shown(values, printed(values))) == 4


def test_what_releases_have_printed_is_read_from_all_of_them(demo_desk):
    publish(demo_desk.connection, demo_desk.home, 3)
    demo_desk.connection.execute("UPDATE marts.indicator_value SET value = 47 WHERE indicator_id = 'B3-05' "
                                 "AND unit_code = '0627' AND period = '2018'")
    publish(demo_desk.connection, demo_desk.home, 3)
    key = ("B3-05", "", "0627", "2018")
    assert printed_before(demo_desk.home)[key] == {46.0, 47.0}
    assert not records(demo_desk.connection, "SELECT 1 FROM marts.indicator_value WHERE indicator_id = 'B3-05' "
                       "AND unit_code = '0627' AND period = '2018' AND value <> 47")
