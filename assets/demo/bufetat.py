"""Bufetat's figures, one file per region: co-payments with the printed change, requirement, budget, days, purchases.

Co-payments of the first tertial and the year are the printed ones, wrong where the report is wrong; the other tertials
make the year up. Stay-days are constructed: only their order is printed.
"""

from collections.abc import Iterator
from typing import NamedTuple

from assets.demo.delivery import CONSTRUCTED, DemoDelivery, Mark, delivery
from assets.demo.municipalities import guest_of
from assets.demo.targets import Target, components_of, find
from warehouse.reference_data import reference_rows

HEADINGS = "region;kommunenr;aar;tertial;post;maal;tiltakstype;verdi;enhet;endring_fra_2015"
REGION_WORDS = {"R-NORD": "nord", "R-SOR": "sør"}
FILE_NAMES = {"R-NORD": "bufetat_nord.csv", "R-SOR": "bufetat_soer.csv"}
FIRST_YEAR, LAST_YEAR = 2015, 2019
FIRST_YEAR_WITH_REQUIREMENT = 2017
CO_PAYMENT_POST = "3855.60"
TERTIALS = ("T1", "T2", "T3")
MONEY, DAYS, PURCHASES = "1000 NOK", "dager", "kjøp"
NOT_YET, NOT_REPORTED = "...", ".."


class _Line(NamedTuple):
    text: str
    mark: Mark


def bufetat_deliveries() -> list[DemoDelivery]:
    """One file for each of the two regions."""
    return [_file_of(region) for region in REGION_WORDS]


def _file_of(region: str) -> DemoDelivery:
    members = [row["unit_code"] for row in reference_rows("unit") if row["bufetat_region_code"] == region]
    lines = [line for unit in (*members, region) for part in (_co_payments, _requirement, _budget, _days, _purchases)
             for line in part(region, unit)]
    content = "\n".join((HEADINGS, *(line.text for line in lines), "")).encode()
    return delivery(FILE_NAMES[region], content, [line.mark for line in lines], first_place=2)


def _co_payments(region: str, unit: str) -> Iterator[_Line]:
    """Each year's tertials and the year itself; a year that is not over has no number yet."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for part in (*TERTIALS, "year"):
            found = find(f"bufetat:egenandel:{part}", unit, year)
            change = find(f"bufetat:endring:{part}", unit, year)
            if found:
                yield _line(region, unit, year, part, found, MONEY, "egenandel", post=CO_PAYMENT_POST, change=change)
            elif part == "year" and find("bufetat:egenandel:T1", unit, year):
                yield _without_number(region, unit, year, NOT_YET, "egenandel")


def _requirement(region: str, unit: str) -> Iterator[_Line]:
    if unit != region:
        return
    for year in range(FIRST_YEAR_WITH_REQUIREMENT, LAST_YEAR + 1):
        found = find("bufetat:inntektskrav", unit, year)
        yield (_line(region, unit, year, "year", found, MONEY, "inntektskrav", post=CO_PAYMENT_POST) if found
               else _without_number(region, unit, year, NOT_REPORTED, "inntektskrav"))


def _budget(region: str, unit: str) -> Iterator[_Line]:
    for (post,), year, found in components_of("bufetat:budsjett:", unit):
        yield _line(region, unit, year, "year", found, MONEY, "budsjettendring", post=post)


def _days(region: str, unit: str) -> Iterator[_Line]:
    for (measure, part), year, found in components_of("bufetat:dager:", unit):
        yield _line(region, unit, year, part, found, DAYS, "oppholdsdager", measure=measure)


def _purchases(region: str, unit: str) -> Iterator[_Line]:
    for (measure, part), year, found in components_of("bufetat:kjøp:", unit):
        yield _line(region, unit, year, part, found, PURCHASES, "kjøp", measure=measure)


def _line(region: str, unit: str, year: int, part: str, found: Target, unit_of_number: str, figure: str, *,
          post: str = "", measure: str = "", change: Target | None = None) -> _Line:
    return _Line(_text(region, unit, year, part, post, figure, measure, found.text, unit_of_number,
                       change.text if change else ""), found.mark)


def _without_number(region: str, unit: str, year: int, sign: str, figure: str) -> _Line:
    return _Line(_text(region, unit, year, "year", CO_PAYMENT_POST, figure, "", sign, MONEY, ""), CONSTRUCTED)


def _text(region: str, unit: str, year: int, part: str, *rest: str) -> str:
    code = "" if unit == region else _code_of(unit, year)
    tertial = "" if part == "year" else part.removeprefix("T")
    return ";".join((REGION_WORDS[region], code, str(year), tertial, *rest))


def _code_of(unit: str, year: int) -> str:
    """The code Bufetat invoices: before the merger the municipality that hosts the service of both."""
    codes = [row["source_municipality_code"] for row in reference_rows("municipality_code")
             if row["unit_code"] == unit and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"])]
    return next((code for code in codes if len(codes) == 1 or guest_of(code, year)), codes[0])
