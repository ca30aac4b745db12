"""A figure as it is set on a page: one or more panels, a legend in words and swatches, and its basis."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import plotly.graph_objects as go
from markupsafe import Markup

from dashboards.figures.drawn import Drawn
from dashboards.figures.embedding import figure_json
from dashboards.figures.sentence import figure_sentence
from dashboards.figures.style import SeriesStyle
from dashboards.measures import Measure
from dashboards.signs import HELD_BACK_MARK

FEW_PERIODS = 3
MOST_PERIODS_AS_BARS = 6


@dataclass(frozen=True)
class Panel:
    """One drawing with its title and the sentence that stands for it."""

    panel_id: str
    title: str
    sentence: str
    content: Markup


@dataclass(frozen=True)
class LegendItem:
    """One series in the legend."""

    label: str
    style: SeriesStyle


@dataclass(frozen=True)
class FigureBlock:
    """The panels of one figure with a common legend and notes; `is_bars` decides the swatches."""

    panels: tuple[Panel, ...]
    legend: tuple[LegendItem, ...]
    is_bars: bool
    notes: tuple[str, ...]


def panel(panel_id: str, title: str, name: str, unit_words: str, several: list[Drawn], figure: go.Figure) -> Panel:
    """A panel; `name` is what the sentence calls it."""
    return Panel(panel_id, title, figure_sentence(name, unit_words, several), figure_json(figure))


def block(panels: list[Panel], drawn_panels: list[list[Drawn]], *, is_bars: bool,
          has_own_scales: bool = False) -> FigureBlock:
    """The panels with one legend entry per label, in the order they are met."""
    legend = {series.label: LegendItem(series.label, series.style) for several in drawn_panels for series in several}
    several = [series for one in drawn_panels for series in one]
    own_scales = has_own_scales and len(panels) > 1
    return FigureBlock(tuple(panels), tuple(legend.values()), is_bars, tuple(_notes(several, is_bars, own_scales)))


def draws_as_bars(measure: Measure, periods: Sequence[str]) -> bool:
    """Bars for changes and balances and for short series, lines for the rest and for series too long for bars."""
    return len(periods) <= (MOST_PERIODS_AS_BARS if measure.is_signed else FEW_PERIODS)


def _notes(several: list[Drawn], is_bars: bool, has_own_scales: bool) -> list[str]:
    points = [(value, firm, held) for series in several
              for value, firm, held in zip_longest(series.y, series.firm, series.held, fillvalue=False)]
    notes = []
    if any(value is not None and not firm and not held for value, firm, held in points):
        notes.append(f"{'Lyse søyler' if is_bars else 'Åpne punkter'}: tallet er konstruert eller bundet.")
    if any(held for _, _, held in points):
        notes.append(f"{'Også lys søyle' if is_bars else 'Også åpent punkt'} der tallet er holdt tilbake "
                     f"({HELD_BACK_MARK.sign}) og forrige publiserte verdi vises.")
    if any(value is None for value, *_ in points):
        notes.append("Der en søyle eller et punkt mangler, er tallet skjermet eller finnes ikke.")
    if not is_bars and any(series.breaks & set(series.periods) for series in several):
        notes.append("Linjen er brutt der måten å telle på er lagt om.")
    if has_own_scales:
        notes.append("Panelene har hver sin skala.")
    return notes
