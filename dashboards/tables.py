"""Tables of published series: every cell is a formatted number with its basis mark, or a missing sign in words."""

from dataclasses import dataclass

from dashboards.labels import slug
from dashboards.measures import Measure, missing_sign
from dashboards.number_marks import NumberMark, finding_mark, held_mark
from dashboards.published import Cell, Series
from dashboards.signs import BASIS_MARKS, CORRECTION_MARK, FINDING_MARKS, HELD_BACK_MARK, MISSING_SIGNS, NOT_IN_RELEASE, Sign


@dataclass(frozen=True)
class TableCell:
    """What a cell shows: `text` with an optional basis `mark`, `finding` mark and `held` mark, or a `missing` sign instead;
    `href` leads to where it comes from."""

    text: str
    mark: Sign | None
    missing: Sign | None
    finding: NumberMark | None = None
    correction: Sign | None = None
    href: str = ""
    held: NumberMark | None = None


@dataclass(frozen=True)
class TableRow:
    """One series: a row heading and a cell per period."""

    label: str
    cells: tuple[TableCell, ...]


@dataclass(frozen=True)
class RowGroup:
    """Rows under a common heading; no heading when the table has one group only."""

    label: str | None
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Table:
    """A table with its unit in the caption and the signs it uses."""

    table_id: str
    caption: str
    unit_words: str
    first_column: str
    columns: tuple[str, ...]
    groups: tuple[RowGroup, ...]
    marks: tuple[Sign, ...]
    missing: tuple[Sign, ...]
    finding_marks: tuple[Sign, ...] = ()
    correction_marks: tuple[Sign, ...] = ()
    held_marks: tuple[Sign, ...] = ()


RowSpec = tuple[str, Measure, Series]


def series_table(table_id: str, caption: str, unit_words: str, groups: list[tuple[str | None, list[RowSpec]]],
                 periods: list[str], first_column: str = "Enhet") -> Table:
    """A table with a row per series (label, measure, series), grouped, and a column per period."""
    row_groups = tuple(RowGroup(label, tuple(_row(spec, periods) for spec in specs)) for label, specs in groups)
    cells = [cell for group in row_groups for row in group.rows for cell in row.cells]
    return Table(table_id, caption, unit_words, first_column, tuple(periods), row_groups,
                 tuple(mark for mark in BASIS_MARKS.values() if mark in [cell.mark for cell in cells]),
                 tuple(sign for sign in (*MISSING_SIGNS.values(), NOT_IN_RELEASE)
                       if sign in [cell.missing for cell in cells]),
                 tuple(mark for mark in FINDING_MARKS if mark in [cell.finding.sign for cell in cells if cell.finding]),
                 tuple(mark for mark in (CORRECTION_MARK,) if mark in [cell.correction for cell in cells]),
                 (HELD_BACK_MARK,) if any(cell.held for cell in cells) else ())


def table_cell(measure: Measure, cell: Cell | None, href: str = "") -> TableCell:
    """One published cell as it is printed; a number leads to `href`."""
    sign = missing_sign(cell)
    if sign:
        return TableCell(sign.sign, None, sign, finding_mark(cell) if cell else None)
    return TableCell(measure.number(cell.value), BASIS_MARKS.get(cell.basis), None, finding_mark(cell),
                     CORRECTION_MARK if cell.is_corrected else None, href, held_mark(cell))


def _row(spec: RowSpec, periods: list[str]) -> TableRow:
    label, measure, series = spec
    cells = [(series.cells.get(period), number_href(measure.indicator_id, series, period)) for period in periods]
    return TableRow(label, tuple(table_cell(measure, cell, href) for cell, href in cells))


def number_href(indicator_id: str, series: Series, period: str) -> str:
    """Where the trace of a number is; empty where the release does not tell it."""
    if period not in series.traced:
        return ""
    return f"{trace_page(indicator_id)}#{trace_anchor(series.unit_code, period, series.breakdown)}"


def trace_page(indicator_id: str) -> str:
    """The page that tells where an indicator's numbers come from."""
    return f"spor-{indicator_id.lower()}.html"


def trace_anchor(unit_code: str, period: str, breakdown: str) -> str:
    """The place of a number on the page."""
    return slug("-".join(filter(None, (unit_code, period, breakdown))))
