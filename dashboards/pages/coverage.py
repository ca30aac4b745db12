"""Which problemstillinger the interviews cover, by informant group: what the page about the numbers shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

TOO_FEW = "for få"
GROUP_NAMES = {"ungdom": "Ungdom", "forelder": "Foreldre", "fosterforelder": "Fosterforeldre", "ansatt": "Ansatte",
               "leder": "Ledere"}


@dataclass(frozen=True)
class CoverageTable:
    """One year's matrix: a row a group, a column a problemstilling. Never a total, of a row or of a column."""

    year: int
    problemstillinger: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def coverage_tables(cells: Sequence[dict[str, Any]]) -> list[CoverageTable]:
    """The matrices, the newest year first."""
    return [_table(year, [cell for cell in cells if cell["interview_year"] == year])
            for year in sorted({cell["interview_year"] for cell in cells}, reverse=True)]


def _table(year: int, cells: list[dict[str, Any]]) -> CoverageTable:
    columns = sorted({cell["problemstilling_no"] for cell in cells})
    shown = {(cell["informant_group"], cell["problemstilling_no"]): cell["at_least"] for cell in cells}
    groups = [group for group in GROUP_NAMES if any(key[0] == group for key in shown)]
    return CoverageTable(year, tuple(columns), tuple(
        (GROUP_NAMES[group], tuple(_words(shown.get((group, column))) for column in columns)) for group in groups))


def _words(at_least: int | None) -> str:
    return TOO_FEW if at_least is None else f"minst {at_least}"
