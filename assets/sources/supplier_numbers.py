"""Suppliers' organisation numbers in delimited files: a wrong one is a finding and never stops a delivery.

How a check digit is worked out stands in `numbers.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from assets.sources.fields import Field, optional
from assets.sources.numbers import is_organisation_number
from assets.sources.refusals import ORGANISATION_NUMBER
from assets.sources.units import unit_of
from expectations.finding import Finding

SUPPLIER: Field = optional("supplier_org_number", "leverandoer_orgnr", lambda cell: "".join(cell.split()))
"""The column, read without the spaces that people put between the digits."""


def drop_what_is_no_number(rows: Iterable[dict[str, Any]]) -> None:
    """Empties the supplier of rows where it does not have nine digits; a wrong check digit stays as delivered."""
    for row in rows:
        number = row["supplier_org_number"]
        if number is not None and not (len(number) == 9 and number.isascii() and number.isdigit()):
            row["supplier_org_number"] = None


def wrong_numbers(stem: str, rows: Iterable[dict[str, Any]], file_name: str, *, year: str,
                  what: str) -> Iterator[Finding]:
    """One Feil per wrong number, municipality and year, with every line it stands on.

    `year` names the rows' field with the year, `what` the delivery as the advice says it («hovedboken»).
    """
    faulty: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for row in rows:
        number = row["supplier_org_number"]
        if number is not None and not is_organisation_number(number):
            faulty[number, row["municipality_code"], row[year]].append(row["line_number"])
    for (number, municipality_code, period), lines in faulty.items():
        yield Finding(
            ORGANISATION_NUMBER, "feil",
            f"{file_name}, linje {', '.join(map(str, lines[:5]))}{' med flere' if len(lines) > 5 else ''}: "
            f"organisasjonsnummeret «{number}» er ikke gyldig (ni sifre med riktig kontrollsiffer). "
            f"Rett det i leverandørregisteret og lever {what} på nytt.",
            unit_code=unit_of(municipality_code), period=str(period), source=stem, file=file_name,
            line_numbers=tuple(lines), found=number)
