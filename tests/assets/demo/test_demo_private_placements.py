"""Alta's private placements and own institution add up as the report tells it."""

from decimal import Decimal

import pytest

from assets.demo.private_purchases import private_invoices, rate

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
RATES = {(2018, "institusjon"): 70320, (2018, "fosterhjem"): 33110,
         (2017, "institusjon"): 68740, (2017, "fosterhjem"): 32370}


def private_lines(ledger, year):
    return [line for line in ledger if line.municipality == "2012" and line.year == year and line.species == "370"]


def test_private_purchases_in_the_accounts_of_2018_are_23_0_million(money, ledger):
    assert money.purchases("2012", 2018, "370") == 23000
    assert sum(line.nok for line in private_lines(ledger, 2018)) == 23_000_000


def test_the_ordinary_part_of_the_invoices_of_2018_is_months_at_the_rate(ledger):
    ordinary = sum(line.nok for line in private_lines(ledger, 2018) if line.function == "252")
    assert ordinary == 75 * 70320 + 72 * 33110 == 7_657_920


def test_the_invoices_of_2018_by_service_month_give_the_printed_average_prices():
    invoices = private_invoices("2012", 2018)
    for measure, months, day_price in (("institution", 75, 8000), ("foster_home", 72, 3100)):
        of_measure = [invoice for invoice in invoices if invoice.measure == measure]
        assert sum(invoice.stays for invoice in of_measure) == months
        total = sum(invoice.co_payment_nok + invoice.price_part_nok for invoice in of_measure)
        assert total / (Decimal(months) * 365 / 12) == day_price
    assert sum(invoice.co_payment_nok + invoice.price_part_nok for invoice in invoices) == 25_039_000


def test_2_04_million_of_the_service_months_are_posted_the_next_year():
    late = sum(invoice.price_part_nok - invoice.price_part_posted_nok for invoice in private_invoices("2012", 2018))
    assert late == 2_039_000
    assert all(invoice.price_part_posted_nok == invoice.price_part_nok for invoice in private_invoices("2012", 2018)
               if invoice.month < 11)


def test_2017_has_few_contracts_at_the_printed_prices(ledger):
    lines = private_lines(ledger, 2017)
    for text, months, day_price in (("institusjon", 24, 6390), ("fosterhjem", 36, 3000)):
        assert sum(line.nok for line in lines if text in line.text) == months * day_price * 365 // 12
        ordinary = sum(line.nok for line in lines if text in line.text and line.function == "252")
        assert ordinary == months * RATES[2017, text]


@pytest.mark.parametrize("year", [2017, 2018])
def test_each_price_part_on_285_has_a_sibling_at_whole_rates_on_252_with_the_same_invoice_number(ledger, year):
    ordinary = {line.invoice: line for line in private_lines(ledger, year) if line.function == "252"}
    price_parts = [line for line in private_lines(ledger, year) if line.function == "285"]
    assert len({line.invoice for line in price_parts}) == len(price_parts)
    for line in price_parts:
        sibling = ordinary[line.invoice]
        kind = "institusjon" if "institusjon" in line.text else "fosterhjem"
        assert (sibling.supplier, sibling.date) == (line.supplier, line.date)
        assert sibling.nok % RATES[year, kind] == 0
        assert (line.project, line.purpose) == ("28516", "252")


def test_suppliers_are_invented_numbers_outside_the_series_in_use_that_pass_modulus_11(ledger):
    suppliers = {line.supplier for line in ledger if line.supplier}
    assert len(suppliers) == 12
    for number in suppliers:
        assert number[0] == "3" and len(number) == 9
        assert (11 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number)) % 11) % 11 == int(number[8])


@pytest.mark.parametrize(("year", "gross", "months", "monthly"), [
    (2017, 10_000_000, Decimal(32), 68740), (2018, 11_400_000, Decimal("46.85"), 70320),
])
def test_the_own_institution_costs_what_is_printed_and_is_split_as_the_invoices(ledger, year, gross, months, monthly):
    lines = [line for line in ledger if (line.municipality, line.year, line.responsibility) == ("2012", year, "3230")]
    assert sum(line.nok for line in lines) == gross
    assert sum(line.nok for line in lines if line.function == "252") == months * monthly


def test_the_own_institutions_day_price_in_2018_is_about_8_000():
    days = Decimal("46.85") * 365 / 12
    assert abs(11_400_000 / days - 8000) < 10


def test_the_rest_of_285_in_2018_is_11_45_million(money, ledger):
    named = sum(line.nok for line in ledger if line.municipality == "2012" and line.year == 2018
                and line.function == "285" and (line.species == "370" or line.responsibility == "3230"))
    assert 1000 * money.trial("2012", 2018) - named == 11_452_412


def test_a_year_without_an_announced_rate_has_no_rate():
    with pytest.raises(LookupError, match="2019"):
        rate("institusjon", 2019)
