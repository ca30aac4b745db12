"""Population and key figures: printed cells as printed, constructed ones that fit them."""

import json
from decimal import ROUND_HALF_UP, Decimal

import pytest

UNITS = {"2012": ("07", "08"), "0729": ("09", "10"), "0627": ("11", "12")}
CODES_OF_UNIT = {"2012": ("2012",), "0627": ("0627",), "0729": ("0722", "0723", "0729")}
YEARS = [str(year) for year in range(2013, 2019)]
CASES = [(unit, year) for unit in UNITS for year in YEARS]


def rounded(value, decimals):
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def children_of(inhabitants, unit, year):
    return sum(inhabitants[code, f"{age:03d}", year] for code in CODES_OF_UNIT[unit] for age in range(18))


@pytest.mark.parametrize(("unit", "year"), CASES)
def test_children_with_measures_per_1000_inhabitants_round_to_the_printed_row_3(inhabitants, key_figures, unit, year):
    with_measures = key_figures[unit, "07", year][0] + key_figures[unit, "08", year][0]
    rate = Decimal(1000 * with_measures) / children_of(inhabitants, unit, year)
    assert rounded(rate, 0) == key_figures[unit, "03", year][0]


def test_the_population_changes_less_than_3_percent_from_year_to_year(inhabitants):
    for unit in UNITS:
        series = [children_of(inhabitants, unit, year) for year in YEARS]
        assert all(abs(after / before - 1) < 0.03 for before, after in zip(series, series[1:]))


def test_codes_that_do_not_exist_in_a_year_have_zeros_as_in_the_statistics_bank(inhabitants):
    empty = {(region, year) for region, _, year in inhabitants
             if not any(inhabitants[region, f"{age:03d}", year] for age in range(23))}
    assert empty == {("0722", "2018"), ("0723", "2018"), *(("0729", year) for year in YEARS[:-1])}
    assert all(count is not None for count in inhabitants.values())


def test_ages_are_single_years_to_22_and_nobody_is_missing(inhabitants):
    assert {age for _, age, _ in inhabitants} == {f"{age:03d}" for age in range(23)}
    assert all(inhabitants["2012", f"{age:03d}", "2018"] > 200 for age in range(23))


def test_the_population_file_tells_when_it_was_updated_and_that_it_is_constructed(files):
    document = json.loads(files["befolkning_07459.json"].content)
    assert document["id"] == ["Region", "Alder", "ContentsCode", "Tid"]
    assert document["updated"].startswith("2019-")
    assert "07459" in document["label"] and "Konstruert" in document["source"]
    assert isinstance(document["value"], list)


@pytest.mark.parametrize(("unit", "year"), CASES)
@pytest.mark.parametrize(("share", "denominator"), [("02", "01"), ("04", "01"), ("05", "05N")])
def test_numerators_are_whole_numbers_that_round_to_the_printed_share(key_figures, unit, year, share, denominator):
    parts, whole = key_figures[unit, f"{share}T", year][0], key_figures[unit, denominator, year][0]
    assert isinstance(parts, int) and 0 <= parts <= whole
    assert rounded(Decimal(parts) / whole, 2) == rounded(str(key_figures[unit, share, year][0]), 2)


@pytest.mark.parametrize(("region", "code", "year", "value"), [
    ("2012", "01", "2018", 444), ("2012", "05", "2017", 0.36), ("2012", "06", "2018", 31.2),
    ("0729", "06", "2015", 17.65), ("0729", "17", "2015", 3),
    ("0627", "12", "2017", 85), ("0627", "17", "2014", 0), ("0729", "13", "2013", 0),
])
def test_printed_cells_are_delivered_as_printed(key_figures, region, code, year, value):
    assert key_figures[region, code, year] == (value, None)


def test_missing_cells_keep_the_sign_that_tells_why(key_figures):
    signs = {key: sign for key, (value, sign) in key_figures.items() if sign}
    assert all(key_figures[key][0] is None for key in signs)
    suppressed = {key for key, sign in signs.items() if sign == ":"}
    assert suppressed == {("2012", "13", year) for year in ("2013", "2015", "2016")}
    assert {key for key, sign in signs.items() if sign == ".."} == {
        ("0627", "12", "2018"), *((region, "06", "2013") for region in (*UNITS, "EKG12", "EKG13"))}
    assert {key[1] for key, sign in signs.items() if sign == "."} == {"N", "N244", "N251", "N252"}
    assert all(value is not None for key, (value, _) in key_figures.items() if key not in signs)


def test_the_data_set_names_itself_in_both_files(files):
    forms = {}
    for name in ("nokkeltall_kommuner.json", "nokkeltall_kostragrupper.json"):
        document = json.loads(files[name].content)
        assert document["extension"] == {"folgeeval": {"dataset": "nokkeltall"}}
        assert document["id"] == ["Region", "Indikator", "Tid"] and document["label"] and document["updated"]
        forms[name] = (type(document["value"]), type(document["status"]))
    assert forms == {"nokkeltall_kommuner.json": (list, list), "nokkeltall_kostragrupper.json": (dict, dict)}


def value(key_figures, region, code, year="2018"):
    return key_figures[region, code, str(year)][0]


def reports_per_1000(key_figures, inhabitants, unit, year):
    return 1000 * value(key_figures, unit, "01", year) / children_of(inhabitants, unit, str(year))


def placed_share(key_figures, unit, year="2018"):
    placed = value(key_figures, unit, "08", year)
    return placed / (placed + value(key_figures, unit, "07", year))


def test_alta_stands_to_its_group_as_the_report_says(key_figures, inhabitants):
    assert reports_per_1000(key_figures, inhabitants, "2012", 2018) > value(key_figures, "EKG12", "01R")
    assert 1 - value(key_figures, "2012", "05") > 1 - value(key_figures, "EKG12", "05")
    assert value(key_figures, "2012", "06") - value(key_figures, "EKG12", "06") > 11
    assert placed_share(key_figures, "2012") > value(key_figures, "EKG12", "08A")


def test_faerder_stands_to_its_group_as_the_report_says(key_figures, inhabitants):
    assert reports_per_1000(key_figures, inhabitants, "0729", 2018) > value(key_figures, "EKG13", "01R")
    assert value(key_figures, "0729", "02") < value(key_figures, "EKG13", "02")
    assert placed_share(key_figures, "0729") < value(key_figures, "EKG13", "08A")


def test_roeyken_stands_to_its_group_as_the_report_says(key_figures, inhabitants):
    for year in YEARS:
        assert reports_per_1000(key_figures, inhabitants, "0627", year) < value(key_figures, "EKG13", "01R", year)
        assert placed_share(key_figures, "0627", year) < value(key_figures, "EKG13", "08A", year)
    placed_per_1000 = 1000 * value(key_figures, "0627", "08") / children_of(inhabitants, "0627", "2018")
    assert placed_per_1000 < value(key_figures, "EKG13", "03") * value(key_figures, "EKG13", "08A")
