"""Stays with private suppliers, one a line as the municipality's supplier list has them: by service month.

A stay is known from the months invoiced (a child-month each, `private_purchases.py`) or from its days. A whole calendar
month is one month; a part of one is its days / (365/12).
"""

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from assets.demo.apportioning import evenly
from assets.demo.private_purchases import (
    CENTRE, DAYS_PER_YEAR, MONTHS_PER_YEAR, RATE_OF, Invoice, private_invoices, rate,
)
from assets.demo.targets import amount, amounts


class StayMonth(NamedTuple):
    """One stay in one service month on one invoice, in kroner. `days` is None where only months are known."""

    invoice: str
    measure: str
    supplier: str
    agreement: str
    first: date
    last: date
    months: Decimal
    days: int | None
    adults: int | None
    children: int | None
    amount_nok: int
    co_payment_nok: int
    posting_year: int


def stay_months(municipality_code: str, year: int) -> list[StayMonth]:
    """Every stay of the service year, by invoice."""
    return [*(line for invoice in private_invoices(municipality_code, year) for line in _by_stay(invoice, year)),
            *stays_told_by_days(municipality_code, year)]


def _by_stay(invoice: Invoice, year: int) -> list[StayMonth]:
    """An invoice of several child-months as one line each; it is posted late when any of its price part is."""
    late = invoice.price_part_posted_nok < invoice.price_part_nok
    last_day = monthrange(year, invoice.month)[1]
    total = invoice.co_payment_nok + invoice.price_part_nok
    return [
        StayMonth(invoice.number, invoice.measure, invoice.supplier, f"{invoice.supplier[-3:]}-{place}",
                  date(year, invoice.month, 1), date(year, invoice.month, last_day), Decimal(1), None, None, None, nok,
                  invoice.co_payment_nok // invoice.stays, year + late)
        for place, nok in evenly(total, range(1, invoice.stays + 1)).items()]


def stays_told_by_days(municipality_code: str, year: int) -> list[StayMonth]:
    """The stays the table gives by supplier, first day and days, with one invoice a supplier and month."""
    lines = []
    for measure, supplier, place, told in _stays(municipality_code, year):
        first = date(year, 1, 1) + timedelta(days=told["first_day"] - 1)
        for start, end in _months_of(first, told["days"]):
            agreement = f"{supplier[-3:]}-{place}"
            lines.append(_told_by_days(municipality_code, measure, supplier, agreement, start, end, told))
    lines.sort(key=lambda line: (line.first.month, line.supplier, line.agreement))
    numbers: dict[tuple[int, str], str] = {}
    for line in lines:
        numbers.setdefault((line.first.month, line.supplier), f"{year}{len(numbers) + 1:04d}")
    return [line._replace(invoice=numbers[line.first.month, line.supplier]) for line in lines]


def _stays(municipality_code: str, year: int) -> list[tuple[str, str, str, dict[str, int]]]:
    """Measure, supplier and number of each stay, with what the table tells of it."""
    told: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for key, number in amounts("stay:", municipality_code, year).items():
        measure, supplier, place, what = key.split(":")
        told[measure, supplier, place][what] = number
    return [(*key, numbers) for key, numbers in told.items()]


def _months_of(first: date, days: int) -> list[tuple[date, date]]:
    """The first and last day of the stay in each month it touches."""
    last, pieces = first + timedelta(days=days - 1), []
    while first <= last:
        month_end = first.replace(day=monthrange(first.year, first.month)[1])
        pieces.append((first, min(month_end, last)))
        first = month_end + timedelta(days=1)
    return pieces


def _told_by_days(municipality_code: str, measure: str, supplier: str, agreement: str, start: date, end: date,
                  told: dict[str, int]) -> StayMonth:
    days = (end - start).days + 1
    whole = days == monthrange(start.year, start.month)[1]
    months = Decimal(1) if whole else round(Decimal(days * MONTHS_PER_YEAR) / DAYS_PER_YEAR, 2)
    co_payment = int(round(months * rate(RATE_OF[measure], start.year) * _family_weight(measure, told)))
    return StayMonth("", measure, supplier, agreement, start, end, months, days, told.get("adults"),
                     told.get("children"), days * amount(f"private:{measure}:day_price", municipality_code, start.year),
                     co_payment, start.year)


def _family_weight(measure: str, told: dict[str, int]) -> Decimal:
    """A centre for parents and children is paid for by the family: half for each adult and child beyond the first."""
    if measure != CENTRE:
        return Decimal(1)
    return 1 + Decimal(told["adults"] - 1 + told["children"] - 1) / 2
