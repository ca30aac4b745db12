"""`folgeeval accounts`: what one easily gets wrong in an accounts file, drawn with the sums made by hand."""

import argparse
import json

import pytest

from expectations.finding import DeliveryRefused
from pipelines.accounts import as_json, concept_amounts, concepts_of_file
from pipelines.commands import accounts
from pipelines.concept_formulas import concept_names, formulas_of


def file_of(drawn, *, form="0A", year=2021, quarter=" ", region="201200", org_number=9 * " "):
    """A file from rows `class function species amount`, separated by semicolons."""
    rows = (row.split() for row in drawn.split(";"))
    return "\n".join(f"{form}{year}{quarter}{region}{org_number}{9 * ' '}{row[0]}{row[1]:<4}{row[2]:<3}{row[3]:>9}"
                     for row in rows).encode("latin-1")


def sums(drawn, function, **about):
    return {row.concept_code: row.amount_thousand_nok for row in concept_amounts(file_of(drawn, **about), "x.dat")
            if row.function_code == function}


def run(capsys, tmp_path, content, *options):
    path = tmp_path / "x.dat"
    path.write_bytes(content)
    parser = argparse.ArgumentParser()
    accounts.add_arguments(parser)
    code = accounts.run(parser.parse_args([str(path), *options]))
    return code, *capsys.readouterr()


def test_foster_home_pay_is_own_production_and_wages_and_state_care_is_a_purchase():
    found = sums("1 252 050 300; 1 252 099 40; 1 252 165 7; 1 252 300 500; 1 252 710 -20", "252")
    assert (found["AGD4"], found["AG16"], found["AG37"], found["AG2"]) == (300 + 40 + 7 - 20, 300 + 40 - 20, 500, 500)


def test_each_kind_of_purchase_is_where_ssb_puts_it():
    found = sums("1 252 300 1; 1 252 330 20; 1 252 350 300; 1 252 370 4000; 1 252 380 50000", "252")
    assert (found["AG2"], found["A370"], found["AG37"], found["AGD51"]) == (321, 4000, 4321, 54321)


def test_funds_interest_and_transfers_to_investment_are_not_operating_expenditure():
    drawn = "1 252 010 100; 1 252 500 7; 1 252 510 7; 1 252 530 7; 1 252 550 7; 1 252 570 7; 1 252 905 -7; 1 252 950 -7"
    assert sums(drawn, "252")["AGD2"] == 100


def test_compensation_through_the_block_grant_is_on_its_own_function_and_no_refund():
    drawn = "1 840 800 -6450; 1 252 700 -100; 1 252 010 900"
    assert sums(drawn, "FGK13")["AGD2"] == 800
    assert sums(drawn, "840")["AGD2"] == -6450


def test_a_class_that_is_not_the_municipalitys_own_operation_is_not_in_kasse():
    assert sums("1 252 010 10; 0 252 010 200; 3 252 010 3000; 4 252 010 40000; 2 252 010 500000", "252")["AGD2"] == 10


GROUP = "3 252 010 1000; 3 252 380 300; 3 252 370 70; 3 252 480 20; 3 252 470 5; 3 252 780 -40; 4 252 010 9000"


@pytest.mark.parametrize("form, year, gross, purchases, transfers", [
    ("0M", 2021, 1000 + 70 + 5 - 40, 70, 5), ("0I", 2021, 1000 + 70 + 5 - 40, 70, 5),
    ("0M", 2018, 1000 + 70 + 5 - 40, None, None), ("0M", 2015, None, None, None)])
def test_konsern_has_formulas_of_its_own_without_what_its_parts_buy_from_each_other(form, year, gross, purchases,
                                                                                  transfers):
    found = sums(GROUP, "252", form=form, year=year)
    assert (found.get("AGD10"), found.get("AGD51"), found.get("AG39")) == (gross, purchases, transfers)
    assert found["AGD2"] == 1000 + 300 + 70 + 20 + 5 - 40
    assert "AGD14" not in found
    assert ("AGD9" in found) is (year >= 2020)


def test_the_two_tables_of_formulas_say_the_same_of_what_is_not_eliminated():
    def formulas(form, *left_out):
        return {tuple(row.items()) for row in formulas_of(form) if row["concept_code"] not in left_out}

    eliminated = ("AGD10", "AGD51", "AG39", "AGD14", "AGD9")
    assert formulas("0M", *eliminated) == formulas("0A", *eliminated)
    assert {row["concept_code"] for row in formulas_of("0M")} == set(concept_names(2021)) - {"AGD14"}


def test_kasse_keeps_what_it_buys_from_its_own_companies():
    found = sums(GROUP.replace("3 252", "1 252"), "252")
    assert (found["AGD10"], found["AGD51"], found["AG39"]) == (1000 + 300 + 70 + 20 + 5, 370, 25)


def test_what_konsern_has_no_formula_for_is_told(capsys, tmp_path):
    code, out, _ = run(capsys, tmp_path, file_of(GROUP, form="0M", year=2015))
    assert code == 0
    assert out.startswith("x.dat: kommune 2012, 2015. Konsern, drift, 1000 kroner.")
    assert "AGD10" in out.splitlines()[-1]
    assert concept_names(2015)["AGD10"]


def test_a_county_has_no_child_welfare_group():
    functions = {row.function_code for row in concept_amounts(file_of("1 701 010 5", form="0C", region="180000"), "x.dat")}
    assert functions == {"701"}


@pytest.mark.parametrize("content", [
    file_of("2 10 000 5", form="0B"), file_of("5 10 000 5", form="0N"),
    file_of("1 252 010 5") + b"\n" + file_of("3 252 010 5", form="0M")])
def test_a_balance_and_two_forms_in_one_file_are_refused(content):
    with pytest.raises(DeliveryRefused) as refused:
        concept_amounts(content, "x.dat")
    assert [finding.rule_id for finding in refused.value.findings] == ["R003"]


def test_the_form_is_not_among_the_promised_keys():
    assert set(as_json(concept_amounts(file_of("3 252 010 5", form="0M"), "x.dat"))[0]) == {
        "file", "municipality_code", "year", "quarter", "function_code", "concept_code", "amount_thousand_nok"}


def test_equal_lines_are_added_together_and_that_is_told_on_standard_error(capsys, tmp_path):
    code, out, err = run(capsys, tmp_path, file_of("1 252 010 5; 1 251 010 1; 1 252 010 7"), "--json")
    assert code == 0
    assert {row["amount_thousand_nok"] for row in json.loads(out)
            if (row["function_code"], row["concept_code"]) == ("252", "AGD2")} == {12}
    assert err.startswith("R015: x.dat: linje 1 og 3 har samme kontoklasse (1), funksjon (252) og art (010)")
    assert "5 + 7" in err


NOTES = """
    drawn                          | quarter | rules
    1 252 010 5; 1 252 020 5       |         |
    1 252 010 5; 0 252 010 5       |         |
    0 252 010 5; 0 252 010 5       |         |
    1 252 10 5; 1 252 010 5        |         | R012
    1 252 290 5; 1 252 010 5       |         | R012
    1 252 010 5; 1 252 010 5       | 2       | R015
    1 252 Z 5; 1 252 010 5         | 2       |
"""


@pytest.mark.parametrize("row", NOTES.strip().splitlines()[1:])
def test_a_reader_is_told_of_species_and_lines_that_change_the_sum(row):
    drawn, quarter, rules = (part.strip() for part in row.split("|"))
    notes = concepts_of_file(file_of(drawn, quarter=quarter or " "), "x.dat").notes
    assert [note.rule_id for note in notes] == rules.split()


def test_equal_lines_of_two_municipalities_years_or_quarters_are_not_added_together():
    content = b"\n".join(file_of("1 252 010 5", **about) for about in (
        {}, {"region": "062700"}, {"year": 2020}, {"quarter": "4"}))
    found = concepts_of_file(content, "x.dat")
    assert found.notes == []
    assert [row.amount_thousand_nok for row in found.amounts
            if (row.function_code, row.concept_code) == ("252", "AGD2")] == [5, 5, 5, 5]


def test_a_quarter_is_never_taken_for_a_year(capsys, tmp_path):
    content = file_of("1 252 010 9", year=2019) + b"\n" + file_of("1 252 010 7", year=2019, quarter="4")
    code, out, _ = run(capsys, tmp_path, content)
    annual, quarterly = out.split("x.dat:")[1:]
    assert code == 0
    assert "kvartal" not in annual.lower()
    assert "2019, 4. kvartal" in quarterly
    assert "Kvartalstall er ikke et årsregnskap." in quarterly
