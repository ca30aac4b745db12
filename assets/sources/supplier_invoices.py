"""Invoices of private suppliers: one stay on one invoice a row, by the month the service was given, in kroner.

An agreement (`avtale_id`) is one stay: two children under one agreement stand as one line with their months added.
Whether rate, ledger and invoice agree is judged in `expectations/`; here only the form is.
"""

from collections.abc import Iterator
from typing import Any

from assets.sources.delimited import has_headings, read_lines
from assets.sources.delimited_reading import reading_of
from assets.sources.fields import (
    Field, NotAccepted, count, day, kroner, matching, municipality, optional, plain_number, text, year,
)
from assets.sources.reading import Reading
from assets.sources.refusals import NOT_A_NUMBER, PERIOD_OF_STAY, SAME_TWICE, UNKNOWN_CODE, Faults
from assets.sources.supplier_numbers import SUPPLIER, drop_what_is_no_number, wrong_numbers
from assets.sources.units import unit_of
from expectations.finding import Finding
from warehouse.reference_data import reference_rows

STEM = "supplier_invoices"
SIGNATURE = ("leverandoer_eierform", "tiltakstype", "avtale_id", "antall_maaneder", "antall_doegn", "egenandel_kr")

_owner = matching(r"privat|kommune|stat", "ikke er en eier", "Skriv privat, kommune eller stat, eller la feltet stå "
                  "tomt.")


def _measure_type(cell: str) -> str:
    known = [row["measure_type_code"] for row in reference_rows("measure_type")]
    if cell not in known:
        raise NotAccepted(UNKNOWN_CODE, "ikke er en tiltakstype", f"Skriv en av disse: {', '.join(known)}.")
    return cell


def _months(cell: str) -> float:
    months = plain_number(cell)
    if months <= 0:
        raise NotAccepted(NOT_A_NUMBER, "ikke er over null", "Skriv hvor mange måneder linjen gjelder, for eksempel 1 "
                          "eller 0,5. En kreditnota retter linjen den gjelder.")
    return months


FIELDS = (
    Field("municipality_code", "kommunenr", municipality),
    Field("invoice_number", "fakturanr", text),
    SUPPLIER,
    optional("supplier_name", "leverandoer_navn", text),
    optional("supplier_ownership", "leverandoer_eierform", text),
    Field("measure_type_code", "tiltakstype", _measure_type),
    optional("owner_code", "eier", _owner),
    optional("contract_id", "avtale_id", text),
    Field("service_from", "periode_fra", day),
    Field("service_to", "periode_til", day),
    Field("months_count", "antall_maaneder", _months),
    optional("days_count", "antall_doegn", count),
    optional("adults_count", "voksne", count),
    optional("children_count", "barn", count),
    Field("amount_nok", "beloep_kr", kroner),
    optional("co_payment_nok", "egenandel_kr", kroner),
    optional("posting_year", "bokfoert_aar", year),
)


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the first line carries headings only a list of suppliers' invoices has."""
    return has_headings(content, STEM, SIGNATURE)


def read(content: bytes, file_name: str) -> Reading:
    """The invoices read; the scope is each municipality and service year.

    Raises DeliveryRefused for missing columns, faulty cells, a period that is turned or goes over the turn of the year,
    and one stay told twice on an invoice. A supplier number with a wrong check digit is a finding and kept; one without
    nine digits is a finding and not kept. Equal lines without an agreement are a finding: they may be two stays.
    """
    lines = read_lines(STEM, FIELDS, content, file_name)
    _refuse_impossible_periods(lines.rows, file_name)
    _refuse_a_stay_told_twice(lines.rows, file_name)
    for row in lines.rows:
        row["service_year"] = row["service_from"].year
    findings = [*wrong_numbers(STEM, lines.rows, file_name, year="service_year", what="fakturalisten"),
                *_equal_lines_without_agreement(lines.rows, file_name)]
    drop_what_is_no_number(lines.rows)
    return reading_of(STEM, lines, scope=("municipality_code", "service_year"), value="amount_nok", unit="NOK",
                      findings=findings)


def _refuse_impossible_periods(rows: tuple[dict[str, Any], ...], file_name: str) -> None:
    faults = Faults(STEM, file_name)
    for row in rows:
        first, last = row["service_from"], row["service_to"]
        found = f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"
        place = {"line": row["line_number"], "cell": f"periode_til[{row['line_number']}]", "found": found}
        if last < first:
            faults.add(PERIOD_OF_STAY, f": perioden {found} slutter før den begynner. Rett datoene.", **place)
        elif last.year != first.year:
            faults.add(PERIOD_OF_STAY, f": perioden {found} går over et årsskifte. Del linjen i to, én for hvert år, "
                       "så månedene telles i det året tjenesten ble gitt.", **place)
    faults.stop()


def _stay(row: dict[str, Any]) -> tuple[Any, ...]:
    """What makes a line the same stay on the same invoice as another."""
    return tuple(row[name] for name in ("municipality_code", "invoice_number", "supplier_org_number", "contract_id",
                                        "measure_type_code", "service_from", "service_to"))


def _refuse_a_stay_told_twice(rows: tuple[dict[str, Any], ...], file_name: str) -> None:
    faults, first_line = Faults(STEM, file_name), {}
    for row in rows:
        if row["contract_id"] is None:
            continue
        if _stay(row) in first_line:
            faults.add(SAME_TWICE, f": oppholdet etter avtale «{row['contract_id']}» på faktura "
                       f"«{row['invoice_number']}» står også på linje {first_line[_stay(row)]}. Behold én av linjene.",
                       line=row["line_number"], found=row["contract_id"])
        first_line.setdefault(_stay(row), row["line_number"])
    faults.stop()


def _equal_lines_without_agreement(rows: tuple[dict[str, Any], ...], file_name: str) -> Iterator[Finding]:
    """Without an agreement nobody can tell one stay told twice from two stays at the same price."""
    first_line: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = (*_stay(row), row["amount_nok"])
        if row["contract_id"] is None and key in first_line:
            yield Finding(
                SAME_TWICE, "advarsel",
                f"{file_name}, linje {row['line_number']}: faktura «{row['invoice_number']}» har samme leverandør, "
                f"periode og beløp som på linje {first_line[key]}, og ingen av dem har avtale. Er det to opphold, fyll "
                "ut «avtale_id» på begge; er det ett, behold én av linjene.",
                unit_code=unit_of(row["municipality_code"]), period=str(row["service_year"]), source=STEM,
                file=file_name, line_numbers=(first_line[key], row["line_number"]), found=row["invoice_number"])
        first_line.setdefault(key, row["line_number"])
