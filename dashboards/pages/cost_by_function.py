"""Net cost by function per child: a panel per function with and without the trial, beside the KOSTRA group."""

from dashboards.figures.block import FigureBlock, block, panel
from dashboards.figures.drawn import Drawn, drawn
from dashboards.figures.layout import common_range
from dashboards.figures.lines import line_figure
from dashboards.figures.style import SeriesStyle, with_trial, without_trial
from dashboards.labels import breakdown_label, slug
from dashboards.measures import Measure
from dashboards.pages.card import Card
from dashboards.pages.frame import Frame, anchor, indicator_href
from dashboards.published import Series, periods_of
from dashboards.tables import RowSpec, series_table

INDICATOR_ID = "E2-03"
Found = tuple[str, Series, SeriesStyle]


def cost_by_function(frame: Frame, code: str, group: str) -> Card | None:
    """The card, or None when the release has no cost by function for the municipality."""
    functions = {one: found for one in _functions(frame) if (found := _found(frame, one, code, group))}
    if not functions:
        return None
    indicator, measure = frame.release.indicators[INDICATOR_ID], frame.measure(INDICATOR_ID)
    periods = periods_of([series for found in functions.values() for _, series, _ in found])
    ready = {one: [drawn(measure, series, label, style, periods) for label, series, style in found]
             for one, found in functions.items()}
    rows: list[tuple[str | None, list[RowSpec]]] = [
        (breakdown_label(one), [(label, measure, series) for label, series, _ in found])
        for one, found in functions.items()]
    table = series_table(f"tabell-{anchor(INDICATOR_ID)}", measure.name, measure.unit_words, rows, periods)
    return Card(anchor(INDICATOR_ID), measure.name, indicator_href(INDICATOR_ID), _figure(measure, ready), table,
                indicator["note_nb"], indicator["sources_nb"])


def _figure(measure: Measure, ready: dict[str, list[Drawn]]) -> FigureBlock | None:
    shown = {one: several for one, several in ready.items() if any(series.has_numbers for series in several)}
    if not shown:
        return None
    y_range = common_range(list(shown.values()))
    panels = [panel(f"figur-{anchor(INDICATOR_ID)}-{slug(one)}", breakdown_label(one),
                    f"{measure.name}, {breakdown_label(one)}", measure.unit_words, several,
                    line_figure(several, measure.axis_title, y_range)) for one, several in shown.items()]
    return block(panels, list(shown.values()), is_bars=False)


def _functions(frame: Frame) -> list[str]:
    return sorted({one.split(";")[0] for one in frame.published.breakdowns(INDICATOR_ID) if one})


def _found(frame: Frame, function: str, code: str, group: str) -> list[Found]:
    style, name = frame.styles[code], frame.name(code)
    wanted = [(f"{name} med forsøket", code, "included", with_trial(style)),
              (f"{name} uten forsøket", code, "excluded", without_trial(style))]
    if group:
        wanted.append((frame.name(group), group, "excluded", frame.styles[group]))
    return [(label, series, look) for label, unit, trial, look in wanted
            if (series := frame.published.series(INDICATOR_ID, unit, f"{function};trial_cost={trial}"))]
