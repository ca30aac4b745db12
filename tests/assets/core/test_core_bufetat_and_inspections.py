"""Bufetat's figures, survey answers and inspections from drawn lines: units, periods, conversion, what is in force."""

from datetime import date

import pytest


def figures(warehouse, delivery_id, *lines):
    """Raw lines drawn as `2012|R-NORD year [tertial] figure value unit [change]`; `-` stands for nothing."""
    drawn = []
    for number, line in enumerate(lines, 2):
        unit, year, tertial, figure, value, unit_of_number, change = line.split(";")
        is_region = unit.startswith("R-")
        sign = value if not value.replace("-", "").replace(".", "", 1).isdigit() else None
        drawn.append({
            "delivery_id": delivery_id, "line_number": number, "municipality_code": None if is_region else unit,
            "bufetat_region_code": unit if is_region else "R-SOR", "year": int(year),
            "tertial_number": int(tertial) if tertial else None, "bufetat_figure_code": figure,
            "budget_post_code": "3855.60", "value": None if sign else float(value), "status_sign": sign,
            "unit": unit_of_number, "change_since_2015": float(change) if change else None})
    warehouse.raw("bufetat_line", drawn)


def told(warehouse):
    return [(row["unit_code"], row["period"], row["value"], row["status"]) for row in warehouse.built("bufetat_figure")]


def test_a_line_stands_under_the_units_code_or_the_regions_with_its_year_or_tertial(warehouse):
    warehouse.delivered(1, "bufetat", "0722:2016-T1:egenandel 0729:2018:egenandel R-SOR:2018:egenandel")
    figures(warehouse, 1, "0722;2016;1;egenandel;2738;1000 NOK;308", "0729;2018;;egenandel;5420;1000 NOK;358",
            "R-SOR;2018;;egenandel;29040;1000 NOK;")
    assert told(warehouse) == [("0729", "2016-T1", 2738, "ok"), ("0729", "2018", 5420, "ok"), ("R-SOR", "2018", 29040, "ok")]
    assert [row["change_since_2015"] for row in warehouse.built("bufetat_figure")] == [308, 358, None]


@pytest.mark.parametrize(("delivered", "value", "change"), [
    ("3437000;NOK;157000", 3437, 157), ("3437;1000 NOK;157", 3437, 157), ("3.437;mill NOK;0.157", 3437, 157)])
def test_money_is_in_thousand_kroner_whatever_unit_it_came_in(warehouse, delivered, value, change):
    warehouse.delivered(1, "bufetat", "0627:2018:egenandel")
    figures(warehouse, 1, f"0627;2018;;egenandel;{delivered}")
    (row,) = warehouse.built("bufetat_figure")
    assert (row["value"], row["change_since_2015"], row["unit"]) == (
        pytest.approx(value), pytest.approx(change), "1000 NOK")


def test_days_and_purchases_keep_their_unit(warehouse):
    warehouse.delivered(1, "bufetat", "0627:2018-T1:oppholdsdager 0627:2018:kjøp")
    figures(warehouse, 1, "0627;2018;1;oppholdsdager;590;dager;", "0627;2018;;kjøp;5;kjøp;")
    assert [(row["value"], row["unit"]) for row in warehouse.built("bufetat_figure")] == [(5, "kjøp"), (590, "dager")]


@pytest.mark.parametrize(("sign", "status"), [
    (".", "not_applicable"), ("..", "not_reported"), ("...", "not_yet"), (":", "suppressed")])
def test_a_sign_becomes_the_status_of_a_number_that_is_not_there(warehouse, sign, status):
    warehouse.delivered(1, "bufetat", "0627:2019:egenandel")
    figures(warehouse, 1, f"0627;2019;;egenandel;{sign};1000 NOK;")
    assert told(warehouse) == [("0627", "2019", None, status)]


def test_a_newer_delivery_of_one_figure_leaves_the_others_of_the_period_standing(warehouse):
    warehouse.delivered(1, "bufetat", "0627:2018-T1:egenandel 0627:2018-T1:oppholdsdager", received="2019-01-01")
    warehouse.delivered(2, "bufetat", "0627:2018-T1:egenandel", received="2019-02-01")
    figures(warehouse, 1, "0627;2018;1;egenandel;1;1000 NOK;", "0627;2018;1;oppholdsdager;590;dager;")
    figures(warehouse, 2, "0627;2018;1;egenandel;9873;1000 NOK;")
    assert told(warehouse) == [("0627", "2018-T1", 9873, "ok"), ("0627", "2018-T1", 590, "ok")]


def test_a_code_outside_the_trial_or_of_another_time_is_left_out(warehouse):
    warehouse.delivered(1, "bufetat", "0729:2016:egenandel 0301:2018:egenandel 0627:2018:egenandel")
    figures(warehouse, 1, "0729;2016;;egenandel;1;1000 NOK;", "0301;2018;;egenandel;2;1000 NOK;",
            "0627;2018;;egenandel;3;1000 NOK;")
    assert told(warehouse) == [("0627", "2018", 3, "ok")]


def test_co_payments_of_the_two_municipalities_before_the_merger_are_the_units_and_the_regions(warehouse):
    warehouse.delivered(1, "bufetat", "0722:2016:egenandel 0723:2016:egenandel 0627:2016:egenandel")
    figures(warehouse, 1, "0722;2016;;egenandel;6000;1000 NOK;", "0723;2016;;egenandel;994;1000 NOK;",
            "0627;2016;;egenandel;10201;1000 NOK;")
    sums = {}
    for row in warehouse.built("co_payment_figure"):
        sums[row["unit_code"]] = sums.get(row["unit_code"], 0) + row["amount_thousand_nok"]
    assert sums == {"0729": 6994, "0627": 10201, "R-SOR": 17195}  # 6000 + 994; + 10 201


def test_two_surveys_of_one_year_stand_beside_each_other_and_the_newest_of_each_counts(warehouse):
    warehouse.delivered(1, "surveys", "2012:2018:ansatte 2012:2018:ledere", received="2019-01-01")
    warehouse.delivered(2, "surveys", "2012:2018:ansatte", received="2019-02-01")
    warehouse.raw("surveys_line", [
        {"delivery_id": delivery, "line_number": 2 + place, "survey_code": survey, "year": 2018,
         "municipality_code": "2012", "question_id": "q", "answer_code": "ja", "answer_count": count,
         "respondents_count": 49}
        for place, (delivery, survey, count) in enumerate(((1, "ansatte", 1), (1, "ledere", 2), (2, "ansatte", 3)))])
    assert [(row["unit_code"], row["survey_code"], row["answer_count"]) for row in warehouse.built("survey_answer")] == [
        ("2012", "ansatte", 3), ("2012", "ledere", 2)]


def test_a_matter_stands_under_the_units_code_in_the_year_of_the_inspection(warehouse):
    warehouse.delivered(1, "supervision", "0722:2017:tilsyn 0729:2018:tilsyn 0729:2016:tilsyn")
    warehouse.raw("supervision_line", [
        {"delivery_id": 1, "line_number": line, "municipality_code": code, "supervision_date": day,
         "supervision_name": "tilsyn", "matter_code": "sak", "matter_count": count}
        for line, code, day, count in ((2, "0722", date(2017, 12, 31), 4), (3, "0729", date(2018, 1, 1), None),
                                       (4, "0729", date(2016, 5, 1), 9))])
    assert [(row["unit_code"], row["year"], row["matter_count"]) for row in warehouse.built("supervision_matter")] == [
        ("0729", 2017, 4), ("0729", 2018, None)]


def test_a_second_inspection_of_the_year_stands_beside_the_first_and_a_newer_file_of_one_replaces_it(warehouse):
    warehouse.delivered(1, "supervision", "2012:2019:institusjonen", received="2019-04-01")
    warehouse.delivered(2, "supervision", "2012:2019:tjenesten", received="2019-05-01")
    warehouse.delivered(3, "supervision", "2012:2019:tjenesten", received="2019-06-01")
    warehouse.raw("supervision_line", [
        {"delivery_id": delivery, "line_number": 2, "municipality_code": "2012", "supervision_date": date(2019, 3, 12),
         "supervision_name": name, "matter_code": "sak", "matter_count": count}
        for delivery, name, count in ((1, "institusjonen", 3), (2, "tjenesten", 27), (3, "tjenesten", 28))])
    assert [(row["supervision_name"], row["matter_count"]) for row in warehouse.built("supervision_matter")] == [
        ("institusjonen", 3), ("tjenesten", 28)]
