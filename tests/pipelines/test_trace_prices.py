"""Traces of prices: each part stands on an invoice or ledger line, and follows from what the line says."""

import csv
from functools import cache

import pytest

from pipelines.trace import trace
from warehouse.database import copy_in_memory, rows

RATE = {"2017": 68740, "2018": 70320}  # institusjon, NOK a month


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with copy_in_memory(demo_home) as connection:
        yield connection


@pytest.fixture(scope="module")
def line_of(demo_home, warehouse):
    """The function that gives the delivered line of a part, by its headings."""
    paths = {delivery_id: demo_home.deliveries / sha256 / name for delivery_id, sha256, name in rows(
        warehouse, "SELECT delivery_id, sha256, file_name FROM register.delivery WHERE delivery_state = 'accepted'")}

    @cache
    def lines(delivery_id):
        with paths[delivery_id].open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    return lambda part: lines(part["delivery_id"])[part["line"] - 2]


@pytest.fixture(scope="module")
def traced(warehouse):
    """The function that gives one trace; the number of an indicator's breakdown in a unit and year."""
    return lambda indicator_id, unit, year, breakdown: next(
        one for one in trace(warehouse, indicator_id, unit, year) if one.breakdown == breakdown)


def number(text):
    return float(text.replace(",", "."))


def amounts(one, role):
    return [part["amount"] for part in one.parts if part["role"] == role]


@pytest.mark.parametrize(("unit", "year", "measure"), [
    ("2012", "2017", "institusjon"), ("2012", "2018", "institusjon"), ("2012", "2018", "fosterhjem"),
    ("0729", "2018", "fosterhjem"), ("0729", "2018", "senter_foreldre_barn")])
def test_average_children_and_day_price_stand_on_the_invoice_lines_of_their_type(traced, line_of, unit, year, measure):
    children = traced("E3-05", unit, year, f"type={measure}")
    price = traced("E3-06", unit, year, f"type={measure}")
    for part in children.parts:
        assert part["amount"] == pytest.approx(number(line_of(part)["antall_maaneder"]) / 12)
    for part in price.parts:
        line = line_of(part)
        assert (line["tiltakstype"], line["periode_fra"][:4]) == (measure, year)
        expected = (number(line["beloep_kr"]) if part["role"] == "numerator"
                    else number(line["antall_maaneder"]) * 365 / 12)
        assert part["amount"] == pytest.approx(expected)
    assert len(children.parts) == len(amounts(price, "numerator")) == len(amounts(price, "denominator")) > 0


@pytest.mark.parametrize(("measure", "months", "change"), [
    ("institusjon", (24, 75), 8000 / 6390 - 1), ("fosterhjem", (36, 72), 3100 / 3000 - 1)])
def test_a_change_in_price_stands_on_the_lines_of_both_years(traced, line_of, measure, months, change):
    one = traced("E3-07", "2012", "2018", f"type={measure}")
    before, now = months
    for part in one.parts:
        line = line_of(part)
        if line["periode_fra"].startswith("2018"):
            assert (part["role"], part["amount"]) == ("numerator", number(line["beloep_kr"]))
        else:
            sign = -1 if part["role"] == "numerator" else 1
            assert part["amount"] == pytest.approx(sign * number(line["beloep_kr"]) * now / before)
    assert (len(amounts(one, "numerator")), len(amounts(one, "denominator"))) == (before + now, before)
    assert one.from_parts == pytest.approx(one.value) == pytest.approx(change)


@pytest.mark.parametrize("year", ["2017", "2018"])
def test_the_own_institutions_price_stands_on_its_ledger_lines(traced, line_of, year):
    one = traced("C6-04", "2012", year, "")
    for part in one.parts:
        line = line_of(part)
        assert line["ansvar"] == "3230"
        if part["role"] == "denominator":
            assert line["funksjon"] == "252"
            assert part["amount"] == pytest.approx(number(line["beloep_kr"]) / RATE[year] * 365 / 12)
        else:
            assert part["amount"] == pytest.approx(number(line["beloep_kr"]))
    assert one.from_parts == pytest.approx(one.value)


def test_the_two_sources_of_private_purchases_stand_on_their_own_files(traced):
    invoices, ledger = (traced("E3-02", "2012", "2018", f"source={source}") for source in ("invoices", "ledger"))
    assert {part["stem"] for part in invoices.parts} == {"supplier_invoices"}
    assert {part["stem"] for part in ledger.parts} == {"kostra_accounts", "ledger"}
    assert round(invoices.value, 2) == 25.04 and round(ledger.value, 1) == 23.0
