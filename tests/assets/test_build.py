"""Making the tables: reference from CSV, the rest from their SELECT, in order, for a moment, whole or not at all."""

import math
from datetime import datetime
from pathlib import Path

import pytest

from assets.build import build_reference_table, build_sql_table, rebuild, set_clock
from assets.sql_files import SqlTable, in_order
from pipelines.settings import DEMO_CLOCK
from warehouse.contracts import CORE, MARTS, REFERENCE, contract_of
from warehouse.database import ConstraintBroken, in_memory, one, rows
from warehouse.reference_data import reference_rows

pytestmark = pytest.mark.house

GRANTS = (Path(__file__).parents[1] / "deliveries" / "grants" / "known_grant_names.csv").read_bytes()


@pytest.fixture
def warehouse():
    with in_memory() as connection:
        yield connection


@pytest.mark.parametrize("contract", REFERENCE, ids=lambda contract: contract.name)
def test_every_reference_table_is_filled_from_all_lines_of_its_csv(warehouse, contract):
    assert build_reference_table(warehouse, contract) == len(reference_rows(contract.name)) > 0


def test_an_empty_cell_in_a_reference_csv_is_missing_and_leading_zeros_stay(warehouse):
    build_reference_table(warehouse, contract_of("reference", "unit"))
    groups = dict(rows(warehouse, "SELECT unit_code, kostra_group_code FROM reference.unit"))
    assert (groups["0729"], groups["EKG12"]) == ("EKG13", None)


def test_every_table_is_made_after_those_it_reads():
    made = []
    for table in in_order():
        assert {read for read in table.reads if read[0] in ("core", "indicators", "marts")} <= set(made)
        made.append((table.schema, table.name))
    assert made[-1] == ("marts", "indicator_value") and len(made) > 30


def test_an_empty_warehouse_builds_to_no_values(warehouse):
    rebuild(warehouse, DEMO_CLOCK)
    counts = {contract: one(warehouse, f"SELECT count(*) FROM {contract.full_name}") for contract in (*CORE, *MARTS)}
    assert set(counts.values()) == {0}
    assert one(warehouse, "SELECT count(*) FROM reference.municipality_code") == len(
        reference_rows("municipality_code"))


def test_the_clock_holds_one_moment(warehouse):
    set_clock(warehouse, datetime(2018, 1, 1))
    set_clock(warehouse, datetime(2019, 1, 1))
    assert rows(warehouse, "FROM register.clock") == [(datetime(2019, 1, 1),)]


def test_a_select_that_breaks_the_contract_leaves_the_old_table(warehouse):
    def table(code):
        return SqlTable("core", "complete_year", f"SELECT '{code}' AS unit_code, 2018 AS accounting_year")

    assert build_sql_table(warehouse, table("2012")) == 1
    with pytest.raises(ConstraintBroken):
        build_sql_table(warehouse, table("ikke en enhet"))
    assert rows(warehouse, "FROM core.complete_year") == [("2012", 2018)]


def test_a_rebuild_gives_the_same_again(demo_desk):
    first = rows(demo_desk.connection, "FROM marts.indicator_value ORDER BY ALL")
    demo_desk.build()
    assert rows(demo_desk.connection, "FROM marts.indicator_value ORDER BY ALL") == first != []


def test_a_sum_that_cancels_out_is_zero_without_a_sign(demo_desk):
    zeros = [value for (value,) in rows(
        demo_desk.connection, "SELECT value FROM marts.indicator_value WHERE value = 0")]
    assert len(zeros) > 0 and {math.copysign(1, zero) for zero in zeros} == {1.0}


def test_a_moment_before_the_first_delivery_knows_nothing(demo_desk):
    demo_desk.build(datetime(2019, 9, 30, 23, 59, 59))
    assert one(demo_desk.connection, "SELECT count(*) FROM marts.indicator_value") == 0
    demo_desk.build(DEMO_CLOCK)
    assert one(demo_desk.connection, "SELECT count(*) FROM marts.indicator_value") > 700


# Delivered as 25 500 on 1 October, 26 000 on the 10th: compensation in mill NOK as it was known.
@pytest.mark.parametrize(("as_of", "expected"), [
    (datetime(2019, 9, 30), None), (datetime(2019, 10, 1), 25.5), (datetime(2019, 10, 9, 23, 59, 59), 25.5),
    (datetime(2019, 10, 10), 26.0), (datetime(2020, 1, 1), 26.0),
])
def test_values_are_built_as_they_were_known(desk, as_of, expected):
    desk.put("2012/tilskudd.csv", GRANTS)
    desk.take_in()
    desk.put("2012/tilskudd.csv", GRANTS.replace(b"25500", b"26000"))
    desk.take_in(datetime(2019, 10, 10))
    desk.build(as_of)
    assert desk.value("G1-03", "2012", "2018") == expected
