"""The municipality's list of private suppliers' invoices, one line a stay and service month.

The list counts by service year, the ledger by posting year, so a late invoice has another `bokfoert_aar`. Suppliers
are invented and named so.
"""

from assets.demo.delivery import CONSTRUCTED, DemoDelivery, Mark, delivery
from assets.demo.private_purchases import CENTRE, FOSTER_HOME, INSTITUTION
from assets.demo.private_stays import StayMonth, stay_months
from assets.demo.targets import places_of, target, years_of

HEADINGS = ("kommunenr;fakturanr;leverandoer_orgnr;leverandoer_navn;leverandoer_eierform;tiltakstype;eier;avtale_id;"
            "periode_fra;periode_til;antall_maaneder;antall_doegn;voksne;barn;beloep_kr;egenandel_kr;bokfoert_aar")
TYPE_OF = {INSTITUTION: "institusjon", FOSTER_HOME: "fosterhjem", CENTRE: "senter_foreldre_barn"}
PRICE = f"private:{INSTITUTION}:day_price"


def supplier_invoice_deliveries() -> list[DemoDelivery]:
    """One file per municipality and service year with private placements."""
    return [_delivery(code, year) for code in places_of(PRICE) for year in years_of(PRICE, code)]


def _delivery(municipality_code: str, year: int) -> DemoDelivery:
    stays = sorted(stay_months(municipality_code, year), key=lambda stay: stay.invoice)
    lines = [_line(municipality_code, stay) for stay in stays]
    marks = {measure: _mark(measure, municipality_code, year) for measure in {stay.measure for stay in stays}}
    content = "\n".join((HEADINGS, *lines, "")).encode("utf-8-sig")
    return delivery(f"{municipality_code}/leverandoerfakturaer_{year}.csv", content,
                    [marks[stay.measure] for stay in stays], first_place=2)


def _mark(measure: str, municipality_code: str, year: int) -> Mark:
    """The lines are parts of printed sums only where both their months and their price are printed."""
    price = target(f"private:{measure}:day_price", municipality_code, year).mark
    if price.basis != "published":
        return CONSTRUCTED
    months = target(f"private:{measure}:months", municipality_code, year).mark
    return Mark("constrained", price.fact_id) if months.basis == "published" else CONSTRUCTED


def _line(municipality_code: str, stay: StayMonth) -> str:
    return ";".join((
        municipality_code, stay.invoice, stay.supplier, f"Oppdiktet leverandør {stay.supplier[-3:]}", "",
        TYPE_OF[stay.measure], "privat", stay.agreement, stay.first.isoformat(), stay.last.isoformat(),
        f"{stay.months.normalize():f}".replace(".", ","), _count(stay.days), _count(stay.adults), _count(stay.children),
        f"{stay.amount_nok},00", f"{stay.co_payment_nok},00", str(stay.posting_year)))


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
