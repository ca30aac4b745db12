"""Indicator values looked up: filters, names, and how they were known on an earlier day."""

from datetime import datetime

import pytest

from pipelines.failures import WrongUsage
from pipelines.lookup import as_known, indicator_values
from warehouse.database import NoWarehouse, rows
from warehouse.home import Home


@pytest.fixture(scope="module")
def demo(demo_home):
    with as_known(demo_home, None) as connection:
        yield connection


def keys(values, *names):
    return {tuple(value[name] for name in names) for value in values}


def test_without_filters_every_value_comes_with_the_names_of_its_unit(demo):
    values = indicator_values(demo)
    assert len(values) == rows(demo, "SELECT count(*) FROM marts.indicator_value")[0][0]
    assert keys(values, "unit_code", "unit_type", "unit_name", "municipality_name") == {
        ("2012", "municipality", "Alta", "Alta"), ("0729", "municipality", "Færder", "Færder"),
        ("0627", "municipality", "Røyken", "Røyken"), ("EKG12", "kostra_group", "KOSTRA-gruppe 12", None),
        ("EKG13", "kostra_group", "KOSTRA-gruppe 13", None),
        ("R-NORD", "bufetat_region", "Bufetat region nord", None), ("R-SOR", "bufetat_region", "Bufetat region sør", None),
        ("FORSOK", "trial", "Forsøkskommunene samlet", None)}


@pytest.mark.parametrize(("filters", "name", "wanted"), [
    ({"indicator_id": "G1-04"}, "indicator_id", {("G1-04",)}),
    ({"unit_code": "EKG12"}, "unit_code", {("EKG12",)}),
    ({"period": "2018"}, "period", {("2018",)}),
    ({"indicator_id": "G1-04", "unit_code": "2012", "period": "2018"}, "breakdown", {("",), ("accumulation=since_2016",)}),
])
def test_a_filter_keeps_what_it_names_and_nothing_else(demo, filters, name, wanted):
    assert keys(indicator_values(demo, **filters), name) == wanted


def test_values_come_in_a_fixed_order(demo):
    values = indicator_values(demo)
    assert values == sorted(values, key=lambda v: (v["indicator_id"], v["unit_code"], v["period"], v["breakdown"]))


def test_nothing_there_is_an_empty_list(demo):
    assert indicator_values(demo, indicator_id="G1-04", unit_code="2012", period="2014") == []
    assert indicator_values(demo, indicator_id="G1-04", unit_code="R-NORD") == []


@pytest.mark.parametrize(("filters", "words"), [
    ({"indicator_id": "G9-99"}, "indikator «G9-99» finnes ikke"), ({"indicator_id": "g1-04"}, "Kjente: A1-01"),
    ({"unit_code": "0722"}, "enhet «0722» finnes ikke"), ({"unit_code": ""}, "enhet «» finnes ikke")])
def test_an_unknown_code_is_said_with_the_known_ones(demo, filters, words):
    with pytest.raises(WrongUsage, match=words):
        indicator_values(demo, **filters)


def test_as_known_before_anything_came_there_is_nothing_and_the_home_stands(demo_home):
    with as_known(demo_home, datetime(2019, 9, 30)) as connection:
        assert indicator_values(connection) == []
    with as_known(demo_home, datetime(2019, 10, 1)) as connection:
        assert len(indicator_values(connection, indicator_id="G1-04")) > 0


def test_a_home_without_a_warehouse_is_said_so(tmp_path):
    for moment in (None, datetime(2019, 10, 1)):
        with pytest.raises(NoWarehouse, match="refresh"), as_known(Home(tmp_path), moment):
            raise AssertionError("there is nothing to read")
