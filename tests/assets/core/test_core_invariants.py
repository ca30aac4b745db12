"""VR60 and VR61: what must always hold in our own tables, however the deliveries are."""

from warehouse.reference_data import reference_rows


def cell(number, code, year, value, age="005"):
    return {"delivery_id": 1, "cell_number": number, "region_code": code, "age_code": age, "year": year, "value": value}


def ages(start, code, year, each):
    return [cell(start + age, code, year, each, f"{age:03d}") for age in range(18)]


def inhabitants(warehouse, several, scope):
    warehouse.delivered(1, "population", scope)
    warehouse.raw("population_cell", several)
    counted = {}
    for row in warehouse.built("population_cell"):
        key = row["unit_code"], row["year"]
        counted[key] = counted.get(key, 0) + row["inhabitants_count"]
    return counted


def test_vr60_each_municipality_has_one_comparison_group_in_all_years():
    groups = {row["unit_code"]: row["kostra_group_code"] for row in reference_rows("unit")
              if row["unit_type"] == "municipality"}
    assert groups == {"2012": "EKG12", "0729": "EKG13", "0627": "EKG13"}


def test_vr61_faerder_is_noetteroey_and_tjoeme_until_2017_and_itself_from_2018(warehouse):
    several = (ages(0, "0722", 2017, 200) + ages(100, "0723", 2017, 50) + ages(200, "0729", 2017, 0)
               + ages(300, "0722", 2018, 0) + ages(400, "0723", 2018, 0) + ages(500, "0729", 2018, 251))
    scope = "0722:2017 0723:2017 0729:2017 0722:2018 0723:2018 0729:2018"
    assert inhabitants(warehouse, several, scope) == {("0729", 2017): 18 * 250, ("0729", 2018): 18 * 251}


def test_vr61_nobody_is_counted_twice_when_a_file_has_the_old_and_the_new_code_in_one_year(warehouse):
    several = ages(0, "0722", 2017, 200) + ages(100, "0723", 2017, 50) + ages(200, "0729", 2017, 250)
    assert inhabitants(warehouse, several, "0722:2017 0723:2017 0729:2017") == {("0729", 2017): 18 * 250}


def test_vr61_a_guests_form_beside_its_hosts_is_not_counted(warehouse):
    for delivery_id, (code, value) in enumerate((("0722", 30.0), ("0723", 7.0)), 1):
        warehouse.delivered(delivery_id, "tertial_reports", f"{code}:2017-T1")
        warehouse.raw("tertial_reports_cell", [{
            "delivery_id": delivery_id, "cell_number": 9, "municipality_code": code, "period": "2017-T1",
            "field_id": "meldinger", "value": value, "sheet": "B Forebygging", "cell": "B4"}])
    assert [(row["unit_code"], row["value"]) for row in warehouse.built("form_value")] == [("0729", 30.0)]


def test_vr61_key_figures_of_a_part_of_the_unit_are_not_the_units(warehouse):
    warehouse.delivered(1, "kostra_statistics", "0722:2017 0723:2017 0729:2017")
    warehouse.raw("kostra_statistics_cell", [
        {"delivery_id": 1, "cell_number": number, "dataset_code": "nokkeltall", "region_code": code,
         "key_figure_code": "01", "year": 2017, "value": value}
        for number, (code, value) in enumerate((("0722", 100.0), ("0723", 30.0), ("0729", 131.0)))])
    assert [(row["unit_code"], row["value"]) for row in warehouse.built("key_figure")] == [("0729", 131.0)]


def test_vr61_the_merger_makes_no_jump_in_the_number_of_children(demo_desk):
    before, after = (demo_desk.connection.execute(
        "SELECT sum(inhabitants_count) FROM core.population_cell WHERE unit_code = '0729' AND year = ? "
        "AND age_code <= '017'", [year]).fetchone()[0] for year in (2017, 2018))
    assert abs(after / before - 1) < 0.03
