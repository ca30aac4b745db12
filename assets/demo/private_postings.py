"""What the ledger of the year holds of the private suppliers' invoices: two lines with one invoice number."""

from collections import defaultdict

from assets.demo.municipalities import trial_project
from assets.demo.posting import Posting
from assets.demo.private_purchases import TEXT_OF, private_invoices
from assets.demo.private_stays import StayMonth, stays_told_by_days


def private_postings(municipality_code: str, year: int) -> list[Posting]:
    """The co-payment on 252 and the price above it on 285, for each invoice; a part that is posted late is left out."""
    postings = []
    for invoice in private_invoices(municipality_code, year):
        postings += _two_lines(municipality_code, invoice.measure, invoice.month, invoice.number, invoice.supplier,
                               invoice.co_payment_nok, invoice.price_part_posted_nok)
    for stays in _by_invoice(stays_told_by_days(municipality_code, year)):
        first, co_payment = stays[0], sum(stay.co_payment_nok for stay in stays)
        postings += _two_lines(municipality_code, first.measure, first.first.month, first.invoice, first.supplier,
                               co_payment, sum(stay.amount_nok for stay in stays) - co_payment)
    return postings


def _by_invoice(stays: list[StayMonth]) -> list[list[StayMonth]]:
    found: dict[str, list[StayMonth]] = defaultdict(list)
    for stay in stays:
        found[stay.invoice].append(stay)
    return list(found.values())


def _two_lines(municipality_code: str, measure: str, month: int, invoice: str, supplier: str, co_payment_nok: int,
               price_part_nok: int) -> list[Posting]:
    common = {"months": (month,), "invoice": invoice, "supplier": supplier}
    postings = [Posting("252", "370", co_payment_nok, f"{TEXT_OF[measure]}, egenandel", **common)]
    if price_part_nok:
        postings.append(Posting("285", "370", price_part_nok, f"{TEXT_OF[measure]}, prisdel", purpose="252",
                                project=trial_project(municipality_code), **common))
    return postings
