"""Which tertial reports a release says have come: every municipality and tertial of the trial, and none outside it."""

from datetime import datetime

import pytest

from assets.build import build_reference_table, set_clock
from assets.public_reports import public_reports
from warehouse.arrow import arrow_table
from warehouse.contracts import REFERENCE, contract_of
from warehouse.database import append, in_memory

FIELDS = ("meldinger", "undersoekelser", "nye_plasseringer")


def told(as_of, *delivered):
    """The state of each report by unit and period; `delivered` as (unit, sender, period, statuses of its fields)."""
    with in_memory() as connection:
        for contract in REFERENCE:
            build_reference_table(connection, contract)
        set_clock(connection, as_of)
        for number, (unit, sender, period, statuses) in enumerate(delivered, 1):
            _add(connection, "register.delivery", delivery_id=number, sha256=f"{number:064d}", stem="tertial_reports",
                 received_at=datetime(2018, 1, 28), delivery_state="accepted", file_name="rapport.xlsx")
            _add(connection, "core.delivery_in_force", stem="tertial_reports", source_unit_code=sender, period=period,
                 dataset_code="", delivery_id=number, version=number)
            for cell, (field, status) in enumerate(zip(FIELDS, statuses, strict=False)):
                _add(connection, "core.form_value", stem="tertial_reports", unit_code=unit, source_municipality_code=sender,
                     period=period, field_id=field, status=status, value=5.0 if status == "ok" else None,
                     is_confirmed_zero=False, delivery_id=number, cell_number=cell)
        return {(row["unit_code"], row["period"]): row for row in public_reports(connection)}


def _add(connection, name, **row):
    contract = contract_of(*name.split("."))
    append(connection, contract, arrow_table(contract, [{**dict.fromkeys(contract.column_names), **row}]))


def test_eight_tertials_are_asked_of_each_municipality_of_the_trial():
    reports = told(datetime(2019, 10, 1))
    assert {unit for unit, _ in reports} == {"2012", "0729", "0627"} and len(reports) == 24
    assert {row["report_state"] for row in reports.values()} == {"missing"}


@pytest.mark.parametrize(("day", "state"), [
    (datetime(2017, 8, 31), "not_over"), (datetime(2017, 9, 1), "awaited"), (datetime(2017, 9, 30), "awaited"),
    (datetime(2017, 10, 1), "missing")])
def test_a_report_is_missing_the_day_after_its_deadline_and_not_before(day, state):
    assert told(day)["2012", "2017-T2"]["report_state"] == state


def test_a_report_tells_when_it_came_and_how_many_of_its_fields_are_told():
    row = told(datetime(2019, 10, 1), ("2012", "2012", "2017-T3", ("ok", "not_reported", "not_applicable")))["2012", "2017-T3"]
    assert (row["report_state"], row["received_on"], row["version"], row["field_count"], row["told_count"]) == (
        "delivered", "2018-01-28", 1, 3, 2)


def test_the_report_of_noetteroey_is_faerders_before_2018():
    reports = told(datetime(2019, 10, 1), ("0729", "0722", "2017-T1", ("ok",)))
    assert reports["0729", "2017-T1"]["report_state"] == "delivered"
