"""The lists of suppliers' invoices: what they add up to, and that they are the ledger's own invoices."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest

RATES = {(2017, "institusjon"): 68740, (2018, "institusjon"): 70320, (2017, "fosterhjem"): 32370,
         (2018, "fosterhjem"): 33110}
LISTS = {("2012", 2017), ("2012", 2018), ("0729", 2018)}
DAYS_A_MONTH = Decimal(365) / 12


class InvoiceLine(NamedTuple):
    municipality: str
    year: int
    invoice: str
    supplier: str
    measure: str
    agreement: str
    first: date
    last: date
    months: Decimal
    days: int
    adults: int
    children: int
    nok: Decimal
    co_payment: Decimal
    posted: int


def number(text):
    return Decimal(text.replace(",", ".") or 0)


def invoice_line(text):
    (municipality, invoice, supplier, _, _, measure, owner, agreement, first, last, months, days, adults, children, nok,
     co_payment, posted) = text.split(";")
    assert owner == "privat"
    begun = date.fromisoformat(first)
    return InvoiceLine(municipality, begun.year, invoice, supplier, measure, agreement, begun, date.fromisoformat(last),
                       number(months), int(number(days)), int(number(adults)), int(number(children)), number(nok),
                       number(co_payment), int(posted))


@pytest.fixture(scope="module")
def lines(files):
    return [invoice_line(line) for path, file in files.items() if "leverandoerfakturaer" in path
            for line in file.content.decode("utf-8-sig").splitlines()[1:]]


def of(lines, municipality, year, measure=None):
    return [line for line in lines if (line.municipality, line.year) == (municipality, year)
            and measure in (None, line.measure)]


def booked(ledger, municipality, year):
    """What the ledger holds of each invoice: invoice -> {function: kroner}."""
    found = defaultdict(lambda: defaultdict(Decimal))
    for line in ledger:
        if (line.municipality, line.year, line.species) == (municipality, year, "370") and line.invoice:
            found[line.invoice][line.function] += line.nok
    return found


def test_there_is_a_list_for_each_municipality_and_year_with_private_placements(lines):
    assert {(line.municipality, line.year) for line in lines} == LISTS


@pytest.mark.parametrize(("year", "measure", "months", "children", "day_price"), [
    (2018, "institusjon", 75, "6.25", 8000), (2018, "fosterhjem", 72, "6", 3100),
    (2017, "institusjon", 24, "2", 6390), (2017, "fosterhjem", 36, "3", 3000)])
def test_altas_lists_have_the_printed_months_and_prices(lines, year, measure, months, children, day_price):
    stays = of(lines, "2012", year, measure)
    assert sum(line.months for line in stays) == len(stays) == months
    assert sum(line.months for line in stays) / 12 == Decimal(children)
    assert sum(line.nok for line in stays) / (months * DAYS_A_MONTH) == pytest.approx(Decimal(day_price))
    assert all(line.co_payment == RATES[year, measure] for line in stays)


def test_altas_list_of_2018_is_25_04_million_by_service_year_and_the_ledger_23_0_by_posting_year(lines, ledger):
    assert sum(line.nok for line in of(lines, "2012", 2018)) == 25_039_000
    assert sum(sum(parts.values()) for parts in booked(ledger, "2012", 2018).values()) == 23_000_000
    assert sum(line.co_payment for line in of(lines, "2012", 2018)) == 7_657_920
    assert sum(line.nok - line.co_payment for line in of(lines, "2012", 2018)) == 17_381_080


@pytest.mark.parametrize(("municipality", "year"), sorted(LISTS))
def test_the_lists_are_the_ledgers_invoices_line_by_line_of_252_and_285(lines, ledger, municipality, year):
    stays, entries = of(lines, municipality, year), booked(ledger, municipality, year)
    assert {line.invoice for line in stays} == set(entries)
    for invoice, parts in entries.items():
        own = [line for line in stays if line.invoice == invoice]
        co_payment, total = sum(line.co_payment for line in own), sum(line.nok for line in own)
        assert parts["252"] == co_payment
        if {line.posted for line in own} == {year}:
            assert parts["285"] == total - co_payment
        else:
            assert {line.posted for line in own} == {year + 1}
            assert 0 <= parts["285"] < total - co_payment


def test_what_is_posted_in_2019_is_2_04_million_of_altas_last_months(lines, ledger):
    late = [line for line in of(lines, "2012", 2018) if line.posted == 2019]
    entries = booked(ledger, "2012", 2018)
    invoices = {line.invoice for line in late}
    assert sum(line.nok for line in late) - sum(sum(entries[one].values()) for one in invoices) == 2_039_000
    assert {line.first.month for line in late} <= {11, 12}
    assert {line.posted for line in of(lines, "2012", 2017)} == {2017}


@pytest.mark.parametrize(("measure", "days", "suppliers"), [
    ("senter_foreldre_barn", 350, 2), ("fosterhjem", 1150, 3), ("institusjon", 50, 1)])
def test_faerders_list_has_the_printed_days_and_suppliers(lines, measure, days, suppliers):
    stays = of(lines, "0729", 2018, measure)
    assert sum(line.days for line in stays) == days
    assert len({line.supplier for line in stays}) == suppliers
    assert all((line.last - line.first).days + 1 == line.days for line in stays)


def test_faerders_months_are_its_days_and_a_whole_calendar_month_is_one(lines):
    for line in of(lines, "0729", 2018):
        whole = line.first.day == 1 and (line.last + timedelta(days=1)).day == 1
        assert line.months == 1 if whole else abs(line.months - line.days / DAYS_A_MONTH) <= Decimal("0.005")
    assert sum(line.months for line in of(lines, "0729", 2018, "fosterhjem")) == pytest.approx(
        1150 / DAYS_A_MONTH, rel=Decimal("0.005"))


def test_faerders_list_is_all_its_private_purchases_and_the_accounts_total_is_the_same(lines, money):
    assert sum(line.nok for line in of(lines, "0729", 2018)) == 5_600_000
    assert abs(money.purchases("0729", 2018, "370") - 5600) <= 1


def test_a_family_in_a_centre_pays_half_the_rate_more_for_each_adult_and_child_beyond_the_first(lines):
    stays = of(lines, "0729", 2018, "senter_foreldre_barn")
    assert {(line.adults, line.children) for line in stays} == {(1, 1), (2, 1), (1, 2)}
    for line in stays:
        weight = Decimal("1.5") if line.adults + line.children == 3 else 1
        assert abs(line.co_payment - weight * line.months * 70320) <= 1


def test_no_stay_stands_twice_on_an_invoice_and_no_line_goes_over_a_month(lines):
    keys = Counter((line.municipality, line.invoice, line.supplier, line.agreement) for line in lines)
    assert max(keys.values()) == 1
    assert all((line.first.year, line.first.month) == (line.last.year, line.last.month) for line in lines)


def test_an_invoice_is_of_one_supplier_and_month(lines):
    by_invoice = defaultdict(set)
    for line in lines:
        by_invoice[line.municipality, line.invoice].add((line.supplier, line.first.month))
    assert all(len(found) == 1 for found in by_invoice.values())
