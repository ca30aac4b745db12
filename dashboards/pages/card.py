"""A card: one figure with its table beside it, for one municipality, with the way to how it is computed."""

from dataclasses import dataclass

from dashboards.figures.bars import bar_figure
from dashboards.figures.block import FigureBlock, block, draws_as_bars, panel
from dashboards.figures.drawn import drawn
from dashboards.figures.lines import line_figure
from dashboards.figures.style import SeriesStyle
from dashboards.measures import Measure
from dashboards.pages.frame import Frame, anchor, indicator_href
from dashboards.published import Series, by_kind, periods_of
from dashboards.tables import Table, series_table


@dataclass(frozen=True)
class Card:
    """What a card shows. `note` is one sentence the reader needs to read the figure right."""

    card_id: str
    title: str
    href: str
    figure: FigureBlock | None
    table: Table
    note: str
    sources_nb: str


@dataclass(frozen=True)
class CardLine:
    """One series of a card."""

    label: str
    measure: Measure
    series: Series
    style: SeriesStyle


def card(frame: Frame, indicator_id: str, lines: list[CardLine], note: str = "") -> Card | None:
    """A card over the lines; None when there are none. Changes and balances are bars, the rest lines.

    Where there are both years and tertials, the card shows the years; the tertials stand where `href` leads.
    """
    if not lines:
        return None
    measure = lines[0].measure
    periods = by_kind(periods_of([line.series for line in lines]))[0]
    ready = [drawn(line.measure, line.series, line.label, line.style, periods) for line in lines]
    title = measure.name
    figure = None
    if any(series.has_numbers for series in ready):
        is_bars = draws_as_bars(measure, periods)
        picture = (bar_figure(ready, measure.axis_title, with_numbers=True) if is_bars
                   else line_figure(ready, measure.axis_title))
        figure = block([panel(f"figur-{anchor(indicator_id)}", "", title, measure.unit_words, ready, picture)], [ready],
                       is_bars=is_bars)
    table = series_table(f"tabell-{anchor(indicator_id)}", title, measure.unit_words,
                         [(None, [(line.label, line.measure, line.series) for line in lines])], periods)
    return Card(anchor(indicator_id), title, indicator_href(indicator_id), figure, table, note,
                frame.release.indicators[indicator_id]["sources_nb"])
