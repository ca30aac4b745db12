"""One indicator on a delmål page: figure with a panel per breakdown, table of all units, how it is computed.

Years and tertials never share a figure or a table: a year beside its own thirds would look like a jump.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plotly.graph_objects import Figure

from dashboards.figures.bars import bar_figure
from dashboards.figures.block import FigureBlock, Panel, block, draws_as_bars, panel
from dashboards.figures.drawn import Drawn, drawn
from dashboards.figures.layout import common_range
from dashboards.figures.lines import line_figure
from dashboards.labels import (STEM_NAMES, breakdown_label, direction_words, period_kind_label, short_date, slug,
                               small_number_rule, source_stems, whole_label)
from dashboards.measures import Measure
from dashboards.pages.frame import Frame, anchor
from dashboards.published import by_kind
from dashboards.tables import RowSpec, Table, series_table, trace_page


MOST_COLUMNS_BESIDE = 6


@dataclass(frozen=True)
class Source:
    """A source of an indicator with the deliveries in force."""

    name: str
    deliveries: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """The figure and table of one kind of periods; `title` says which when there are several kinds."""

    title: str
    figure: FigureBlock | None
    table: Table

    @property
    def is_wide(self) -> bool:
        """True when the table needs the whole page."""
        return len(self.table.columns) > MOST_COLUMNS_BESIDE

    @property
    def is_stacked(self) -> bool:
        """True when the figure has panels, which do not stand beside a table."""
        return self.figure is not None and len(self.figure.panels) > 1


@dataclass(frozen=True)
class IndicatorSection:
    """All a delmål page says about one indicator."""

    indicator_id: str
    anchor: str
    name: str
    problemstilling: str
    unit_words: str
    views: tuple[View, ...]
    explanations: tuple[tuple[str, str], ...]
    sources_nb: str
    sources: tuple[Source, ...]
    trace_href: str


def indicator_section(frame: Frame, indicator_id: str) -> IndicatorSection:
    """The section of one indicator."""
    indicator, measure = frame.release.indicators[indicator_id], frame.measure(indicator_id)
    return IndicatorSection(
        indicator_id, anchor(indicator_id), measure.name,
        f"{indicator['problemstilling_no']} {indicator['problemstilling_nb']}", measure.unit_words,
        tuple(_views(frame, measure)), _explanations(frame, indicator), indicator["sources_nb"],
        tuple(_source(frame, stem) for stem in source_stems(indicator["sources_nb"])),
        trace_page(indicator_id) if any(key[0] == indicator_id for key in frame.release.traces) else "")


def _views(frame: Frame, measure: Measure) -> Iterator[View]:
    """Years, then tertials; only the breakdowns that have a number or a sign in some of the periods."""
    kinds = by_kind(frame.published.periods(measure.indicator_id))
    for periods in kinds:
        title = period_kind_label(periods[0]) if len(kinds) > 1 else ""
        yield View(title, _figure(frame, measure, periods, title), _table(frame, measure, periods, title))


def _breakdowns(frame: Frame, measure: Measure, periods: list[str]) -> list[str]:
    return [one for one in frame.published.breakdowns(measure.indicator_id)
            if any(_has_any(frame, measure, code, one, periods) for code in frame.published.unit_codes(measure.indicator_id))]


def _has_any(frame: Frame, measure: Measure, code: str, breakdown: str, periods: list[str]) -> bool:
    series = frame.published.series(measure.indicator_id, code, breakdown)
    return series is not None and not series.cells.keys().isdisjoint(periods)


def _drawn_units(frame: Frame, measure: Measure, breakdown: str, periods: list[str]) -> list[Drawn]:
    """Every unit that has the breakdown, ready to draw."""
    found = []
    for code in frame.published.unit_codes(measure.indicator_id):
        series = frame.published.series(measure.indicator_id, code, breakdown)
        if series:
            found.append(drawn(measure, series, frame.name(code), frame.styles[code], periods))
    return found


def _figure(frame: Frame, measure: Measure, periods: list[str], kind: str) -> FigureBlock | None:
    breakdowns = _breakdowns(frame, measure, periods)
    several = {one: _drawn_units(frame, measure, one, periods) for one in breakdowns}
    shown = {one: units for one, units in several.items() if any(unit.has_numbers for unit in units)}
    if not shown:
        return None
    panels = list(shown.values())
    is_bars, shared = draws_as_bars(measure, periods), measure.kind == "money" and len(panels) > 1
    y_range = common_range(panels) if shared else None
    draw = bar_figure if is_bars else line_figure
    return block(
        [_panel(measure, one, title, kind, units, draw(units, measure.axis_title, y_range))
         for one, title, units in zip(shown, _titles(breakdowns, shown), panels, strict=True)],
        panels, is_bars=is_bars, has_own_scales=not shared)


def _titles(breakdowns: list[str], shown: Iterable[str]) -> list[str]:
    """The title of each breakdown, empty where the indicator is not broken down."""
    if breakdowns == [""]:
        return [""]
    return [breakdown_label(one) if one else whole_label(breakdowns) for one in shown]


def _panel(measure: Measure, breakdown: str, title: str, kind: str, units: list[Drawn], figure: Figure) -> Panel:
    name = ", ".join(filter(None, (measure.name, breakdown_label(breakdown) if breakdown else "", kind.lower())))
    panel_id = "-".join(filter(None, ("figur", anchor(measure.indicator_id), slug(breakdown), slug(kind))))
    return panel(panel_id, title, name, measure.unit_words, units, figure)


def _table(frame: Frame, measure: Measure, periods: list[str], kind: str) -> Table:
    breakdowns = _breakdowns(frame, measure, periods)
    groups: list[tuple[str | None, list[RowSpec]]] = []
    for breakdown, title in zip(breakdowns, _titles(breakdowns, breakdowns), strict=True):
        rows = [(frame.name(code), measure, frame.published.series(measure.indicator_id, code, breakdown))
                for code in frame.published.unit_codes(measure.indicator_id)
                if _has_any(frame, measure, code, breakdown, periods)]
        groups.append((title or None, rows))
    name, table_id = measure.name, f"tabell-{anchor(measure.indicator_id)}"
    return series_table("-".join(filter(None, (table_id, slug(kind)))), f"{name}, {kind.lower()}" if kind else name,
                        measure.unit_words, groups, periods)


def _explanations(frame: Frame, indicator: dict[str, str]) -> tuple[tuple[str, str], ...]:
    pairs = (("Hva tallet viser", indicator["definition_nb"]), ("Formel", indicator["formula_nb"]),
             ("Merknad", indicator["note_nb"]),
             ("Små tall", small_number_rule(indicator["small_number_rule"], frame.release.threshold)),
             ("Høyt eller lavt", direction_words(indicator["direction"])))
    return tuple((term, words) for term, words in pairs if words)


def _source(frame: Frame, stem: str) -> Source:
    rows = [row for row in frame.release.sources if row["stem"] == stem]
    return Source(STEM_NAMES[stem], tuple(f"{row['file_name']}, mottatt {short_date(row['received_on'])}"
                                          for row in sorted(rows, key=lambda row: row["file_name"])))
