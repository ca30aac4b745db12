"""The contracts as a whole: each name once, each column described and used, each key complete."""

import re
from collections import Counter

import pytest

from warehouse import columns
from warehouse.columns import COLUMNS
from warehouse.constraints import Matches
from warehouse.contracts import FIXED_TABLES, RAW_BY_STEM, contract_of, indicator_part
from warehouse.dictionary import every_table
from warehouse.reference_data import reference_rows
from warehouse.tables import LAYERS, table
from warehouse.units import UNITS, unit_label

MAY_LACK_A_KEY_COLUMN = {
    "findings.expectation_result",  # what is demanded of the table has no column
    "reference.indicator_input",    # the whole has an empty breakdown, and an empty cell is read as NULL
    "reference.indicator_field",    # as above
    "reference.child_record_figure",  # as above: a count of the whole has no category
    "reference.finding_explanation",  # an empty place means every place
}


def test_each_table_has_one_contract():
    names = Counter(contract.full_name for contract in FIXED_TABLES)
    assert [name for name, times in names.items() if times > 1] == []


def test_each_column_is_defined_once():
    names = Counter(column.name for column in columns._COLUMNS)
    assert [name for name, times in names.items() if times > 1] == []


def test_each_column_is_used_by_a_table():
    used = {name for contract in every_table() for name in contract.column_names}
    assert set(COLUMNS) - used == set()


def test_each_column_has_a_label_and_a_description():
    assert [column.name for column in COLUMNS.values() if not column.label or not column.description] == []


def test_each_unit_of_a_column_or_an_indicator_is_in_the_register():
    units = {column.unit for column in COLUMNS.values()} | {row["unit"] for row in reference_rows("indicator")}
    assert units - {None} - set(UNITS) == set()


def test_a_unit_outside_the_register_has_no_label():
    with pytest.raises(KeyError):
        unit_label("euro")


def test_each_amount_of_money_carries_its_unit():
    amounts = [column for column in COLUMNS.values() if "nok" in column.name]
    assert len(amounts) >= 3
    assert [column.name for column in amounts if "NOK" not in (column.unit or "")] == []


def test_no_pattern_captures_a_group_since_pandas_warns_about_them():
    patterns = [c.pattern for column in COLUMNS.values() for c in column.constraints if isinstance(c, Matches)]
    assert [pattern for pattern in patterns if re.compile(pattern).groups] == []


def test_a_key_column_is_never_missing():
    lacking = {contract.full_name for contract in every_table() if set(contract.key) & contract.nullable}
    assert lacking <= MAY_LACK_A_KEY_COLUMN


def test_a_sources_raw_table_holds_lines_or_cells_and_bears_its_name():
    assert {stem: contract.full_name for stem, contract in RAW_BY_STEM.items()} == {
        "kostra_accounts": "raw.kostra_accounts_line", "ledger": "raw.ledger_line", "grants": "raw.grants_line",
        "rates": "raw.rates_line", "population": "raw.population_cell",
        "kostra_statistics": "raw.kostra_statistics_cell", "tertial_reports": "raw.tertial_reports_cell",
        "data_requests": "raw.data_requests_cell", "supplier_invoices": "raw.supplier_invoices_line",
        "bufetat": "raw.bufetat_line", "surveys": "raw.surveys_line", "supervision": "raw.supervision_line",
        "interview_codings": "raw.interview_codings_coding", "child_records": "raw.child_records_count"}
    assert all(contract.key[1] in ("line_number", "cell_number") for contract in RAW_BY_STEM.values())


def test_each_table_names_a_column_once_and_says_its_grain():
    for contract in every_table():
        assert len(set(contract.column_names)) == len(contract.column_names), contract.full_name
        assert contract.grain.endswith(".") and contract.key, contract.full_name


@pytest.mark.parametrize(("schema", "column_names", "key", "nullable"), [
    ("core", "unit_code hemmelighet", "unit_code", ""),
    ("core", "unit_code period", "year", ""),
    ("core", "unit_code period", "unit_code", "year"),
    ("attic", "unit_code period", "unit_code", ""),
])
def test_a_contract_with_a_stranger_is_refused(schema, column_names, key, nullable):
    with pytest.raises(ValueError, match="drawn"):
        table(schema, "drawn", "En prøve.", column_names, key, nullable)


def test_layers_come_in_the_order_data_flows():
    order = [LAYERS.index(layer) for layer in ("register", "raw", "core", "indicators", "marts")]
    assert order == sorted(order)


def test_an_indicator_table_has_the_one_form_of_all_indicators():
    assert contract_of("indicators", "g1_04") == indicator_part("g1_04")


def test_a_table_nobody_has_described_has_no_contract():
    with pytest.raises(KeyError):
        contract_of("core", "hemmelighet")


def test_a_refused_delivery_is_registered_without_source_form_or_rows():
    assert contract_of("register", "delivery").nullable >= {"stem", "form_version", "row_count", "reason"}
