"""Who knows every file and reads the trace pages learns nothing of which lines count: with fewer lines the pages stand."""

import json
from contextlib import contextmanager

import pytest

from assets.lineage import traced_parts
from warehouse.database import copy_in_memory, one

LEDGERS = "(SELECT delivery_id FROM register.delivery WHERE stem = 'ledger')"
ONE_OF_EACH = ("place_number NOT IN (SELECT min(place_number) FROM kept "
               "GROUP BY unit_code, period, breakdown, term, role, delivery_id)")


@pytest.fixture(scope="module")
def values(demo_home):
    """The rows of the demo's release."""
    return json.loads((demo_home.current / "tables" / "indicator_value.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


@pytest.fixture(scope="module")
def told(warehouse, values):
    return traced_parts(warehouse, values)


def of_accounts(traced):
    """Those that draw on accounts; a number of ledger lines alone is there only where they are."""
    return {key: parts for key, parts in traced.items() if any(part.stem == "kostra_accounts" for part in parts)}


@contextmanager
def without(connection, table, condition):
    """The indicator's table without some of its lines; fails where there are none to take away."""
    connection.execute(f"CREATE TABLE kept AS SELECT * FROM indicators.{table}")
    connection.execute(f"DELETE FROM indicators.{table} WHERE {condition}")
    try:
        assert one(connection, f"SELECT (SELECT count(*) FROM kept) - (SELECT count(*) FROM indicators.{table})") > 0
        yield
    finally:
        connection.execute(f"DELETE FROM indicators.{table}")
        connection.execute(f"INSERT INTO indicators.{table} SELECT * FROM kept")
        connection.execute("DROP TABLE kept")


@pytest.mark.parametrize("table", ["e2_01", "e2_03", "e3_01"])
def test_beside_accounts_the_ledger_is_told_whether_or_not_a_line_of_it_counts(warehouse, values, told, table):
    with without(warehouse, table, f"delivery_id IN {LEDGERS}"):
        assert of_accounts(traced_parts(warehouse, values)) == of_accounts(told)


@pytest.mark.parametrize("table", ["e3_05", "g1_02", "d1_04"])
def test_how_many_lines_of_a_ledger_an_invoice_list_or_the_interviews_count_is_not_told(warehouse, values, told, table):
    with without(warehouse, table, f"delivery_id NOT IN (SELECT delivery_id FROM register.delivery WHERE stem = "
                 f"'kostra_accounts') AND {ONE_OF_EACH}"):
        assert traced_parts(warehouse, values) == told


def test_the_ledgers_of_both_old_municipalities_are_told_for_the_year_they_were_two(told):
    parts = told["E2-01", "trial_cost=excluded", "0729", "2016"]
    assert sorted((part.stem, part.periods) for part in parts) == [
        ("kostra_accounts", ("2016",)), ("kostra_accounts", ("2016",)), ("ledger", ("2016",)), ("ledger", ("2016",))]
    assert all(not part.places and part.amount is None for part in parts if part.stem == "ledger")


def test_an_indicator_that_draws_on_no_ledger_tells_of_none(told):
    assert {part.stem for key, parts in told.items() if key[0] in ("B1-03", "C5-02", "F1-03") for part in parts} == {
        "kostra_statistics", "tertial_reports", "bufetat"}
