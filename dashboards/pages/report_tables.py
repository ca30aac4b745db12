"""What a municipality has reported itself, as compact tables on its page: one per delmål, years and tertials apart.

The figures of these indicators stand on the delmål pages; here a project leader sees the whole report at a glance.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.labels import breakdown_label, delmaal_heading, source_stems, whole_label
from dashboards.pages.frame import Frame, delmaal_page
from dashboards.published import Series, periods_of
from dashboards.tables import RowSpec, Table, series_table
from warehouse.units import unit_label

REPORT_STEMS = frozenset({"tertial_reports", "data_requests"})
MIXED_UNITS = unit_label("blandet")


@dataclass(frozen=True)
class ReportTables:
    """The tables of one delmål with its heading and the page that explains the numbers."""

    heading: str
    href: str
    tables: tuple[Table, ...]


def is_reported(indicator: dict[str, str]) -> bool:
    """Whether an indicator is made of what the municipality reports itself."""
    return bool(REPORT_STEMS & set(source_stems(indicator["sources_nb"])))


def report_tables(frame: Frame, code: str) -> list[ReportTables]:
    """The tables of every delmål the municipality has reported numbers for."""
    found = []
    for letter in frame.delmaal_letters:
        tables = [table for table in (_table(frame, code, letter, "år", _is_year),
                                      _table(frame, code, letter, "tertial", lambda period: not _is_year(period)))
                  if table]
        if tables:
            found.append(ReportTables(delmaal_heading(letter), delmaal_page(letter), tuple(tables)))
    return found


def _is_year(period: str) -> bool:
    return len(period) == len("2018")


def _table(frame: Frame, code: str, letter: str, word: str, wanted: Callable[[str], bool]) -> Table | None:
    groups: list[tuple[str | None, list[RowSpec]]] = []
    for indicator_id in frame.published.indicator_ids():
        indicator = frame.release.indicators[indicator_id]
        if indicator["delmaal"] == letter and is_reported(indicator):
            rows = _rows(frame, code, indicator_id, wanted)
            if rows:
                groups.append(_group(frame, indicator_id, rows))
    if not groups:
        return None
    periods = periods_of([series for _, rows in groups for _, _, series in rows])
    return series_table(f"tabell-rapportert-{letter.lower()}-{'aar' if word == 'år' else word}",
                        f"Rapportert av {frame.name(code)}, per {word}", MIXED_UNITS, groups, periods, "Indikator")


def _group(frame: Frame, indicator_id: str, rows: list[RowSpec]) -> tuple[str | None, list[RowSpec]]:
    """An indicator with breakdowns has a heading of its own; one without is a row that bears its name."""
    measure = frame.measure(indicator_id)
    name = f"{measure.name} ({measure.unit_words})"
    if frame.published.breakdowns(indicator_id) == [""]:
        return None, [(name, *row[1:]) for row in rows]
    return name, rows


def _rows(frame: Frame, code: str, indicator_id: str, wanted: Callable[[str], bool]) -> list[RowSpec]:
    breakdowns = frame.published.breakdowns(indicator_id)
    rows = []
    for breakdown in breakdowns:
        series = frame.published.series(indicator_id, code, breakdown)
        cells = {} if series is None else {period: cell for period, cell in series.cells.items() if wanted(period)}
        if cells:
            label = breakdown_label(breakdown) if breakdown else whole_label(breakdowns)
            rows.append((label, frame.measure(indicator_id), Series(code, breakdown, cells)))
    return rows
