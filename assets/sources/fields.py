"""The fields of delimited files: what a heading's cells must hold, and how a text becomes a value."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assets.sources.numbers import NotANumber, number
from assets.sources.refusals import COLUMNS_MISSING, NOT_A_DATE, NOT_A_NUMBER, UNKNOWN_CODE, VALUE_MISSING

FIRST_YEAR, LAST_YEAR = 2003, 2100
LARGEST_AMOUNT = Decimal(10) ** 12
MOST_COUNTED = 10 ** 7


class NotAccepted(ValueError):
    """A cell that cannot be taken: the rule it breaks, what is wrong, what to do. The last two in bokmål."""

    def __init__(self, rule_id: str, problem: str, advice: str) -> None:
        super().__init__(problem)
        self.rule_id, self.problem, self.advice = rule_id, problem, advice


@dataclass(frozen=True)
class Field:
    """One column of a delimited file: its name in raw, our own heading for it, and how a cell is read."""

    name: str
    heading: str
    parse: Callable[[str], Any]
    column_required: bool = True
    value_required: bool = True
    missing_rule: str = COLUMNS_MISSING
    missing_advice: str = "Legg kolonnen til i uttrekket og lever filen på nytt."
    empty_rule: str = VALUE_MISSING
    empty_advice: str = "Fyll det ut."


def optional(name: str, heading: str, parse: Callable[[str], Any]) -> Field:
    """A field whose column and cells may be absent."""
    return Field(name, heading, parse, column_required=False, value_required=False)


def text(cell: str) -> str:
    return cell


def matching(pattern: str, problem: str, advice: str) -> Callable[[str], str]:
    """A parser of codes: text of exactly this pattern, kept as text."""
    def parse(cell: str) -> str:
        if not re.fullmatch(pattern, cell):
            raise NotAccepted(UNKNOWN_CODE, problem, advice)
        return cell
    return parse


municipality = matching(
    r"[0-9]{4}", "ikke er et kommunenummer på fire sifre",
    "Skriv nummeret med ledende null; regneark fjerner den når kolonnen ikke er tekst.")


def year(cell: str) -> int:
    """A year from 2003 to 2100."""
    if not re.fullmatch(r"[0-9]{4}", cell) or not FIRST_YEAR <= int(cell) <= LAST_YEAR:
        raise NotAccepted(NOT_A_DATE, f"ikke er et år fra {FIRST_YEAR} til {LAST_YEAR}", "Skriv året med fire sifre.")
    return int(cell)


def day(cell: str) -> date:
    """A date written `2018-03-01` or `01.03.2018`."""
    norwegian = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", cell)
    try:
        if norwegian:
            return date(int(norwegian[3]), int(norwegian[2]), int(norwegian[1]))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            return date.fromisoformat(cell)
    except ValueError as error:
        raise NotAccepted(NOT_A_DATE, "ikke finnes i kalenderen", "Rett datoen.") from error
    raise NotAccepted(NOT_A_DATE, "ikke er en dato", "Skriv datoen som 01.03.2018 eller 2018-03-01.")


def _number(cell: str) -> Decimal:
    try:
        value = number(cell)
    except NotANumber as error:
        raise NotAccepted(NOT_A_NUMBER, "ikke er et tall",
                          "Skriv tallet med sifre og desimalkomma, for eksempel 12 500,00.") from error
    if abs(value) > LARGEST_AMOUNT:
        raise NotAccepted(NOT_A_NUMBER, "er større enn noe beløp her kan være", "Kontroller tallet og enheten.")
    return value


def kroner(cell: str) -> Decimal:
    """An amount in kroner with two decimals; more decimals that are not zero are not accepted."""
    value = _number(cell)
    if value != value.quantize(Decimal("0.01")):
        raise NotAccepted(NOT_A_NUMBER, "har flere enn to desimaler", "Skriv beløpet i kroner og øre.")
    return value.quantize(Decimal("0.01"))


def thousand_kroner(cell: str) -> float:
    """An amount in thousand kroner."""
    return float(_number(cell))


def plain_number(cell: str) -> float:
    """A number whose unit stands elsewhere on the line."""
    return float(_number(cell))


def count(cell: str) -> int:
    """A whole number that is not negative and small enough to be counted by hand."""
    value = _number(cell)
    if value != value.to_integral_value() or not 0 <= value < MOST_COUNTED:
        raise NotAccepted(NOT_A_NUMBER, "ikke kan være et antall", "Skriv et helt tall uten fortegn.")
    return int(value)


def rate(cell: str) -> Decimal:
    """A rate in kroner; never negative."""
    value = kroner(cell)
    if not 0 <= value < Decimal(10) ** 10:
        raise NotAccepted(NOT_A_NUMBER, "ikke kan være en sats", "Rett satsen.")
    return value


def yes_no(cell: str) -> bool:
    if cell.lower() not in ("ja", "nei"):
        raise NotAccepted(UNKNOWN_CODE, "verken er ja eller nei", "Skriv ja eller nei.")
    return cell.lower() == "ja"
