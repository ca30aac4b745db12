"""Accounts, ledgers, grants and rates from drawn lines: what is joined, dropped and marked."""

from decimal import Decimal

import pytest


# account_line and the concepts made from it

def registered(warehouse, stem, lines, first_delivery):
    """One delivery for each municipality and year of the drawn lines, with its number."""
    numbers = {key: first_delivery + place
               for place, key in enumerate(dict.fromkeys((line[0], line[1]) for line in lines))}
    for (code, year), number in numbers.items():
        warehouse.delivered(number, stem, f"{code}:{year}")
    return numbers


def accounts(warehouse, text):
    """Registers and loads accounts. A drawn line: municipality year class function species amount [form= quarter=]."""
    lines = [line.split() for line in text.strip().splitlines()]
    numbers = registered(warehouse, "kostra_accounts", lines, 100)
    for place, (code, year, account_class, function, species, amount, *words) in enumerate(lines, 1):
        marks = dict(word.split("=") for word in words)
        warehouse.raw("kostra_accounts_line", [
            {"delivery_id": numbers[code, year], "line_number": place, "form_code": marks.get("form", "0A"),
             "accounting_year": int(year), "quarter": marks.get("quarter"), "region_code": f"{code}00",
             "account_class": account_class, "function_code": function, "species_code": species,
             "amount_thousand_nok": float(amount)}])


HOST_AND_GUEST = """
    0722 {year} 1 252 010 1000
    0722 {year} 1 252 750 -300
    0723 {year} 1 252 350 300
"""


def concept(warehouse, name, year):
    found = {row["concept_code"]: row["amount_thousand_nok"] for row in warehouse.built("account_concept")
             if row["function_code"] == "252" and row["accounting_year"] == year}
    return found[name]


def test_what_the_guest_pays_its_host_counts_once_in_gross_and_cancels_in_net(warehouse):
    accounts(warehouse, HOST_AND_GUEST.format(year=2017))
    assert [row["is_internal"] for row in warehouse.built("account_line")] == [False, True, True]
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
    assert [row["is_internal"] for row in warehouse.built("account_line")] == [False]


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
            for row in warehouse.built("account_line")] == [
        ("0729", "0722", 2), ("2012", "2012", 1), ("2012", "5403", 4)]


# ledger_line, grant_line, co_payment_rate

def ledger(warehouse, text):
    """Registers and loads ledgers. A drawn line: municipality year function species project purpose amount [EM]."""
    lines = [line.split() for line in text.strip().splitlines()]
    numbers = registered(warehouse, "ledger", lines, 200)
    warehouse.raw("ledger_line", [
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
             for row in warehouse.built("ledger_line")}
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
    found = warehouse.built("child_welfare_cost_line")
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
    assert warehouse.built("child_welfare_cost_line") == []


def test_grants_stand_under_the_units_code_and_the_newest_list_replaces_the_older(warehouse):
    warehouse.delivered(1, "grants", "0722:2017 0729:2018", received="2019-01-01")
    warehouse.delivered(2, "grants", "0729:2018", received="2019-02-01")
    warehouse.raw("grants_line", [
        {"delivery_id": delivery, "line_number": line, "municipality_code": code, "year": year,
         "grant_name": "kompensasjon", "amount_thousand_nok": amount, "is_one_off": False}
        for delivery, line, code, year, amount in ((1, 2, "0722", 2017, 27000.0), (1, 3, "0729", 2018, 1.0),
                                                   (2, 2, "0729", 2018, 28700.0))])
    assert [(row["unit_code"], row["year"], row["amount_thousand_nok"]) for row in warehouse.built("grant_line")] == [
        ("0729", 2017, 27000), ("0729", 2018, 28700)]


def test_a_year_without_a_known_rate_has_no_row(warehouse):
    warehouse.delivered(1, "rates", "EAK:2017 EAK:2018")
    warehouse.raw("rates_line", [
        {"delivery_id": 1, "line_number": line, "year": year, "measure_code": "institusjon", "rate_nok_per_month": rate}
        for line, year, rate in ((2, 2017, None), (3, 2018, Decimal(70320)))])
    assert [(row["year"], row["rate_nok_per_month"]) for row in warehouse.built("co_payment_rate")] == [(2018, 70320)]
