"""What is published of a drawn warehouse with an open Feil: as its findings, the list and the releases have it."""

import json
from datetime import datetime

import pytest

from assets.build import build_reference_table, set_clock
from assets.earlier_releases import printed_before
from assets.publication import hold_back_of, published_values
from assets.sql_files import sql_tables
from warehouse.arrow import arrow_table
from warehouse.contracts import contract_of
from warehouse.database import append, in_memory
from warehouse.home import Home
from warehouse.tables import create_table_sql

EARLIER = {"G1-02": 30.0, "D1-04": 0.5}
NOW = {"G1-02": 34.9, "D1-04": 0.6}


def fill(connection, schema, name, *several):
    contract = contract_of(schema, name)
    append(connection, contract, arrow_table(
        contract, [{**dict.fromkeys(contract.column_names), **row} for row in several]))


def number(indicator_id, value):
    unit_code = "FORSOK" if indicator_id == "D1-04" else "2012"
    return {"indicator_id": indicator_id, "unit_code": unit_code, "period": "2018", "breakdown": "", "value": value,
            "unit": "andel" if indicator_id == "D1-04" else "mill NOK", "status": "ok", "basis": "delivered",
            "count_denominator": 12.0, "is_confirmed_zero": False}


def feil(indicator_id, **changes):
    return {"finding_id": indicator_id, "rule_id": "VR24", "level": "feil", "state": "åpen", "message": "Satsen.",
            "unit_code": number(indicator_id, 0)["unit_code"], "period": "2018", "stem": "rates",
            "indicator_ids": indicator_id, **changes}


@pytest.fixture(scope="module")
def numbers():
    with in_memory() as connection:
        build_reference_table(connection, contract_of("reference", "unit"))
        for table in sql_tables("indicators"):
            connection.execute(create_table_sql(table.contract))
        set_clock(connection, datetime(2019, 10, 1))
        fill(connection, "marts", "indicator_value", *(number(name, value) for name, value in NOW.items()))
        yield connection


@pytest.fixture
def published(numbers, tmp_path):
    """Publishes beside an earlier release: by indicator the status, the value and the day it was made for."""
    home = Home(tmp_path)
    folder = home.releases / "1"
    (folder / "tables").mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"as_of": "2019-06-30", "small_number_threshold": 3}))
    (folder / "tables" / "indicator_value.json").write_text(json.dumps(
        [{**number(name, value), "fact_id": None} for name, value in EARLIER.items()]))

    def publish(*findings, listed="*"):
        home.hold_back.write_text(f"indicator_id\n{listed}\n")
        numbers.execute("DELETE FROM findings.finding")
        if findings:
            fill(numbers, "findings", "finding", *findings)
        return {row["indicator_id"]: (row["status"], row["value"], row["value_as_of"]) for row in published_values(
            numbers, 3, printed_before(home), hold_back_of(numbers, home, 3))}
    return publish


@pytest.mark.parametrize(("finding", "listed", "cost"), [
    (feil("G1-02"), "G1-02", ("held_back", 30.0, "2019-06-30")),
    (feil("G1-02"), "*", ("held_back", 30.0, "2019-06-30")),
    (feil("G1-02"), "G1-03", ("ok", 34.9, "")),
    (feil("G1-02"), "", ("ok", 34.9, "")),
    (feil("G1-02", state="forklart"), "*", ("ok", 34.9, "")),
    (feil("G1-02", level="advarsel"), "*", ("ok", 34.9, "")),
    (feil("G1-02", stem="child_records"), "*", ("ok", 34.9, "")),
    (feil("G1-02", rule_id="FE290"), "*", ("ok", 34.9, ""))],
    ids=["listed", "all", "another", "none", "explained", "Advarsel", "of individuals", "beside individuals"])
def test_an_open_feil_that_may_be_told_holds_back_what_is_listed(published, finding, listed, cost):
    assert published(finding, listed=listed)["G1-02"] == cost


def test_of_codings_nothing_earlier_is_told_again_since_somebody_may_have_withdrawn(published):
    assert published(feil("D1-04"))["D1-04"] == ("held_back", None, "")
    assert published()["D1-04"] == ("ok", 0.6, "")
