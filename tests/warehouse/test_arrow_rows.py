"""Rows as Arrow, with the types of their contract."""

import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from warehouse.arrow import arrow_table
from warehouse.contracts import BY_NAME
from warehouse.database import append, in_memory, rows
from warehouse.dictionary import every_table
from warehouse.tables import create_table_sql

RATE = BY_NAME["raw.rates_line"]
ROW = {"delivery_id": 1, "line_number": 2, "year": 2018, "measure_code": "institusjon",
       "rate_nok_per_month": Decimal("68340.00"), "rate_source": None}


def test_every_contract_can_be_written_as_arrow_and_appended():
    with in_memory() as connection:
        for contract in every_table():
            connection.execute(create_table_sql(contract))
            append(connection, contract, arrow_table(contract, []))
            assert rows(connection, f"SELECT * FROM {contract.full_name}") == []


def test_values_come_out_of_the_warehouse_as_they_went_in():
    with in_memory() as connection:
        append(connection, RATE, arrow_table(RATE, [ROW]))
        assert rows(connection, "SELECT * FROM raw.rates_line") == [
            (1, 2, 2018, "institusjon", Decimal("68340.00"), None)]


def test_the_order_of_a_row_does_not_matter_but_a_lacking_column_does():
    turned = dict(reversed(ROW.items()))
    assert arrow_table(RATE, [turned]).equals(arrow_table(RATE, [ROW]))
    with pytest.raises(KeyError, match="year"):
        arrow_table(RATE, [{name: value for name, value in ROW.items() if name != "year"}])


def test_a_column_added_later_is_left_out():
    table = arrow_table(RATE, [ROW], without=("delivery_id",))
    assert table.column_names == [name for name in RATE.column_names if name != "delivery_id"]


@pytest.mark.parametrize(("column", "value"), [("year", "2018x"), ("rate_nok_per_month", Decimal("1.005"))])
def test_a_value_of_the_wrong_type_is_refused(column, value):
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        arrow_table(RATE, [{**ROW, column: value}])


def test_dates_and_moments_keep_their_type():
    clock = BY_NAME["register.clock"]
    moment = datetime.datetime(2019, 10, 1, 12, 30)
    assert arrow_table(clock, [{"as_of": moment}]).to_pylist() == [{"as_of": moment}]
