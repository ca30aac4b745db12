"""Private placements told by the months invoiced: the co-payment rate on 252, the price above it on 285.

Placements told by their days stand in `private_stays.py`. Suppliers are invented; their numbers lie in a series that is
not given to organisations. The supplier list counts by service month, the ledger by posting year, so late invoices
leave their price part to the next year.
"""

from typing import NamedTuple

from assets.demo.apportioning import apportion, evenly
from assets.demo.targets import amount, weights
from warehouse.reference_data import reference_rows

FOSTER_HOME, INSTITUTION, CENTRE = "foster_home", "institution", "parent_child_centre"
RATE_OF = {INSTITUTION: "institusjon", FOSTER_HOME: "statlig_beredskaps_og_familiehjem", CENTRE: "institusjon"}
TEXT_OF = {INSTITUTION: "Plassering i institusjon", FOSTER_HOME: "Plassering i fosterhjem",
           CENTRE: "Opphold i senter for foreldre og barn"}
DAYS_PER_YEAR, MONTHS_PER_YEAR = 365, 12


class Invoice(NamedTuple):
    """One supplier's invoice for one service month: `stays` child-months, split by function, in kroner."""

    number: str
    measure: str
    supplier: str
    month: int
    stays: int
    co_payment_nok: int
    price_part_nok: int
    price_part_posted_nok: int


def private_invoices(municipality_code: str, year: int) -> tuple[Invoice, ...]:
    """The year's invoices by service month; empty where the table has no invoiced placements."""
    invoices = []
    for measure in (INSTITUTION, FOSTER_HOME):
        invoices += _invoices_of(measure, municipality_code, year)
    numbered = [invoice._replace(number=f"{year}{place:04d}")
                for place, invoice in enumerate(sorted(invoices, key=lambda invoice: invoice.month), start=1)]
    return tuple(_with_late_posting(numbered, amount("private:posted_next_year", municipality_code, year)))


def rate(measure_code: str, year: int) -> int:
    """The announced monthly co-payment rate in kroner. Raises LookupError for a year without one."""
    for row in reference_rows("co_payment_rate"):
        if row["measure_code"] == measure_code and row["year"] == str(year):
            return int(row["rate_nok_per_month"])
    raise LookupError(f"ingen sats for {measure_code} i {year}")


def _invoices_of(measure: str, municipality_code: str, year: int) -> list[Invoice]:
    months = amount(f"private:{measure}:months", municipality_code, year)
    if not months:
        return []
    stays = {(month, supplier): stays
             for month, in_month in evenly(months, range(1, MONTHS_PER_YEAR + 1)).items()
             for supplier, stays in apportion(in_month, weights(f"share:supplier:{measure}:", "")).items() if stays}
    day_price = amount(f"private:{measure}:day_price", municipality_code, year)
    prices = apportion(months * day_price * DAYS_PER_YEAR // MONTHS_PER_YEAR, stays)
    co_payment = rate(RATE_OF[measure], year)
    return [Invoice("", measure, supplier, month, count, count * co_payment,
                    prices[month, supplier] - count * co_payment, prices[month, supplier] - count * co_payment)
            for (month, supplier), count in stays.items()]


def _with_late_posting(invoices: list[Invoice], late_nok: int) -> list[Invoice]:
    """The last invoices' price parts are posted the next year until the late amount is used up."""
    posted = []
    for invoice in reversed(invoices):
        late = min(late_nok, invoice.price_part_nok)
        late_nok -= late
        posted.append(invoice._replace(price_part_posted_nok=invoice.price_part_nok - late))
    return posted[::-1]
