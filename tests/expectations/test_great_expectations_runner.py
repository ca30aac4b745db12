"""Contracts judged by Great Expectations: every kind of demand seen to hold and seen to break, by both roads."""

import dataclasses
import logging
import socket

import pandas
import pytest

from expectations import great_expectations_runner
from expectations.contract_suite import expectations_of, violation_counts_sql
from expectations.great_expectations_runner import ExpectationCrashed, validate, validate_counts
from warehouse.columns import COLUMNS, Column
from warehouse.constraints import Between, Matches, OneOf
from warehouse.contracts import FIXED_TABLES
from warehouse.database import ConstraintBroken, arrow, in_memory, rows
from warehouse.dictionary import every_table
from warehouse.tables import Table, create_table_sql, table

DRAWN = table("core", "drawn", "En prøve.", "unit_code year status inhabitants_count", "unit_code year",
              "status inhabitants_count")
SINGLE_KEY = table("core", "single_key", "En prøve.", "unit_code year", "unit_code")


@pytest.fixture(scope="module", autouse=True)
def no_network():
    """Nothing may be sent from the first import on; the attempts are gathered and must be none."""
    attempts = []

    def refuse(*arguments, **_):
        attempts.append(arguments)
        raise OSError("nettet er stengt i denne prøven")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield attempts
    assert attempts == []


@pytest.fixture(scope="module")
def connection():
    with in_memory() as opened:
        yield opened


def frame_of(connection, contract: Table) -> pandas.DataFrame:
    return arrow(connection, f"SELECT * FROM {contract.full_name}").to_pandas()


def broken(outcomes) -> dict[tuple[str | None, str], int]:
    """What did not hold: (column, expectation) and how many rows broke it."""
    return {(o.column_name, o.expectation): o.unexpected_count for o in outcomes if not o.success}


def drawn_frame(*lines: tuple) -> pandas.DataFrame:
    return pandas.DataFrame(list(lines), columns=list(DRAWN.column_names))


INNOCENT = [("2012", 2017, "ok", 5000), ("2012", 2018, None, None), ("0729", 2018, "suppressed", None)]


# One demand at a time: an innocent table, and the same table with one guilty row.

def test_rows_that_keep_the_contract_break_nothing():
    outcomes = validate({DRAWN: drawn_frame(*INNOCENT)})
    assert broken(outcomes) == {}
    assert len(outcomes) == len(expectations_of(DRAWN)) == 8


@pytest.mark.parametrize(("guilty", "column", "expectation", "count"), [
    ((None, 2018, "ok", 1), "unit_code", "ExpectColumnValuesToNotBeNull", 1),
    (("0627", 2018, "hemmelig", 1), "status", "ExpectColumnValuesToBeInSet", 1),
    (("0627", 2002, "ok", 1), "year", "ExpectColumnValuesToBeBetween", 1),
    (("0627", 2101, "ok", 1), "year", "ExpectColumnValuesToBeBetween", 1),
    (("0627", 2018, "ok", -1), "inhabitants_count", "ExpectColumnValuesToBeBetween", 1),
    (("røyken", 2018, "ok", 1), "unit_code", "ExpectColumnValuesToMatchRegex", 1),
    (("2012", 2018, "ok", 1), None, "ExpectCompoundColumnsToBeUnique", 2),
])
def test_one_guilty_row_breaks_its_own_demand_and_no_other(guilty, column, expectation, count):
    outcomes = validate({DRAWN: drawn_frame(*INNOCENT, guilty)})
    assert broken(outcomes) == {(column, expectation): count}


def test_a_key_of_one_column_must_be_unique_too():
    unique = pandas.DataFrame({"unit_code": ["2012", "0729"], "year": [2018, 2018]})
    assert broken(validate({SINGLE_KEY: unique})) == {}
    twice = pandas.DataFrame({"unit_code": ["2012", "0729", "2012"], "year": [2018, 2018, 2018]})
    assert broken(validate({SINGLE_KEY: twice})) == {("unit_code", "ExpectColumnValuesToBeUnique"): 2}


def test_a_missing_column_breaks_the_set_of_columns_and_every_demand_about_it():
    outcomes = validate({DRAWN: drawn_frame(*INNOCENT).drop(columns="year")})
    assert broken(outcomes) == {
        (None, "ExpectTableColumnsToMatchSet"): 1,
        ("year", "ExpectColumnValuesToNotBeNull"): 3,
        ("year", "ExpectColumnValuesToBeBetween"): 3,
        (None, "ExpectCompoundColumnsToBeUnique"): 3,
    }


def test_a_column_nobody_has_described_breaks_the_set_of_columns():
    outcomes = validate({DRAWN: drawn_frame(*INNOCENT).assign(hemmelighet=1)})
    assert broken(outcomes) == {(None, "ExpectTableColumnsToMatchSet"): 1}


# One constraint, three uses: Python, DuckDB and Great Expectations say the same.

@pytest.mark.parametrize(("constraint", "duckdb_type", "good", "bad"), [
    (OneOf(("T1", "T2")), "VARCHAR", ["T1", "T2"], ["T3", ""]),
    (OneOf((1, 2)), "INTEGER", [1, 2], [3]),
    (Between(low=1), "INTEGER", [1, 7], [0]),
    (Between(high=9), "INTEGER", [9, -7], [10, 11]),
    (Between(0, 1), "DOUBLE", [0.0, 1.0], [-0.1, 1.1]),
    (Between(0), "DECIMAL(12,2)", [0, 68340], [-1]),
    (Matches(r"\d{4}", "Fire sifre."), "VARCHAR", ["0729"], ["729", "0729\n", "٠٧٢٩"]),
    (Matches("a|bc", "a eller bc."), "VARCHAR", ["a", "bc"], ["ac", "abc"]),
], ids=lambda value: repr(value)[:30])
def test_python_duckdb_and_great_expectations_agree(monkeypatch, connection, constraint, duckdb_type, good, bad):
    monkeypatch.setitem(COLUMNS, "tried", Column("tried", duckdb_type, "Prøvd", "En prøve.", None, (constraint,)))
    contract = table("core", "tried", "En prøve.", "line_number tried", "line_number", "tried")
    guilty = [value for value in bad if not constraint.holds(value)]
    assert guilty == bad and all(constraint.holds(value) for value in good)

    connection.execute(create_table_sql(contract))
    for number, value in enumerate([*good, None], 1):
        connection.execute("INSERT INTO core.tried VALUES (?, ?)", [number, value])
    for value in bad:
        with pytest.raises(ConstraintBroken):
            connection.execute("INSERT INTO core.tried VALUES (99, ?)", [value])
    assert broken(validate({contract: frame_of(connection, contract)})) == {}

    connection.execute(f"CREATE OR REPLACE TABLE core.tried (line_number INTEGER, tried {duckdb_type})")
    for number, value in enumerate([*good, None, *bad], 1):
        connection.execute("INSERT INTO core.tried VALUES (?, ?)", [number, value])
    outcomes = validate({contract: frame_of(connection, contract)})
    expectation = constraint.expectation("tried")[0]
    assert broken(outcomes) == {("tried", expectation): len(bad)}


# Two roads to one verdict.

def filled_without_constraints(connection, contract: Table, lines: list[tuple]) -> None:
    columns = ", ".join(f"{column.name} {column.type}" for column in contract.columns)
    connection.execute(f"CREATE OR REPLACE TABLE {contract.full_name} ({columns})")
    for line in lines:
        connection.execute(f"INSERT INTO {contract.full_name} VALUES ({', '.join('?' * len(line))})", line)


@pytest.mark.parametrize("lines", [
    [],
    INNOCENT,
    [*INNOCENT, ("2012", 2018, "ok", 1)],
    [*INNOCENT, (None, None, "hemmelig", -1), (None, 2018, None, None), (None, 2018, None, None)],
    [("røyken", 1999, "ok", None), ("røyken", 1999, "x", -4), ("0627\n", 2018, "ok", 0)],
], ids=["empty", "innocent", "same key", "all missing", "all wrong"])
def test_frames_and_counts_made_by_sql_give_the_same_verdicts(connection, lines):
    filled_without_constraints(connection, DRAWN, lines)
    by_frame = validate({DRAWN: frame_of(connection, DRAWN)})
    by_count = validate_counts({DRAWN: rows(connection, violation_counts_sql(DRAWN))})
    assert [dataclasses.replace(outcome, examples=None) for outcome in by_frame] == by_count


def test_a_stranger_among_the_columns_is_counted_by_sql_too(connection):
    filled_without_constraints(connection, DRAWN, INNOCENT)
    connection.execute("ALTER TABLE core.drawn ADD COLUMN hemmelighet INTEGER")
    outcomes = validate_counts({DRAWN: rows(connection, violation_counts_sql(DRAWN))})
    assert broken(outcomes) == {(None, "ExpectTableColumnsToMatchSet"): 1}


def test_a_demand_that_was_not_counted_stops_the_validation(connection):
    filled_without_constraints(connection, DRAWN, INNOCENT)
    counted = rows(connection, violation_counts_sql(DRAWN))
    with pytest.raises(ExpectationCrashed, match="ikke talt opp"):
        validate_counts({DRAWN: counted[1:]})


def test_every_empty_table_of_the_warehouse_can_be_judged_by_both_roads():
    with in_memory() as connection:
        frames = {contract: frame_of(connection, contract) for contract in FIXED_TABLES}
        counts = {contract: rows(connection, violation_counts_sql(contract)) for contract in FIXED_TABLES}
    outcomes = validate(frames)
    assert broken(outcomes) == {}
    assert {outcome.table_name for outcome in outcomes} == {contract.full_name for contract in FIXED_TABLES}
    assert validate_counts(counts) == outcomes


# What the suite is made of.

def test_each_demand_of_all_contracts_has_its_own_id():
    ids = [spec.id for contract in every_table() for spec in expectations_of(contract)]
    assert len(set(ids)) == len(ids)


def test_a_list_longer_than_two_hundred_is_left_to_sql(monkeypatch):
    def demands(length: int) -> list[str]:
        listed = OneOf(tuple(f"{number:03}" for number in range(length)))
        monkeypatch.setitem(COLUMNS, "listed", Column("listed", "VARCHAR", "Liste", "En prøve.", None, (listed,)))
        return [spec.type_name for spec in expectations_of(table("core", "listed", "En prøve.", "listed", "listed"))]

    assert "ExpectColumnValuesToBeInSet" in demands(200)
    assert "ExpectColumnValuesToBeInSet" not in demands(201)


def test_examples_are_at_most_five_values_as_text():
    frame = pandas.DataFrame({"unit_code": [f"ugyldig {number}" for number in range(9)], "year": [2018] * 9})
    (outcome,) = [o for o in validate({SINGLE_KEY: frame}) if not o.success]
    assert outcome.unexpected_count == 9
    assert outcome.examples == "; ".join(f"ugyldig {number}" for number in range(5))


def test_a_repeated_key_is_shown_with_its_columns():
    (outcome,) = [o for o in validate({DRAWN: drawn_frame(INNOCENT[0], INNOCENT[0])}) if not o.success]
    assert outcome.examples == "unit_code=2012, year=2017; unit_code=2012, year=2017"


def test_a_fault_inside_great_expectations_is_ours_and_is_not_a_verdict():
    frame = drawn_frame(*INNOCENT).assign(inhabitants_count=["fem", "seks", "sju"])
    with pytest.raises(ExpectationCrashed, match="inhabitants_count"):
        validate({DRAWN: frame})


def test_judging_shows_no_progress_bar_and_sends_nothing(capfd, caplog, no_network):
    with caplog.at_level(logging.WARNING):
        validate({DRAWN: drawn_frame(*INNOCENT)})
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
    assert no_network == []


def test_analytics_and_progress_bars_are_off_in_the_context(monkeypatch):
    import great_expectations

    made = []
    make = great_expectations.get_context
    monkeypatch.setattr(great_expectations, "get_context", lambda **options: made.append(make(**options)) or made[0])
    great_expectations_runner._batches()
    assert made[0].variables.analytics_enabled is False
    assert made[0].variables.progress_bars["globally"] is False
