"""The ledger extract per municipality and year: all of 285; of the ordinary functions only what needs its lines.

That is purchases, funds, unaccompanied minors and the own institution.

Municipalities write it differently, as accounting systems do: encoding, dates, thousand spaces.
"""

from functools import cache
from typing import NamedTuple

from assets.demo.apportioning import evenly
from assets.demo.child_welfare import child_welfare_postings
from assets.demo.delivery import CONSTRUCTED, DemoDelivery, delivery
from assets.demo.posting import Posting
from assets.demo.targets import places_of, years_of
from warehouse.number_format import NO_BREAK_SPACE
from warehouse.reference_data import reference_rows

HEADINGS = ("kommunenr;regnskapsaar;bilagsnr;bilagsdato;funksjon;art;ansvar;prosjekt;formaal_funksjon;fakturanr;"
            "leverandoer_orgnr;tekst;beloep_kr;omraade")
VOUCHER_DAY = "20"


class Manner(NamedTuple):
    """How a municipality's accounting system writes text, thousands and dates."""

    encoding: str = "utf-8-sig"
    thousand_separator: str = ""
    norwegian_dates: bool = False


MANNER_OF = {"0722": Manner("iso-8859-1", norwegian_dates=True), "0723": Manner("utf-8"),
             "0627": Manner("utf-8", NO_BREAK_SPACE, norwegian_dates=True)}


def ledger_deliveries() -> list[DemoDelivery]:
    """One file per municipality and year, for the same years as the accounts."""
    return [_ledger_delivery(code, year) for code in places_of("line:1:800:870")
            for year in years_of("line:1:800:870", code)]


def _ledger_delivery(municipality_code: str, year: int) -> DemoDelivery:
    manner = MANNER_OF.get(municipality_code, Manner())
    monthly = [(month, posting, oere) for posting in child_welfare_postings(municipality_code, year)
               if posting.in_ledger for month, oere in evenly(100 * posting.amount_nok, posting.months).items() if oere]
    lines = [_line(municipality_code, year, place, month, posting, oere, manner)
             for place, (month, posting, oere) in enumerate(sorted(monthly, key=lambda entry: entry[0]), start=1)]
    content = "\n".join((HEADINGS, *lines, "")).encode(manner.encoding)
    return delivery(f"{municipality_code}/hovedbok_{year}.csv", content, [CONSTRUCTED] * len(lines), first_place=2)


def _line(municipality_code: str, year: int, place: int, month: int, posting: Posting, oere: int,
          manner: Manner) -> str:
    return ";".join((
        municipality_code, str(year), f"{year % 100}{place:05d}", _date(year, month, manner), posting.function,
        posting.species, posting.responsibility, posting.project, posting.purpose, posting.invoice, posting.supplier,
        posting.text or f"{_species_name(posting.species)}, samlepost", _kroner(oere, manner), posting.area))


def _date(year: int, month: int, manner: Manner) -> str:
    return f"{VOUCHER_DAY}.{month:02d}.{year}" if manner.norwegian_dates else f"{year}-{month:02d}-{VOUCHER_DAY}"


def _kroner(oere: int, manner: Manner) -> str:
    kroner, rest = divmod(abs(oere), 100)
    grouped = f"{kroner:,}".replace(",", manner.thousand_separator)
    return f"{'-' if oere < 0 else ''}{grouped},{rest:02d}"


@cache
def _species_name(species: str) -> str:
    return next(row["name_nb"] for row in reference_rows("account_species") if row["species_code"] == species)
