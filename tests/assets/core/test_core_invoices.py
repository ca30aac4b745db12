"""Suppliers' invoices from drawn lines: whose they are, what co-payment is expected, how agreements are counted."""

from datetime import date
from decimal import Decimal

import pytest


def rates(warehouse, *several):
    """The rates of some years and measures."""
    warehouse.delivered(9, "rates", " ".join(sorted({f"EAK:{year}" for year, _, _ in several})))
    warehouse.raw("rates_line", [
        {"delivery_id": 9, "line_number": place, "year": year, "measure_code": measure,
         "rate_nok_per_month": Decimal(nok)} for place, (year, measure, nok) in enumerate(several, 2)])


def invoices(warehouse, text, delivery_id=1, received="2022-06-01"):
    """One list. A drawn line: municipality first-day measure months amount [agreement] [adults=] [children=]."""
    lines = [line.split() for line in text.strip().splitlines()]
    scope = sorted({f"{code}:{day[:4]}" for code, day, *_ in lines})
    warehouse.delivered(delivery_id, "supplier_invoices", " ".join(scope), received=received)
    warehouse.raw("supplier_invoices_line", [
        {"delivery_id": delivery_id, "line_number": place, "municipality_code": code, "invoice_number": f"F{place}",
         "supplier_org_number": "999999018", "measure_type_code": measure, "service_from": date.fromisoformat(day),
         "service_to": date.fromisoformat(day), "months_count": float(months), "amount_nok": Decimal(amount),
         "contract_id": next((word for word in words if "=" not in word), None),
         "adults_count": said(words, "adults"), "children_count": said(words, "children")}
        for place, (code, day, measure, months, amount, *words) in enumerate(lines, 2)])


def said(words, name):
    return next((int(word.partition("=")[2]) for word in words if word.startswith(name)), None)


def test_a_line_belongs_to_the_year_the_service_was_given_and_to_the_unit_of_that_year(warehouse):
    invoices(warehouse, """
        2012 2018-12-01 institusjon 1 243333 A
        0722 2017-03-01 fosterhjem  1  90000 A
        0729 2018-03-01 fosterhjem  1  95000 A
        0722 2018-03-01 fosterhjem  1      1 A
    """)
    assert [(row["unit_code"], row["service_year"], row["amount_nok"])
            for row in warehouse.built("supplier_invoice_line")] == [
        ("0729", 2017, 90000), ("0729", 2018, 95000), ("2012", 2018, 243333)]


def test_the_newest_list_of_a_year_replaces_the_older(warehouse):
    invoices(warehouse, "2012 2018-01-01 fosterhjem 1 90000 A", delivery_id=1, received="2019-02-01")
    invoices(warehouse, "2012 2018-01-01 fosterhjem 1 91000 A", delivery_id=2, received="2019-03-01")
    assert [row["amount_nok"] for row in warehouse.built("supplier_invoice_line")] == [91000]


@pytest.mark.parametrize(("line", "expected"), [
    ("2012 2018-03-01 institusjon 1 243333 A", 70320), ("2012 2018-03-01 institusjon 0.5 121666 A", 35160),
    ("2012 2018-03-01 fosterhjem 1 95000 A", 33110),
    ("2012 2016-03-01 senter_foreldre_barn 1 160000 A adults=1 children=1", 66900),
    ("2012 2016-03-01 senter_foreldre_barn 1 160000 A adults=2 children=1", 100350),    # 66 900 × 1.5
    ("2012 2016-03-01 senter_foreldre_barn 2 160000 A adults=2 children=3", 334500),    # 2 × 66 900 × 2.5
    ("2012 2016-03-01 senter_foreldre_barn 1 160000 A", 66900),                         # nobody counted: one of each
    ("2012 2018-03-01 institusjon 1 243333 A adults=2 children=3", 70320),              # no family weight elsewhere
    ("2012 2019-03-01 institusjon 1 243333 A", None),                                   # a year without a rate
    ("2012 2018-03-01 besøkshjem 1 9000 A", None)])
def test_the_expected_co_payment_is_months_at_the_years_own_rate_weighed_by_the_family(warehouse, line, expected):
    rates(warehouse, (2018, "institusjon", 70320), (2018, "statlig_beredskaps_og_familiehjem", 33110),
          (2016, "sfb_dogn", 66900))
    invoices(warehouse, line)
    assert [row["expected_co_payment_nok"] for row in warehouse.built("supplier_invoice_line")] == [expected]


def test_an_agreement_is_counted_once_a_year_and_measure_and_a_line_without_one_counts_nobody_knows(warehouse):
    invoices(warehouse, """
        2012 2018-01-01 fosterhjem  1 90000 A
        2012 2018-02-01 fosterhjem  1 90000 A
        2012 2018-02-01 fosterhjem  1 90000 B
        2012 2018-02-01 institusjon 1 90000 A
        2012 2017-02-01 fosterhjem  1 90000 A
        2012 2018-03-01 fosterhjem  1 90000
    """)
    found = {row["line_number"]: row["contracts_count"] for row in warehouse.built("supplier_invoice_line")}
    assert found == {2: 1, 3: 0, 4: 1, 5: 1, 6: 1, 7: None}


@pytest.mark.parametrize(("received", "is_whole"), [("2018-12-31", False), ("2019-01-01", True), ("2020-05-01", True)])
def test_a_service_year_is_all_here_when_its_list_came_after_it_was_over(warehouse, received, is_whole):
    invoices(warehouse, "2012 2018-01-01 fosterhjem 1 90000 A", received=received)
    assert [(row["unit_code"], row["service_year"]) for row in warehouse.built("invoiced_year")] == (
        [("2012", 2018)] if is_whole else [])
    assert len(warehouse.built("invoice_price_line")) == is_whole


def test_a_price_counts_agreements_and_months_only_where_the_report_has_printed_it(warehouse):
    invoices(warehouse, """
        2012 2018-01-01 fosterhjem  2.5 90000 A
        2012 2018-01-01 senter_foreldre_barn 2.5 90000 A
        2012 2018-01-01 besøkshjem  1   90000 A
        0627 2018-01-01 fosterhjem  2.5 90000 A
        2012 2016-01-01 fosterhjem  2.5 90000 A
    """)
    found = {(row["unit_code"], row["service_year"], row["measure_type_code"]): row["disclosure_count"]
             for row in warehouse.built("invoice_price_line")}
    assert found == {("2012", 2018, "fosterhjem"): 2.5, ("2012", 2018, "senter_foreldre_barn"): 1,
                     ("0627", 2018, "fosterhjem"): 1, ("2012", 2016, "fosterhjem"): 1}
