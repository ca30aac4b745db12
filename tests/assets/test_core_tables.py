"""The core tables from raw lines and the register, drawn as small tables: what is in force, joined, dropped, marked."""

from datetime import datetime
from decimal import Decimal

import pytest

from assets.build import build_reference_table, build_sql_table, set_clock
from assets.sql_files import in_order
from warehouse.arrow import arrow_table
from warehouse.contracts import REFERENCE, contract_of
from warehouse.database import append, in_memory, records, rows

AS_OF = datetime(2022, 12, 31)


@pytest.fixture(scope="module")
def empty_warehouse():
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        yield connection


@pytest.fixture
def warehouse(empty_warehouse):
    """A warehouse without deliveries or raw rows."""
    for schema, name in rows(empty_warehouse, "SELECT table_schema, table_name FROM information_schema.tables "
                             "WHERE table_schema IN ('register', 'raw')"):
        empty_warehouse.execute(f"DELETE FROM {schema}.{name}")
    return empty_warehouse


def delivered(connection, delivery_id, stem, scope, received="2022-06-01", state="accepted"):
    """Registers a delivery; `scope` is `0722:2017 0723:2017`."""
    connection.execute("INSERT INTO register.delivery VALUES (?, ?, ?, ?, ?, 'x', ?, NULL, 1, NULL)",
                       [delivery_id, f"{delivery_id:064d}", stem, received, state, f"{stem}-{delivery_id}"])
    for key in scope.split():
        connection.execute(
            "INSERT INTO register.delivery_scope SELECT ?, ?, ?, 1 + count(*) FROM register.delivery_scope "
            "WHERE source_unit_code = ? AND period = ?", [delivery_id, *key.split(":"), *key.split(":")])


def raw(connection, name, several):
    """Appends raw rows; columns that are not given are empty."""
    contract = contract_of("raw", name)
    append(connection, contract, arrow_table(
        contract, [{**dict.fromkeys(contract.column_names), **row} for row in several]))


def built(connection, name, as_of=AS_OF):
    """The rows of a core table, built with all the tables before it."""
    set_clock(connection, as_of)
    for table in in_order():
        if table.schema == "core":
            build_sql_table(connection, table)
    return records(connection, f"SELECT * FROM core.{name} ORDER BY ALL")


# delivery_in_force

def in_force(connection, as_of=AS_OF):
    return {f"{row['source_unit_code']}:{row['period']}": row["delivery_id"]
            for row in built(connection, "delivery_in_force", as_of)}


def test_the_newest_delivery_of_a_key_is_in_force_and_the_older_keeps_what_the_newer_does_not_cover(warehouse):
    delivered(warehouse, 1, "grants", "2012:2017 2012:2018", received="2019-03-01")
    delivered(warehouse, 2, "grants", "2012:2018", received="2019-06-15")
    assert in_force(warehouse) == {"2012:2017": 1, "2012:2018": 2}
    assert in_force(warehouse, datetime(2019, 6, 14, 23, 59)) == {"2012:2017": 1, "2012:2018": 1}
    assert in_force(warehouse, datetime(2019, 6, 15)) == {"2012:2017": 1, "2012:2018": 2}
    assert in_force(warehouse, datetime(2019, 2, 28)) == {}


def test_refused_deliveries_and_copies_are_never_in_force(warehouse):
    delivered(warehouse, 1, "grants", "2012:2018", received="2019-03-01")
    delivered(warehouse, 2, "grants", "2012:2018", received="2019-04-01", state="refused")
    delivered(warehouse, 3, "grants", "2012:2018", received="2019-05-01", state="duplicate")
    assert in_force(warehouse) == {"2012:2018": 1}


def test_of_two_deliveries_at_the_same_moment_the_later_version_is_in_force(warehouse):
    delivered(warehouse, 7, "grants", "2012:2018", received="2019-03-01")
    delivered(warehouse, 8, "grants", "2012:2018", received="2019-03-01")
    assert in_force(warehouse) == {"2012:2018": 8}


def test_sources_do_not_replace_each_other(warehouse):
    delivered(warehouse, 1, "grants", "2012:2018", received="2019-03-01")
    delivered(warehouse, 2, "ledger", "2012:2018", received="2019-06-01")
    assert {(row["stem"], row["delivery_id"]) for row in built(warehouse, "delivery_in_force")} == {
        ("grants", 1), ("ledger", 2)}


# key_figure

def figures(connection, text):
    """(unit, year, code) -> (value, status, confirmed zero). A drawn line: region year code value sign."""
    lines = [line.split() for line in text.strip().splitlines()]
    delivered(connection, 1, "kostra_statistics", " ".join(sorted({f"{line[0]}:{line[1]}" for line in lines})))
    raw(connection, "kostra_statistics_cell", [
        {"delivery_id": 1, "cell_number": number, "dataset_code": "x", "region_code": region, "year": int(year),
         "key_figure_code": code, "value": None if value == "null" else float(value),
         "status_sign": sign[0] if sign else None}
        for number, (region, year, code, value, *sign) in enumerate(lines)])
    rows_found = built(connection, "key_figure")
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


def population(connection, text, ages=("018", "105+")):
    """(unit, year) -> inhabitants 0–17. A drawn line: region year count-of-each-age [without=age]."""
    lines = [line.split() for line in text.strip().splitlines()]
    delivered(connection, 1, "population", " ".join(sorted({f"{line[0]}:{line[1]}" for line in lines})))
    cells = [(region, int(year), age, None if mark == [f"empty={age}"] else float(count))
             for region, year, count, *mark in lines for age in [*AGES, *ages] if mark != [f"without={age}"]]
    raw(connection, "population_cell", [
        {"delivery_id": 1, "cell_number": number, "region_code": region, "year": year, "age_code": age, "value": value}
        for number, (region, year, age, value) in enumerate(cells)])
    found = {}
    for row in built(connection, "population_cell"):
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


# complete_year

def years(connection, accounts, ledger):
    for number, key in enumerate(accounts.split(), 1):
        delivered(connection, number, "kostra_accounts", key)
    for number, key in enumerate(ledger.split(), 100):
        delivered(connection, number, "ledger", key)
    return {f"{row['unit_code']}:{row['accounting_year']}" for row in built(connection, "complete_year")}


def test_a_year_is_complete_with_the_accounts_and_the_ledger_of_every_municipality_behind_the_unit(warehouse):
    assert years(warehouse, "0722:2017 0723:2017 0729:2018 2012:2018", "0722:2017 0723:2017 0729:2018 2012:2018") == {
        "0729:2017", "0729:2018", "2012:2018"}


@pytest.mark.parametrize(("accounts", "ledger"), [
    ("0722:2017 0723:2017", "0722:2017"),
    ("0722:2017", "0722:2017 0723:2017"),
    ("0722:2017 0723:2017", ""),
    ("0722:2017 0723:2016", "0722:2017 0723:2017"),
    ("0729:2017", "0729:2017"),
    ("0722:2018 0723:2018", "0722:2018 0723:2018"),
])
def test_a_year_that_lacks_a_file_is_not_complete(warehouse, accounts, ledger):
    assert years(warehouse, accounts, ledger) == set()


# account_line and the concepts made from it

def registered(connection, stem, lines, first_delivery):
    """One delivery for each municipality and year of the drawn lines, with its number."""
    numbers = {key: first_delivery + place
               for place, key in enumerate(dict.fromkeys((line[0], line[1]) for line in lines))}
    for (code, year), number in numbers.items():
        delivered(connection, number, stem, f"{code}:{year}")
    return numbers


def accounts(connection, text):
    """Registers and loads accounts. A drawn line: municipality year class function species amount [form= quarter=]."""
    lines = [line.split() for line in text.strip().splitlines()]
    numbers = registered(connection, "kostra_accounts", lines, 100)
    for place, (code, year, account_class, function, species, amount, *words) in enumerate(lines, 1):
        marks = dict(word.split("=") for word in words)
        raw(connection, "kostra_accounts_line", [
            {"delivery_id": numbers[code, year], "line_number": place, "form_code": marks.get("form", "0A"),
             "accounting_year": int(year), "quarter": marks.get("quarter"), "region_code": f"{code}00",
             "account_class": account_class, "function_code": function, "species_code": species,
             "amount_thousand_nok": float(amount)}])


HOST_AND_GUEST = """
    0722 {year} 1 252 010 1000
    0722 {year} 1 252 750 -300
    0723 {year} 1 252 350 300
"""


def concept(connection, name, year):
    found = {row["concept_code"]: row["amount_thousand_nok"] for row in built(connection, "account_concept")
             if row["function_code"] == "252" and row["accounting_year"] == year}
    return found[name]


def test_what_the_guest_pays_its_host_counts_once_in_gross_and_cancels_in_net(warehouse):
    accounts(warehouse, HOST_AND_GUEST.format(year=2017))
    assert [row["is_internal"] for row in built(warehouse, "account_line")] == [False, True, True]
    assert concept(warehouse, "AGD10", 2017) == 1000   # 1000, and not 1300
    assert concept(warehouse, "AGD2", 2017) == 1000    # 1000 - 300 + 300


@pytest.mark.parametrize("lines", [
    "0722 2017 1 252 350 300",   # the host pays others
    "0723 2017 1 252 750 -300",  # the guest is paid by others
    "0722 2017 1 213 750 -300",  # another service than child welfare
    "0723 2013 1 252 350 300",   # before the agreement
    "2012 2017 1 252 350 300",
    "0729 2018 1 252 750 -300",
])
def test_other_purchases_from_municipalities_are_not_internal(warehouse, lines):
    accounts(warehouse, lines)
    assert [row["is_internal"] for row in built(warehouse, "account_line")] == [False]


def test_only_annual_accounts_of_municipalities_in_the_trial_are_taken_up_under_the_units_code(warehouse):
    accounts(warehouse, """
        2012 2018 1 252 010 1
        0722 2017 1 252 010 2
        5403 2020 1 252 010 4
        0301 2018 1 252 010 8
        0627 2018 1 252 010 16 form=0B
        0627 2019 1 252 010 32 quarter=1
        0722 2018 1 252 010 64
    """)
    assert [(row["unit_code"], row["source_municipality_code"], row["amount_thousand_nok"])
            for row in built(warehouse, "account_line")] == [
        ("0729", "0722", 2), ("2012", "2012", 1), ("2012", "5403", 4)]


# ledger_line, grant_line, co_payment_rate

def ledger(connection, text):
    """Registers and loads ledgers. A drawn line: municipality year function species project purpose amount [EM]."""
    lines = [line.split() for line in text.strip().splitlines()]
    numbers = registered(connection, "ledger", lines, 200)
    raw(connection, "ledger_line", [
        {"delivery_id": numbers[code, year], "line_number": place, "municipality_code": code,
         "accounting_year": int(year), "voucher_number": str(place), "function_code": function,
         "species_code": species, "project_code": None if project == "none" else project,
         "purpose_function_code": None if purpose == "none" else purpose,
         "area_code": "EM" if mark else None, "amount_nok": Decimal(amount)}
        for place, (code, year, function, species, project, purpose, amount, *mark) in enumerate(lines, 1)])


def test_a_285_line_is_the_trials_by_its_project_and_unsplit_without_a_purpose(warehouse):
    ledger(warehouse, """
        2012 2018 285 370 28516 252  100
        2012 2018 285 010 28516 none 200
        2012 2018 285 010 none  252  300
        2012 2018 285 010 11111 none 400
        2012 2018 252 010 none  251  500
    """)
    found = {int(row["amount_nok"]): (row["is_trial"], row["purpose_function_code"])
             for row in built(warehouse, "ledger_line")}
    assert found == {100: (True, "252"), 200: (True, "unsplit"), 300: (False, "252"), 400: (False, "unsplit"),
                     500: (False, None)}


def test_faerder_before_2018_is_noetteroey_and_tjoeme_together(warehouse):
    accounts(warehouse, HOST_AND_GUEST.format(year=2017) + "0723 2017 1 244 010 50\n0729 2018 1 252 010 1200")
    ledger(warehouse, """
        0722 2017 285 010 28516 252  900000
        0722 2017 252 010 none  none 400000 EM
        0723 2017 244 010 none  none 0
        0729 2018 285 010 28516 252  950000
    """)
    found = built(warehouse, "child_welfare_cost_line")
    sums = {}
    for row in found:
        key = (row["unit_code"], row["accounting_year"], row["component"])
        sums[key] = sums.get(key, 0) + row["amount_thousand_nok"]
    assert sums == {
        ("0729", 2017, "ordinary"): 1050,  # 1000 - 300 + 300 + 50
        ("0729", 2017, "trial"): 900, ("0729", 2017, "em"): -400,
        ("0729", 2018, "ordinary"): 1200, ("0729", 2018, "trial"): 950}


def test_cost_has_no_year_where_one_of_the_two_has_not_delivered(warehouse):
    accounts(warehouse, HOST_AND_GUEST.format(year=2017))
    ledger(warehouse, "0722 2017 285 010 28516 252 900000")
    assert built(warehouse, "child_welfare_cost_line") == []


def test_grants_stand_under_the_units_code_and_the_newest_list_replaces_the_older(warehouse):
    delivered(warehouse, 1, "grants", "0722:2017 0729:2018", received="2019-01-01")
    delivered(warehouse, 2, "grants", "0729:2018", received="2019-02-01")
    raw(warehouse, "grants_line", [
        {"delivery_id": delivery, "line_number": line, "municipality_code": code, "year": year,
         "grant_name": "kompensasjon", "amount_thousand_nok": amount, "is_one_off": False}
        for delivery, line, code, year, amount in ((1, 2, "0722", 2017, 27000.0), (1, 3, "0729", 2018, 1.0),
                                                   (2, 2, "0729", 2018, 28700.0))])
    assert [(row["unit_code"], row["year"], row["amount_thousand_nok"]) for row in built(warehouse, "grant_line")] == [
        ("0729", 2017, 27000), ("0729", 2018, 28700)]


def test_a_year_without_a_known_rate_has_no_row(warehouse):
    delivered(warehouse, 1, "rates", "EAK:2017 EAK:2018")
    raw(warehouse, "rates_line", [
        {"delivery_id": 1, "line_number": line, "year": year, "measure_code": "institusjon", "rate_nok_per_month": rate}
        for line, year, rate in ((2, 2017, None), (3, 2018, Decimal(70320)))])
    assert [(row["year"], row["rate_nok_per_month"]) for row in built(warehouse, "co_payment_rate")] == [(2018, 70320)]
