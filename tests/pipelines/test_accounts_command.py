"""`folgeeval accounts`: concepts by function from any municipality's file."""

import argparse
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.finding import DeliveryRefused
from pipelines.accounts import as_json, concept_amounts
from pipelines.commands import accounts

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "kostra_accounts"


def record(function, species, amount, *, account_class="1", year="2018", quarter=" ", region="040200"):
    return f"0A{year}{quarter}{region}{' ' * 18}{account_class}{function:<4}{species}{amount:>9}"


def amounts(*lines):
    return {(row.municipality_code, row.year, row.quarter, row.function_code, row.concept_code): row.amount_thousand_nok
            for row in concept_amounts("\n".join(lines).encode(), "x.dat")}


def run(capsys, *arguments):
    parser = argparse.ArgumentParser()
    accounts.add_arguments(parser)
    code = accounts.run(parser.parse_args([str(argument) for argument in arguments]))
    return code, *capsys.readouterr()


def test_one_row_as_json_has_the_promised_keys(capsys):
    code, out, err = run(capsys, DELIVERIES / "innocent.dat", "--json")
    rows = json.loads(out)
    assert (code, err) == (0, "")
    assert rows[0] == {"file": "innocent.dat", "municipality_code": "2012", "year": 2018, "quarter": "",
                       "function_code": "202", "concept_code": "AGD2", "amount_thousand_nok": 9800}


def test_every_function_of_the_file_and_child_welfare_are_there(capsys):
    rows = json.loads(run(capsys, DELIVERIES / "innocent.dat", "--json")[1])
    assert {row["function_code"] for row in rows} == {
        "202", "222", "244", "251", "252", "285", "800", "840", "860", "870", "880", "FGK13"}
    child_welfare = {row["concept_code"]: row["amount_thousand_nok"] for row in rows if row["function_code"] == "FGK13"}
    assert child_welfare == {"AGD2": 4750, "AGD10": 4750, "AGD9": 4800, "AGD4": 3150, "AG37": 900, "AG2": 500,
                             "A370": 400, "AG16": 3150, "AGD50": 0}


def test_fund_allocation_on_285_is_not_counted(capsys):
    rows = json.loads(run(capsys, DELIVERIES / "fund_allocation_on_285.dat", "--json")[1])
    assert [row["amount_thousand_nok"] for row in rows
            if (row["function_code"], row["concept_code"]) == ("285", "AGD2")] == [-540]


def test_whole_amounts_are_whole_numbers_in_json(capsys):
    out = run(capsys, DELIVERIES / "innocent.dat", "--json")[1]
    assert ".0" not in out


def test_several_municipalities_years_and_quarters_are_kept_apart():
    found = amounts(record("252", "010", 1), record("252", "010", 20, year="2017"),
                    record("252", "010", 300, region="201200"), record("252", "010", 4000, quarter="4"))
    assert {key[:3]: amount for key, amount in found.items() if key[3:] == ("252", "AGD2")} == {
        ("0402", 2018, None): 1, ("0402", 2017, None): 20, ("2012", 2018, None): 300, ("0402", 2018, "4"): 4000}


def test_the_quarter_is_told(capsys, tmp_path):
    file = tmp_path / "kvartal.dat"
    file.write_text(record("252", "010", 7, quarter="4"))
    assert json.loads(run(capsys, file, "--json")[1])[0]["quarter"] == "4"
    assert "kommune 0402, 2018, 4. kvartal" in run(capsys, file)[1]


def test_lines_filed_twice_are_added_and_told(capsys, tmp_path):
    file = tmp_path / "to_ganger.dat"
    file.write_text("\n".join([record("252", "010", 7), record("252", "010", 5), record("252", "010", 5, year="2017"),
                               record("252", "020", 5), record("252", "010", 5, account_class="0")]))
    code, out, err = run(capsys, file, "--json")
    found = {(row["year"], row["function_code"]): row["amount_thousand_nok"] for row in json.loads(out)
             if row["concept_code"] == "AGD2"}
    assert (code, found[2018, "252"], found[2017, "252"]) == (0, 7 + 5 + 5, 5)
    assert err == "to_ganger.dat: linje 1 og 2 har samme kombinasjon; beløpene er lagt sammen (R015).\n"


def test_a_countys_treasury_is_counted_as_a_municipalitys():
    lines = (record("430", "010", 70, region="180000"), record("430", "700", -20, region="180000"))
    found = {(row.municipality_code, row.function_code, row.concept_code): row.amount_thousand_nok
             for row in concept_amounts("\n".join(line.replace("0A", "0C", 1) for line in lines).encode(), "x.dat")}
    assert (found["1800", "430", "AGD2"], found["1800", "FGK13", "AGD2"]) == (50, 0)


def test_the_codes_of_a_merged_municipality_are_told_apart_as_the_file_has_them():
    found = amounts(record("252", "010", 1, region="072200"), record("252", "010", 20, region="072300"))
    assert {key[0]: amount for key, amount in found.items() if key[3:] == ("252", "AGD2")} == {"0722": 1, "0723": 20}


def test_285_stands_beside_child_welfare_and_is_not_in_it(capsys, tmp_path):
    file = tmp_path / "alta.dat"
    file.write_text("\n".join([record("252", "010", 7), record("285", "010", 90)]))
    rows = {(row["function_code"], row["concept_code"]): row["amount_thousand_nok"]
            for row in json.loads(run(capsys, file, "--json")[1])}
    assert (rows["FGK13", "AGD2"], rows["285", "AGD2"]) == (7, 90)
    assert "Barnevern (244, 251 og 252, uten 285)" in run(capsys, file)[1]


def test_a_refused_file_is_told_and_the_others_go_on(capsys):
    code, out, err = run(capsys, DELIVERIES / "line_of_47_characters.dat", DELIVERIES / "innocent.dat",
                         DELIVERIES / "balance_0b.dat", DELIVERIES / "empty.dat", "--json")
    assert code == 11
    assert {row["file"] for row in json.loads(out)} == {"innocent.dat"}
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "line_of_47_characters.dat", "balance_0b.dat", "empty.dat"]


def test_nothing_but_an_empty_list_is_printed_when_all_are_refused(capsys):
    code, out, _ = run(capsys, DELIVERIES / "empty.dat", "--json")
    assert (code, json.loads(out)) == (11, [])


def test_a_file_that_is_not_there_is_wrong_usage(capsys, tmp_path):
    code, out, err = run(capsys, tmp_path / "nei.dat", DELIVERIES / "innocent.dat", "--json")
    assert code == 2
    assert "nei.dat: filen finnes ikke" in err
    assert json.loads(out)


def test_the_table_is_written_in_bokmaal_with_what_is_not_defined(capsys):
    code, out, _ = run(capsys, DELIVERIES / "innocent.dat")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "innocent.dat: kommune 2012, 2018. Kasse, drift, 1000 kroner."
    assert any("4\u00a0750" in line for line in lines if line.startswith("FGK13"))
    assert any("\u22126\u00a0450" in line for line in lines if line.startswith("840"))
    assert lines[-1] == "Ikke definert for 2018: AGD3, AGD51, AG39, AGD14."


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(DeliveryRefused):
        concept_amounts(b'{"version": "2.0"}', "x.json")


NET_2018 = [(10, 285), (300, 480), (590, 590), (600, 727), (729, 895)]
SPECIES = st.integers(0, 999)
LINE = st.tuples(st.sampled_from("01"), st.sampled_from(["244", "251", "252", "285", "202"]), SPECIES,
                 st.integers(-10**6, 10**6))


@settings(max_examples=25, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=30))
def test_net_is_a_plain_sum_over_the_years_species(drawn):
    content = "\n".join(record(function, f"{species:03}", amount, account_class=account_class)
                        for account_class, function, species, amount in drawn).encode()
    counted = {function: 0 for _, function, _, _ in drawn} | {"FGK13": 0}
    for account_class, function, species, amount in drawn:
        if account_class == "1" and any(low <= species <= high for low, high in NET_2018):
            counted[function] += amount
            counted["FGK13"] += amount if function in ("244", "251", "252") else 0
    found = as_json(concept_amounts(content, "x.dat"))
    assert {row["function_code"]: row["amount_thousand_nok"] for row in found
            if row["concept_code"] == "AGD2"} == counted
