"""core.account_concept: SSB's concepts by the year's own formula, drawn as small tables with sums made by hand."""

import pytest

from assets.build import build_reference_table, build_sql_table
from assets.sql_files import sql_tables
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory, rows
from warehouse.reference_data import reference_rows


def concepts(drawn, year=2018):
    """(function, concept) -> amount; each drawn row: class function species amount [internal]."""
    contract = contract_of("core", "account_line")
    lines = [row.split() for row in drawn.strip().splitlines()]
    with in_memory() as connection:
        build_reference_table(connection, contract_of("reference", "concept_formula"))
        append(connection, contract, arrow_table(contract, [{
            "unit_code": "0729", "source_municipality_code": "0722", "accounting_year": year, "account_class": line[0],
            "function_code": line[1], "species_code": line[2], "amount_thousand_nok": float(line[3]),
            "is_internal": "internal" in line, "delivery_id": 1, "line_number": number,
        } for number, line in enumerate(lines, 1)]))
        build_sql_table(connection, next(table for table in sql_tables("core") if table.name == "account_concept"))
        return {(function, concept): amount for function, concept, amount in rows(
            connection, "SELECT function_code, concept_code, amount_thousand_nok FROM core.account_concept")}


ONE_FUNCTION = """
    1 252 010  1000
    1 252 285     2
    1 252 290     4
    1 252 300   500
    1 252 370   300
    1 252 380    30
    1 252 429    70
    1 252 480     8
    1 252 490     5
    1 252 520    16
    1 252 550   600
    1 252 590    40
    1 252 600   -11
    1 252 690   -20
    1 252 710   -50
    1 252 728    -3
    1 252 729   -70
    1 252 790    -6
    1 252 890    -7
    1 252 895    -9
    1 252 920   -12
    1 252 950  -100
    0 252 010  9999
"""

EXPECTED = """
    year  AGD2                                             AGD10 AGD4 AG37 AG2 A370 AG16
    2015  1000+2+4+500+300+30+70+8+40-11-20-50-3-70-6-7-9  1000+2+4+500+300+30+70+8+40-20-50-70-6  1000+2+4+70+40-20-50-70-6  800 500 300 950
    2016  1000+2+500+300+30+70+8+40-11-20-50-70-6-7-9      1000+2+500+300+30+70+8+40-20-50-70      1000+2+70+40-20-50-70      800 500 300 950
    2019  1000+2+500+300+30+70+8+40-11-20-50-70-6-7-9      1000+2+500+300+30+70+8+40-20-50-70      1000+2+70+40-20-50-70      800 500 300 950
    2020  1000+2+4+500+300+30+70+8+16+40-11-20-50-3-70-6-7-9-12  1000+2+4+500+300+30+70+8+16+40-50-70  1000+2+70+40-50-70      800 500 300 950
    2021  1000+2+4+500+300+30+70+8+16+40-11-20-50-3-70-6-7-12    1000+2+4+500+300+30+70+8+16+40-50-70  1000+2+70+40-50-70      800 500 300 950
"""


@pytest.mark.parametrize("row", EXPECTED.strip().splitlines()[1:])
def test_each_year_has_its_own_formula(row):
    year, *sums = row.split()
    found = concepts(ONE_FUNCTION, int(year))
    wanted = [sum(int(part) for part in text.replace("-", "+-").split("+")) for text in sums]
    assert [found["252", concept] for concept in ("AGD2", "AGD10", "AGD4", "AG37", "AG2", "A370", "AG16")] == wanted


DEFINED = {
    2014: {"AG37", "AG2", "A370", "AG16"},
    2015: {"AGD2", "AGD10", "AGD4", "AG37", "AG2", "A370", "AG16"},
    2018: {"AGD2", "AGD10", "AGD4", "AG37", "AG2", "A370", "AG16", "AGD9", "AGD50"},
    2020: {"AGD2", "AGD10", "AGD4", "AG37", "AG2", "A370", "AG16", "AGD9", "AGD50", "AGD3", "AGD14"},
    2021: {"AGD2", "AGD10", "AGD4", "AG37", "AG2", "A370", "AG16", "AGD9", "AGD50", "AGD3", "AGD14", "AGD51", "AG39"},
}


@pytest.mark.parametrize("year", DEFINED)
def test_a_concept_without_a_formula_for_the_year_has_no_row(year):
    assert {concept for _, concept in concepts("1 252 010 5", year)} == DEFINED[year]


def test_vat_counts_in_own_production_and_in_transfers_by_ssbs_rule():
    found = concepts("1 252 429 70\n1 252 470 30\n1 252 010 100", 2021)
    assert (found["252", "AGD4"], found["252", "AG39"], found["252", "AGD2"]) == (170, 100, 200)


def test_an_income_concept_is_positive():
    assert concepts("1 252 700 -90\n1 252 920 -10\n1 252 900 -5", 2021)["252", "AGD14"] == 100


def test_funds_on_285_are_not_operating_expenditure():
    found = concepts("1 285 370 900\n1 285 810 -1440\n1 285 550 600\n1 285 940 -477")
    assert found["285", "AGD2"] == -540
    assert found["285", "AGD10"] == 900


def test_investment_is_never_counted():
    found = concepts("0 252 010 9999\n0 222 230 500\n1 244 010 1")
    assert (found["252", "AGD2"], found["222", "AGD10"], found["FGK13", "AGD2"]) == (0, 0, 1)


def test_child_welfare_is_244_251_and_252_without_285():
    found = concepts("1 244 010 1\n1 251 470 20\n1 252 300 300\n1 285 370 4000\n1 202 010 50000")
    assert (found["FGK13", "AGD2"], found["FGK13", "AG37"], found["FGK13", "AGD4"]) == (321, 300, 1)


def test_equal_lines_are_added_together():
    assert concepts("1 252 010 5\n1 252 010 7")["252", "AGD2"] == 12


def test_money_between_host_and_guest_counts_once_in_gross_and_cancels_in_net():
    drawn = "1 252 010 900\n1 252 350 100 internal\n1 252 750 -100 internal\n1 252 350 30"
    found = concepts(drawn, 2021)
    assert found["252", "AGD2"] == 930
    assert (found["252", "AGD10"], found["252", "AG37"], found["252", "AG2"], found["252", "AGD4"]) == (930, 30, 30, 900)
    assert (found["252", "AGD51"], found["252", "AGD14"], found["252", "AGD9"]) == (30, 0, 930)


def test_the_formulas_of_a_concept_never_overlap():
    formulas = [(row["concept_code"], int(row["valid_from_year"]), int(row["valid_to_year"]), row["species_from"],
                 row["species_to"]) for row in reference_rows("concept_formula")]
    for year in range(2003, 2031):
        for concept in {formula[0] for formula in formulas}:
            spans = sorted(formula[3:] for formula in formulas
                           if formula[0] == concept and formula[1] <= year <= formula[2])
            assert all(before[1] < after[0] for before, after in zip(spans, spans[1:], strict=False)), (concept, year)
