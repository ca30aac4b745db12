"""Which deliveries are in force, and which years are complete, from a drawn register."""

from datetime import datetime
from decimal import Decimal

import pytest


def in_force(warehouse, as_of=datetime(2022, 12, 31)):
    return {f"{row['source_unit_code']}:{row['period']}": row["delivery_id"]
            for row in warehouse.built("delivery_in_force", as_of)}


def test_the_newest_delivery_of_a_key_is_in_force_and_the_older_keeps_what_the_newer_does_not_cover(warehouse):
    warehouse.delivered(1, "grants", "2012:2017 2012:2018", received="2019-03-01")
    warehouse.delivered(2, "grants", "2012:2018", received="2019-06-15")
    assert in_force(warehouse) == {"2012:2017": 1, "2012:2018": 2}
    assert in_force(warehouse, datetime(2019, 6, 14, 23, 59)) == {"2012:2017": 1, "2012:2018": 1}
    assert in_force(warehouse, datetime(2019, 6, 15)) == {"2012:2017": 1, "2012:2018": 2}
    assert in_force(warehouse, datetime(2019, 2, 28)) == {}


def test_refused_deliveries_and_copies_are_never_in_force(warehouse):
    warehouse.delivered(1, "grants", "2012:2018", received="2019-03-01")
    warehouse.delivered(2, "grants", "2012:2018", received="2019-04-01", state="refused")
    warehouse.delivered(3, "grants", "2012:2018", received="2019-05-01", state="duplicate")
    assert in_force(warehouse) == {"2012:2018": 1}


def test_of_two_deliveries_at_the_same_moment_the_later_version_is_in_force(warehouse):
    warehouse.delivered(7, "grants", "2012:2018", received="2019-03-01")
    warehouse.delivered(8, "grants", "2012:2018", received="2019-03-01")
    assert in_force(warehouse) == {"2012:2018": 8}


def test_sources_do_not_replace_each_other(warehouse):
    warehouse.delivered(1, "grants", "2012:2018", received="2019-03-01")
    warehouse.delivered(2, "ledger", "2012:2018", received="2019-06-01")
    assert {(row["stem"], row["delivery_id"]) for row in warehouse.built("delivery_in_force")} == {
        ("grants", 1), ("ledger", 2)}


def years(warehouse, accounts, ledger, project="28516"):
    for number, key in enumerate(accounts.split(), 1):
        warehouse.delivered(number, "kostra_accounts", key)
    for number, key in enumerate(ledger.split(), 100):
        warehouse.delivered(number, "ledger", key)
        code, year = key.split(":")
        warehouse.raw("ledger_line", [{
            "delivery_id": number, "line_number": 2, "municipality_code": code, "accounting_year": int(year),
            "voucher_number": "1", "function_code": "285", "species_code": "010", "project_code": project,
            "amount_nok": Decimal(1000)}])
    return {f"{row['unit_code']}:{row['accounting_year']}" for row in warehouse.built("complete_year")}


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


@pytest.mark.parametrize(("year", "project", "wanted"), [
    ("2018", "51002", set()), ("2016", "51002", set()), ("2016", "28516", {"2012:2016"}), ("2015", "51002", {"2012:2015"}),
])
def test_from_2016_a_year_without_a_line_of_the_trial_is_missing_and_not_free_of_cost(warehouse, year, project, wanted):
    assert years(warehouse, f"2012:{year}", f"2012:{year}", project) == wanted


MARCH, JUNE, CORRECTED = "2019-03-15 07:00", "2019-06-17 06:00", "2019-09-02 06:00"


@pytest.mark.parametrize(("claim", "updated_in_order_of_arrival", "wanted"), [
    ("the final figures after the preliminary", (MARCH, JUNE), 2),
    ("the preliminary file delivered after the final one does not take its place", (JUNE, MARCH), 1),
    ("of two with the same time the one that came last", (JUNE, JUNE), 2),
    ("a correction by the source", (JUNE, MARCH, CORRECTED), 3),
    ("the correction stays when both older files come after it", (CORRECTED, MARCH, JUNE), 1),
    ("without times the one that came last", (None, None), 2),
    ("a file without a time replaces the dated ones before it", (JUNE, None), 2),
    ("a dated file replaces the one without a time", (None, MARCH), 2),
    ("what an undated file has replaced does not come back", (CORRECTED, None, MARCH), 3),
    ("after the undated file the times decide again", (MARCH, None, CORRECTED, JUNE), 3),
])
def test_the_file_its_source_updated_last_is_in_force(warehouse, claim, updated_in_order_of_arrival, wanted):
    for number, updated in enumerate(updated_in_order_of_arrival, 1):
        warehouse.delivered(number, "population", "2012:2018", received=f"2019-10-0{number}", updated=updated)
    assert in_force(warehouse) == {"2012:2018": wanted}, claim


def test_as_of_an_earlier_day_only_what_had_come_counts_whatever_its_source_says_of_its_age(warehouse):
    warehouse.delivered(1, "population", "2012:2018", received="2019-03-20", updated=MARCH)
    warehouse.delivered(2, "population", "2012:2018", received="2019-08-01", updated=JUNE)
    warehouse.delivered(3, "population", "2012:2018", received="2019-08-15", updated=MARCH)
    assert [in_force(warehouse, datetime(2019, month, day))["2012:2018"]
            for month, day in ((7, 1), (8, 1), (8, 31))] == [1, 2, 2]


def test_the_newer_file_keeps_only_what_it_covers_and_the_older_the_rest(warehouse):
    warehouse.delivered(1, "population", "2012:2018", received="2019-07-01", updated=JUNE)
    warehouse.delivered(2, "population", "2012:2018 2012:2017", received="2019-07-02", updated=MARCH)
    assert in_force(warehouse) == {"2012:2018": 1, "2012:2017": 2}
