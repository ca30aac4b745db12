"""The shipped reference tables: read as text, complete, and in agreement with each other and the contracts."""

import csv

import pytest

from warehouse.contracts import REFERENCE
from warehouse.reference_data import reference_path, reference_rows
from warehouse.units import UNITS

FILES = sorted(reference_path("unit").parent.glob("*.csv"))
SHIPPED = [contract for contract in REFERENCE if any(path.stem == contract.name for path in FILES)]


def test_an_unknown_reference_table_is_an_error_that_names_it():
    with pytest.raises(FileNotFoundError, match="hemmelighet.csv"):
        reference_rows("hemmelighet")


def test_codes_are_text_and_keep_their_leading_zero():
    assert {row["unit_code"] for row in reference_rows("unit")} >= {"2012", "0729", "0627", "EKG12", "EKG13"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_has_exactly_the_columns_of_its_heading_and_no_stray_spaces(path):
    with path.open(encoding="utf-8", newline="") as file:
        heading, *lines = csv.reader(file)
    assert lines and len(set(heading)) == len(heading)
    assert [number for number, line in enumerate(lines, 2) if len(line) != len(heading)] == []
    assert [cell for line in [heading, *lines] for cell in line if cell != cell.strip()] == []


@pytest.mark.parametrize("contract", SHIPPED, ids=lambda contract: contract.name)
def test_a_shipped_reference_table_has_the_key_of_its_contract_once(contract):
    rows = reference_rows(contract.name)
    assert set(contract.key) <= set(rows[0])
    keys = [tuple(row[name] for name in contract.key) for row in rows]
    assert len(set(keys)) == len(keys)


def test_every_municipality_code_belongs_to_a_unit_and_no_code_to_two_at_once():
    units = {row["unit_code"] for row in reference_rows("unit")}
    spans = [(row["source_municipality_code"], int(row["valid_from_year"]), int(row["valid_to_year"]), row["unit_code"])
             for row in reference_rows("municipality_code")]
    assert {unit for *_, unit in spans} <= units
    assert all(first <= last for _, first, last, _ in spans)
    overlaps = [(a, b) for a in spans for b in spans if a < b and a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2]]
    assert overlaps == []


def test_every_municipality_of_the_trial_has_a_last_year_in_it_and_no_other_unit_has():
    last_years = {row["unit_code"]: row["last_trial_year"] for row in reference_rows("unit")}
    assert {code: year for code, year in last_years.items() if year} == {"2012": "2021", "0729": "2021", "0627": "2019"}


def test_a_comparison_group_of_a_unit_is_itself_a_unit():
    groups = {row["unit_code"] for row in reference_rows("unit") if row["unit_type"] == "kostra_group"}
    assert {row["kostra_group_code"] for row in reference_rows("unit")} - {""} <= groups


def test_every_unit_of_measure_in_the_catalogue_and_the_key_figures_is_in_the_register():
    for name in ("indicator", "key_figure"):
        assert {row["unit"] for row in reference_rows(name)} <= set(UNITS)


def test_every_change_in_a_share_and_every_balance_of_money_is_written_with_its_sign():
    signed = {row["indicator_id"] for row in reference_rows("indicator") if row["is_signed"] == "true"}
    assert signed >= {"B3-02", "G1-01", "G1-04", "G1-07", "G1-08", "G1-09", "G1-10"}
    assert not signed & {"G1-02", "G1-03", "E2-01", "F1-03"}
    assert {row["is_signed"] for row in reference_rows("indicator")} == {"true", "false"}


def test_a_measure_category_stands_as_a_key_figure():
    key_figures = {row["key_figure_code"] for row in reference_rows("key_figure")}
    assert {row["key_figure_code"] for row in reference_rows("measure_category")} <= key_figures
