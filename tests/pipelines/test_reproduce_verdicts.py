"""How one printed number is judged: tolerance by wording, then who is to blame."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipelines.delivered_numbers import DeliveredNumber
from pipelines.printed_precision import agrees, tolerance
from pipelines.published_figure import PublishedFigure
from pipelines.reproduce import how, judge


def figure(published="10", decimals=0, qualifier="exact", **other):
    """A printed number that the indicator G1-02 should give."""
    given_values = {
        "fact_id": "X001", "origin_nb": "tekst", "unit_code": "2012", "period": "2018", "description_nb": "tall",
        "published": Decimal(published), "unit": "mill NOK", "decimals": decimals, "qualifier": qualifier,
        "confidence": "certain", "tolerance": None, "expression": "{G1-02}", "scale": Decimal(1), "indicator_id": "",
        "breakdown": "", "inconsistency_id": "", "missing": "",
    }
    return PublishedFigure(**(given_values | other))


class Delivered:
    """Stands in for the warehouse: numbers by name."""

    def __init__(self, **numbers):
        self.numbers = {name.replace("_", "-"): number for name, number in numbers.items()}

    def find(self, token):
        value = self.numbers.get(token.name)
        return None if value is None else DeliveredNumber(value, "delivered")


@pytest.mark.parametrize(("qualifier", "published", "decimals", "computed", "expected"), [
    ("exact", "34.9", 1, 34.9, True),
    ("exact", "34.9", 1, 34.85, True),
    ("exact", "34.9", 1, 34.95, True),
    ("exact", "34.9", 1, 34.951, False),
    ("exact", "34.9", 1, 34.849, False),
    ("exact", "0.43", 2, 0.4349, True),
    ("exact", "0.43", 2, 0.4351, False),
    ("exact", "43", 0, 43.4, True),
    ("exact", "43", 0, 43.6, False),
    ("exact", "2.75", 2, 2.75, True),
    ("exact", "2.75", 2, 2.76, False),
    ("exact", "-1.4", 1, -1.44, True),
    ("exact", "-1.4", 1, 1.4, False),
    ("exact", "0", 0, 0.0, True),
    ("exact", "0", 0, 1.0, False),
    ("exact", "34.9", 1, 34.950000000000003, True),
    ("ca", "12700", 0, 12954.0, True),
    ("ca", "12700", 0, 12955.0, False),
    ("ca", "12700", 0, 12446.0, True),
    ("ca", "1.1", 1, 1.149, True),
    ("ca", "1.1", 1, 1.16, False),
    ("naer", "23", 0, 22.54, True),
    ("naer", "23", 0, 22.4, False),
    ("rundt", "3", 0, 3.4, True),
    ("innen_1_prosent", "5000", 0, 5050.0, True),
    ("innen_1_prosent", "5000", 0, 5051.0, False),
    ("over", "7", 0, 7.0, True),
    ("over", "7", 0, 70.0, True),
    ("over", "7", 0, 6.99, False),
    ("minst", "2", 0, 2.19, True),
    ("minst", "2", 0, 1.9, False),
    ("opp_mot", "80", 0, 79.0, True),
    ("opp_mot", "80", 0, 80.0, True),
    ("opp_mot", "80", 0, 80.1, False),
    ("rett_under", "8000", 0, 7879.0, True),
    ("rett_under", "8000", 0, 7840.0, True),
    ("rett_under", "8000", 0, 7839.0, False),
    ("rett_under", "8000", 0, 8000.0, False),
    ("rett_under", "8000", 0, 8001.0, False),
])
def test_the_wording_decides_how_near_is_near_enough(qualifier, published, decimals, computed, expected):
    assert agrees(figure(published, decimals, qualifier), computed) is expected


@pytest.mark.parametrize(("qualifier", "published", "decimals", "expected"), [
    ("exact", "34.9", 1, "0.05"),
    ("exact", "17200", 0, "0.5"),
    ("exact", "17.65", 2, "0.005"),
    ("ca", "12700", 0, "254"),
    ("ca", "1", 0, "0.5"),
    ("rett_under", "4000", 0, "80"),
    ("innen_1_prosent", "5063", 0, "50.63"),
    ("over", "25", 0, None),
    ("opp_mot", "80", 0, None),
])
def test_the_tolerance_is_half_the_last_printed_digit_unless_the_wording_says_more(
    qualifier, published, decimals, expected,
):
    found = tolerance(figure(published, decimals, qualifier))
    assert found == (None if expected is None else Decimal(expected))


def test_a_tolerance_of_its_own_goes_before_the_last_digit():
    assert agrees(figure("10", 0, tolerance=Decimal("0.7")), 9.4)
    assert not agrees(figure("10", 0, tolerance=Decimal("0.7")), 9.2)


@given(st.integers(-10**6, 10**6), st.integers(0, 4), st.sampled_from(["exact", "ca", "naer", "rundt"]))
def test_a_number_agrees_with_itself_and_never_with_one_far_off(whole, decimals, qualifier):
    printed = figure(str(Decimal(whole).scaleb(-decimals)), decimals, qualifier)
    assert agrees(printed, float(printed.published))
    assert not agrees(printed, float(printed.published) + 1.0 + 0.03 * abs(float(printed.published)))


@given(st.decimals(-10**5, 10**5, places=6), st.integers(0, 4))
def test_a_number_agrees_with_its_own_rounding(exact, decimals):
    printed = figure(str(round(exact, decimals)), decimals)
    assert agrees(printed, float(exact))


@pytest.mark.parametrize(("computed", "confidence", "inconsistency_id", "expected"), [
    (10.0, "certain", "", "reproduced"),
    (10.0, "ambiguous", "", "reproduced"),
    (10.0, "certain", "IN07", "reproduced"),
    (12.0, "certain", "", "wrong"),
    (12.0, "likely", "", "uncertain"),
    (12.0, "ambiguous", "", "uncertain"),
    (12.0, "certain", "IN07", "report_inconsistent"),
    (12.0, "likely", "IN07", "report_inconsistent"),
])
def test_a_difference_is_the_reports_ours_or_uncertain(computed, confidence, inconsistency_id, expected):
    printed = figure(confidence=confidence, inconsistency_id=inconsistency_id)
    assert judge(printed, Delivered(G1_02=computed)).verdict == expected


def test_a_figure_without_an_expression_says_which_source_is_missing():
    verdict = judge(figure(expression="", missing="bufetat"), Delivered())
    assert (verdict.verdict, verdict.missing, verdict.how) == ("not_reproducible", "bufetat", None)


def test_a_number_the_warehouse_lacks_is_named_and_is_not_a_zero():
    verdict = judge(figure(published="0"), Delivered())
    assert (verdict.verdict, verdict.missing) == ("not_reproducible", "warehouse: G1-02 2018 2012")


def test_a_division_by_zero_is_not_reproducible():
    verdict = judge(figure(expression="1 / {G1-02}"), Delivered(G1_02=0.0))
    assert verdict.verdict == "not_reproducible"


def test_the_computed_number_is_in_the_printed_unit():
    verdict = judge(figure("43", expression="{D2-01}", scale=Decimal(100)), Delivered(D2_01=0.43))
    assert (verdict.computed, verdict.verdict) == (43.0, "reproduced")


@pytest.mark.parametrize(("expression", "unit_code", "expected"), [
    ("{B1-03}", "2012", "read"),
    ("{C1-02|category=1}", "2012", "read"),
    ("{key_figure:05}", "2012", "read"),
    ("{rate:institusjon}", "", "read"),
    ("{grant:one_off}", "2012", "read"),
    ("{G1-03}", "2012", "read"),
    ("{E2-02|trial_cost=excluded}", "EKG12", "read"),
    ("{E2-02|trial_cost=excluded}", "2012", "computed"),
    ("{B3-03}", "2012", "computed"),
    ("{D2-01}", "2012", "computed"),
    ("{fund:285}", "0729", "computed"),
    ("-{B1-03}", "2012", "computed"),
    ("{B1-03} - {B1-03||2015}", "2012", "computed"),
    ("", "2012", None),
])
def test_only_one_delivered_value_passed_through_is_read(expression, unit_code, expected):
    assert how(figure(expression=expression, unit_code=unit_code)) == expected
