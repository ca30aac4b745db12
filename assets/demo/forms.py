"""The demo's 24 tertial reports and 12 data requests, as the product's own workbooks."""

from functools import cache, partial
from typing import TYPE_CHECKING

from assets.demo.delivery import CONSTRUCTED, DemoDelivery, delivery_to_make
from assets.demo.form_numbers import DATA_REQUESTS, SIGNS, TERTIAL_REPORTS, form_numbers
from assets.demo.form_words import words_of
from assets.demo.targets import Target, years_of
from warehouse.reference_data import reference_rows

if TYPE_CHECKING:
    from assets.forms.workbook import Entry

FILE_NAMES = {TERTIAL_REPORTS: "tertialrapport", DATA_REQUESTS: "dataforespoersel"}
# A data request exists for the years in which the municipality told its positions.
FIELD_OF_EVERY_REQUEST = f"form:{DATA_REQUESTS}:aarsverk"


@cache
def form_deliveries() -> tuple[DemoDelivery, ...]:
    """Every demo form, by source, period and municipality; the workbooks are made when their bytes are asked for."""
    tertials = [row["period"] for row in reference_rows("reporting_period")]
    years = [str(year) for year in years_of(FIELD_OF_EVERY_REQUEST, _units()[0])]
    return tuple(_form_delivery(stem, unit_code, period)
                 for stem, periods in ((TERTIAL_REPORTS, tertials), (DATA_REQUESTS, years))
                 for period in periods for unit_code in _units())


def _units() -> list[str]:
    return [row["unit_code"] for row in reference_rows("unit") if row["unit_type"] == "municipality"]


def _form_delivery(stem: str, unit_code: str, period: str) -> DemoDelivery:
    code = _sender_of(unit_code, int(period[:4]))
    numbers = form_numbers(stem, unit_code, period)
    marks = [numbers[row["field_id"]].mark if row["field_id"] in numbers else CONSTRUCTED
             for row in reference_rows("form_field") if row["stem"] == stem]
    return delivery_to_make(f"{code}/{FILE_NAMES[stem]}_{period}.xlsx",
                            partial(_content, stem, unit_code, code, period), marks, first_place=1)


def _sender_of(unit_code: str, year: int) -> str:
    """The municipality that reports for the unit: before 2018 Nøtterøy for Færder, never the guest beside its host."""
    guests = {row["guest_municipality_code"] for row in reference_rows("service_host")
              if int(row["valid_from_year"]) <= year <= int(row["valid_to_year"])}
    return next(row["source_municipality_code"] for row in reference_rows("municipality_code")
                if row["unit_code"] == unit_code and row["source_municipality_code"] not in guests
                and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"]))


def _content(stem: str, unit_code: str, code: str, period: str) -> bytes:
    from assets.forms.periods import previous_period
    from assets.forms.workbook import workbook

    before = previous_period(stem, period)
    is_first = before not in _periods(stem, unit_code)
    return workbook(stem, code, period, _entries(stem, unit_code, period),
                    None if is_first else _entries(stem, unit_code, before))


def _periods(stem: str, unit_code: str) -> list[str]:
    if stem == TERTIAL_REPORTS:
        return [row["period"] for row in reference_rows("reporting_period")]
    return [str(year) for year in years_of(FIELD_OF_EVERY_REQUEST, unit_code)]


def _entries(stem: str, unit_code: str, period: str) -> "dict[str, Entry]":
    from assets.forms.periods import period_days
    from assets.forms.workbook import Entry

    words, numbers = words_of(stem, unit_code, period), form_numbers(stem, unit_code, period)
    first_day, last_day = period_days(stem, period)
    entries = {"periode_fra": Entry(first_day), "periode_til": Entry(last_day)}
    entries |= {field_id: Entry(text) for field_id, text in words.items() if field_id not in numbers}
    return entries | {field_id: _figure(number, words.get(field_id, "")) for field_id, number in numbers.items()}


def _figure(number: Target, explanation: str) -> "Entry":
    from assets.forms.workbook import Entry

    if number.text in SIGNS:
        return Entry(sign=number.text, explanation=explanation)
    value = float(number.text)
    return Entry(int(value) if value.is_integer() else value, explanation=explanation)
