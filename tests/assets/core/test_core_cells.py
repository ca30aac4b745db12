"""Key figures and population from drawn cells: what is joined, dropped and marked."""


# key_figure

def figures(warehouse, text):
    """(unit, year, code) -> (value, status, confirmed zero). A drawn line: region year code value sign."""
    lines = [line.split() for line in text.strip().splitlines()]
    warehouse.delivered(1, "kostra_statistics", " ".join(sorted({f"{line[0]}:{line[1]}" for line in lines})))
    warehouse.raw("kostra_statistics_cell", [
        {"delivery_id": 1, "cell_number": number, "dataset_code": "x", "region_code": region, "year": int(year),
         "key_figure_code": code, "value": None if value == "null" else float(value),
         "status_sign": sign[0] if sign else None}
        for number, (region, year, code, value, *sign) in enumerate(lines)])
    rows_found = warehouse.built("key_figure")
    found = {(row["unit_code"], row["year"], row["key_figure_code"]): (
        row["value"], row["status"], row["is_confirmed_zero"]) for row in rows_found}
    assert len(found) == len(rows_found)
    return found


def test_a_missing_key_figure_keeps_its_sign_as_a_status(warehouse):
    assert figures(warehouse, """
        2012 2018 07 167
        2012 2018 08 null ..
        2012 2018 09 null ...
        2012 2018 10 null :
        2012 2018 11 null .
        2012 2018 12 null
    """) == {
        ("2012", 2018, "07"): (167, "ok", False), ("2012", 2018, "08"): (None, "not_reported", False),
        ("2012", 2018, "09"): (None, "not_yet", False), ("2012", 2018, "10"): (None, "suppressed", False),
        ("2012", 2018, "12"): (None, "not_reported", False)}


def test_a_zero_is_confirmed_by_its_sign_only(warehouse):
    assert figures(warehouse, """
        2012 2018 13 0
        2012 2018 14 0 -
        2012 2018 15 null -
    """) == {("2012", 2018, "13"): (0, "ok", False), ("2012", 2018, "14"): (0, "ok", True),
             ("2012", 2018, "15"): (0, "ok", True)}


def test_key_figures_stand_under_the_code_of_the_whole_unit_in_all_years(warehouse):
    assert set(figures(warehouse, """
        0722  2016 01 100
        0723  2016 01 20
        0729  2016 01 264
        0729  2018 01 336
        3811  2020 01 340
        EKG13 2018 02 0.79
        EAK   2018 02 0.80
        0301  2018 01 9999
    """)) == {("0729", 2016, "01"), ("0729", 2018, "01"), ("0729", 2020, "01"), ("EKG13", 2018, "02"),
              ("EAK", 2018, "02")}


def test_of_two_codes_of_a_unit_in_a_year_only_the_one_then_valid_counts(warehouse):
    assert figures(warehouse, """
        2012 2018 01 444
        5403 2018 01 0
        2012 2020 01 0
        5403 2020 01 450
    """) == {("2012", 2018, "01"): (444, "ok", False), ("2012", 2020, "01"): (450, "ok", False)}


# population_cell

AGES = [f"{age:03d}" for age in range(18)]


def population(warehouse, text, ages=("018", "105+")):
    """(unit, year) -> inhabitants 0–17. A drawn line: region year count-of-each-age [without=age]."""
    lines = [line.split() for line in text.strip().splitlines()]
    warehouse.delivered(1, "population", " ".join(sorted({f"{line[0]}:{line[1]}" for line in lines})))
    cells = [(region, int(year), age, None if mark == [f"empty={age}"] else float(count))
             for region, year, count, *mark in lines for age in [*AGES, *ages] if mark != [f"without={age}"]]
    warehouse.raw("population_cell", [
        {"delivery_id": 1, "cell_number": number, "region_code": region, "year": year, "age_code": age, "value": value}
        for number, (region, year, age, value) in enumerate(cells)])
    found = {}
    for row in warehouse.built("population_cell"):
        if row["age_code"] in AGES:
            key = (row["unit_code"], row["year"])
            found[key] = found.get(key, 0) + row["inhabitants_count"]
    return found


def test_before_the_merger_both_municipalities_count_and_the_new_codes_zeros_do_not(warehouse):
    assert population(warehouse, """
        0722 2017 250
        0723 2017 50
        0729 2017 0
        0722 2018 0
        0723 2018 0
        0729 2018 301
    """) == {("0729", 2017): 5400, ("0729", 2018): 5418}  # 18 * (250 + 50), 18 * 301


def test_a_year_that_lacks_a_municipality_or_an_age_is_left_out_whole(warehouse):
    assert population(warehouse, """
        0722 2016 250
        2012 2016 270 without=017
        2012 2017 270 empty=003
        2012 2018 270 without=018
        0627 2020 300
    """) == {("2012", 2018): 4860}  # 18 * 270; the age above 17 is not needed, and 0627 ended in 2019
