"""Exports of accounting systems told as our own ledger: which of their columns is which of ours, as reference data.

An export is known by carrying every column its profile demands. A column of ours in the same file (a `formaal_funksjon`
somebody added) is kept as it is. What the values must be is judged in `fields.py`, as for any ledger.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from assets.sources.headings import normalised
from assets.sources.numbers import NotANumber, number
from warehouse.reference_data import reference_rows

PROFILE_NAMES = {"unit4": "Unit4 ERP (Agresso)", "visma": "Visma Enterprise"}


@dataclass(frozen=True)
class ExportColumn:
    """One column of an export: our heading, theirs, and how a cell of theirs becomes one of ours."""

    own_heading: str
    heading: str
    taken_as: str
    is_required: bool


@dataclass(frozen=True)
class Translation:
    """A file's columns as ours: `headings`, and for each the positions and the way its cells are taken."""

    export_name: str
    headings: list[str]
    columns: list[list[tuple[int, str]]]
    untouched: list[int]

    def record(self, record: Sequence[str]) -> list[str]:
        """One line under our own headings. A line of another length is left for the reader to refuse."""
        if len(record) <= max((at for column in self.columns for at, _ in column), default=0):
            return list(record)
        told = [_told([(how, record[at].strip()) for at, how in column]) for column in self.columns]
        return told + [record[at] for at in self.untouched]


@cache
def exports() -> dict[str, tuple[ExportColumn, ...]]:
    """The columns of each export we know."""
    found: dict[str, tuple[ExportColumn, ...]] = {}
    for row in reference_rows("accounting_export"):
        column = ExportColumn(row["own_heading"], row["heading"], row["taken_as"], row["is_required"] == "true")
        found[row["export_code"]] = (*found.get(row["export_code"], ()), column)
    return found


def export_of(headings: Sequence[str]) -> str | None:
    """The export whose every demanded column is there; None for none, and for two that cannot be told apart."""
    plain = {normalised(heading) for heading in headings}
    known = [code for code, columns in exports().items()
             if all(normalised(column.heading) in plain for column in columns if column.is_required)]
    return known[0] if len(known) == 1 else None


def translation(headings: Sequence[str]) -> Translation | None:
    """How the columns of a known export become ours; None when the headings are no export's."""
    code = export_of(headings)
    if code is None:
        return None
    places = {normalised(heading): at for at, heading in reversed(list(enumerate(headings)))}
    taken: dict[str, list[tuple[int, str]]] = {}
    for column in exports()[code]:
        at = places.get(normalised(column.heading))
        if at is not None:
            taken.setdefault(column.own_heading, []).append((at, column.taken_as))
    used = {at for column in taken.values() for at, _ in column}
    untouched = [at for at in range(len(headings)) if at not in used]
    return Translation(PROFILE_NAMES[code], list(taken) + [headings[at] for at in untouched], list(taken.values()),
                       untouched)


def _told(cells: list[tuple[str, str]]) -> str:
    if any(how in ("debit", "credit") for how, _ in cells):
        return _balance(cells)
    ((how, cell),) = cells
    return _WAYS[how](cell)


def _balance(cells: list[tuple[str, str]]) -> str:
    """Debit less credit, written with decimal comma; a cell that is no number is handed on to be refused."""
    total = 0
    for how, cell in cells:
        try:
            amount = number(cell) if cell else 0
        except NotANumber:
            return cell
        total += amount if how == "debit" else -amount
    return "" if not any(cell for _, cell in cells) else f"{total:f}".replace(".", ",")


def _as_written(cell: str) -> str:
    return cell


def _year_of_period(cell: str) -> str:
    """`201803` is March 2018; periods 13 and 14 are the year's closing entries."""
    period = re.fullmatch(r"(20[0-9]{2})(0[0-9]|1[0-9])", cell)
    return period[1] if period else cell


def _species_of_account(cell: str) -> str:
    """An operating account is 1, the species' three digits, and what the municipality adds: `13700` is 370."""
    account = re.fullmatch(r"1([0-9]{3})[0-9]{0,4}", cell)
    return account[1] if account else cell


def _function_of_service(cell: str) -> str:
    """A service begins with its KOSTRA function's three digits: `25201` is 252."""
    service = re.fullmatch(r"([0-9]{3})[0-9]{0,4}", cell)
    return service[1] if service else cell


_WAYS: dict[str, Callable[[str], str]] = {
    "as_written": _as_written, "year_of_period": _year_of_period, "species_of_account": _species_of_account,
    "function_of_service": _function_of_service,
}
