"""`folgeeval accounts --konsern`: the treasury and its companies together, less their own trade, by hand."""

import argparse
import json

import pytest

from pipelines.commands import accounts


def record(form, function, species, amount, *, year="2022", quarter=" ", region="201200"):
    org = "123456785" if form in ("0I", "0K") else " " * 9
    account_class = "1" if form in ("0A", "0C") else "3"
    return f"{form}{year}{quarter}{region}{org}{' ' * 9}{account_class}{function:<4}{species}{amount:>9}"


@pytest.fixture
def run(capsys, tmp_path):
    def run_command(*arguments, **files):
        for name, lines in files.items():
            (tmp_path / name).write_text("\n".join(lines) + "\n")
        parser = argparse.ArgumentParser()
        accounts.add_arguments(parser)
        code = accounts.run(parser.parse_args([*arguments, *(str(tmp_path / name) for name in files)]))
        return code, *capsys.readouterr()
    return run_command


def told(out):
    return {(row["function_code"], row["concept_code"]): row["amount_thousand_nok"] for row in json.loads(out)}


KASSE = [record("0A", "252", "010", 1000), record("0A", "252", "380", 200), record("0A", "252", "470", 60),
         record("0A", "252", "480", 30), record("0A", "252", "700", -90), record("0A", "285", "370", 40)]
COMPANY = [record("0I", "252", "010", 150), record("0I", "252", "380", 7), record("0I", "252", "780", -200),
           record("0I", "252", "880", -30), record("0I", "252", "600", -5)]


def test_what_the_parts_of_the_group_buy_from_each_other_is_taken_out(run):
    code, out, err = run("--konsern", "--json", kasse=KASSE, bedrift=COMPANY)
    found = told(out)
    assert (code, err) == (0, "")
    assert {concept: found["252", concept] for concept in ("AGD2", "AGD10", "AGD9", "AGD4", "AGD51", "AG37", "AG39")} == {
        "AGD2": 1000 + 200 + 60 + 30 - 90 + 150 + 7 - 200 - 30 - 5,
        "AGD10": 1000 + 200 + 60 + 30 + 150 - 200 - 30, "AGD9": 1000 + 200 + 60 + 30 + 150 - 200 - 30,
        "AGD4": 1000 + 150, "AGD51": 0, "AG37": 0, "AG39": 60}
    assert found["FGK13", "AGD2"] == found["252", "AGD2"]
    assert found["285", "AGD2"] == 40


def test_without_the_word_the_treasury_is_alone_and_a_company_is_refused(run):
    code, out, err = run("--json", kasse=KASSE, bedrift=COMPANY)
    assert code == 11
    assert told(out)["252", "AGD10"] == 1290
    assert told(out)["252", "AGD51"] == 200
    assert err.startswith("bedrift: linje 1, 2, 3, 4 og 5 er skjema 0I, som hører til konsernet, ikke kassen. Bruk --konsern.")


@pytest.mark.parametrize("forms, refused", [
    (["0A", "0I"], False), (["0C", "0K"], False), (["0M"], False), (["0P"], False), (["0I"], False),
    (["0A", "0M"], True), (["0I", "0M"], True), (["0A", "0K"], True), (["0A", "0C"], True)])
def test_only_forms_of_one_group_are_added(run, forms, refused):
    files = {form: [record(form, "252", "010", 5)] for form in forms}
    code, out, err = run("--konsern", "--json", **files)
    assert (code, "er ikke ett konsern" in err) == ((11, True) if refused else (0, False))
    assert told(out).get(("252", "AGD2")) == (None if refused else 5 * len(forms))


def test_quarters_years_and_municipalities_are_groups_of_their_own(run):
    lines = [record("0A", "252", "010", 1), record("0A", "252", "010", 20, quarter="4"),
             record("0A", "252", "010", 300, year="2021"), record("0A", "252", "010", 4000, region="040200")]
    code, out, err = run("--konsern", "--json", alle=lines)
    assert code == 0
    assert sorted(row["amount_thousand_nok"] for row in json.loads(out)
                  if (row["function_code"], row["concept_code"]) == ("252", "AGD2")) == [1, 20, 300, 4000]
    assert err.count("er regnet av kassen alene") == 4


def test_a_group_with_a_part_that_cannot_be_read_is_not_told(run):
    code, out, err = run("--konsern", "--json", kasse=KASSE, bedrift=[COMPANY[0][:-1]])
    assert (code, json.loads(out)) == (11, [])
    assert "Konsernet er ikke regnet ut" in err


def test_before_2020_the_gross_of_a_group_is_not_defined(run):
    lines = [record("0A", "252", "010", 5, year="2018")]
    assert {concept for _, concept in told(run("--konsern", "--json", kasse=lines)[1])} == {
        "AGD2", "AGD4", "AG37", "AG2", "A370", "AG16", "AGD50"}
    out = run("--konsern", kasse=lines)[1]
    assert out.startswith("kasse: kommune 2012, 2018. Konsern, drift, 1000 kroner.")
    assert "Ikke definert for 2018: AGD10, AGD9, AGD3, AGD51, AG39, AGD14." in out


@pytest.mark.parametrize("form, why", [
    ("0B", "balanse og har ingen funksjoner"), ("0F", "annen kontoplan"), ("0X", "annen kontoplan")])
def test_forms_without_the_municipalities_functions_are_refused(run, form, why):
    code, out, err = run("--konsern", "--json", fil=[record(form, "252", "010", 5)])
    assert (code, json.loads(out)) == (11, [])
    assert why in err
