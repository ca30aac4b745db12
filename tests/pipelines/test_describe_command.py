"""The data dictionary as the reader gets it: what it says, in which form, and what it answers to a wrong name."""

import argparse
import json

import pytest

from pipelines.commands import describe
from warehouse.columns import COLUMNS
from warehouse.contracts import FIXED_TABLES
from warehouse.dictionary import every_table, indicator_entry, table_entry, table_text, tables_called
from warehouse.reference_data import reference_rows


def described(capsys, *words: str) -> tuple[int, str, str]:
    parser = argparse.ArgumentParser()
    describe.add_arguments(parser)
    code = describe.run(parser.parse_args(words))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_every_table_and_every_column_of_the_contracts_is_described(capsys):
    code, out, _ = described(capsys, "--json")
    tables = {entry["table"]: entry for entry in json.loads(out)}
    assert code == 0
    assert list(tables) == [contract.full_name for contract in every_table()]
    for contract in FIXED_TABLES:
        assert [column["column"] for column in tables[contract.full_name]["columns"]] == list(contract.column_names)


def test_there_is_one_table_for_each_indicator_of_the_catalogue():
    indicator_tables = [contract.name for contract in every_table() if contract.schema == "indicators"]
    assert len(indicator_tables) == len(reference_rows("indicator"))
    assert "g1_04" in indicator_tables


def test_a_column_tells_its_unit_its_constraint_and_whether_it_may_be_missing(capsys):
    _, out, _ = described(capsys, "core.population_cell", "--json")
    columns = {column["column"]: column for column in json.loads(out)[0]["columns"]}
    assert columns["inhabitants_count"] == {
        "column": "inhabitants_count", "type": "INTEGER", "unit": "innbyggere", "unit_label": "innbyggere",
        "label": "Innbyggere", "description": COLUMNS["inhabitants_count"].description,
        "constraints": ["Minst 0."], "nullable": False, "key": False}
    assert columns["delivery_id"]["key"] and columns["unit_code"]["unit_label"] is None


def test_a_column_that_may_be_missing_says_so_in_the_text():
    (ledger,) = tables_called("core.ledger_line")
    lines = {line.split(" | ")[0].removeprefix("| "): line for line in table_text(table_entry(ledger)).splitlines()}
    assert lines["voucher_date"].endswith("| ja |")
    assert lines["voucher_number"].endswith("| nei |")
    assert "Én av 244, 251, 252, unsplit." in lines["purpose_function_code"]


def test_a_bar_in_a_cell_does_not_break_the_markdown_table():
    (unit,) = tables_called("reference.unit")
    entry = table_entry(unit)
    entry["columns"][0]["description"] = "enten|eller"
    assert r"enten\|eller" in table_text(entry)


def test_the_whole_dictionary_shows_the_form_of_the_indicator_tables_once(capsys):
    code, out, _ = described(capsys)
    assert code == 0
    assert out.startswith("# Datakatalog\n")
    assert out.count("## indicators.") == 1
    assert all(f"## {contract.full_name}\n" in out for contract in FIXED_TABLES)
    assert "g1_04" in out.splitlines()[-1]


def test_a_table_may_be_named_without_its_schema(capsys):
    _, with_schema, _ = described(capsys, "core.account_concept")
    _, without, _ = described(capsys, "account_concept")
    assert with_schema == without
    assert "## core.account_concept" in with_schema


def test_a_name_in_two_layers_gives_both_tables(capsys):
    _, out, _ = described(capsys, "ledger_line", "--json")
    assert [entry["table"] for entry in json.loads(out)] == ["raw.ledger_line", "core.ledger_line"]


def test_one_indicator_table_can_be_asked_for(capsys):
    code, out, _ = described(capsys, "indicators.g1_04")
    assert code == 0
    assert "## indicators.g1_04" in out and "| term |" in out


@pytest.mark.parametrize(("name", "advice"), [
    ("core.acount_line", "core.account_line"),
    ("indicators.z9_99", "indicators."),
    ("qqqqqqqqqqqqqqq", "uten tabell"),
])
def test_an_unknown_table_is_wrong_usage_with_advice_and_nothing_on_standard_output(capsys, name, advice):
    code, out, err = described(capsys, name, "--json")
    assert (code, out) == (2, "")
    assert f"Ingen tabell heter {name}." in err and advice in err


def test_a_table_and_the_catalogue_at_once_is_wrong_usage(capsys):
    code, out, err = described(capsys, "core.account_line", "--indicators")
    assert (code, out) == (2, "")
    assert "enten" in err


def test_the_catalogue_has_every_indicator_with_formula_and_unit_in_words(capsys):
    code, out, _ = described(capsys, "--indicators")
    assert code == 0
    for row in reference_rows("indicator"):
        assert f"## {row['indicator_id']} {row['name_nb']}" in out
        assert f"- Formel: {row['formula_nb']}" in out
    assert "- Enhet: millioner kroner" in out


def test_the_catalogue_as_json_keeps_every_field_and_adds_label_and_table(capsys):
    _, out, _ = described(capsys, "--indicators", "--json")
    entries = json.loads(out)
    assert [entry["indicator_id"] for entry in entries] == [r["indicator_id"] for r in reference_rows("indicator")]
    first = reference_rows("indicator")[0]
    assert {name: entries[0][name] for name in first} == first
    assert entries[0]["table"] == "indicators." + first["indicator_id"].lower().replace("-", "_")


def test_an_empty_note_is_left_out_of_the_text():
    entry = indicator_entry(next(row for row in reference_rows("indicator") if not row["note_nb"]))
    from warehouse.dictionary import indicator_text

    assert "Merknad" not in indicator_text(entry)
