"""Lines over periods, one per series. A point is filled where the number is firm and open where it is not."""

import plotly.graph_objects as go

from dashboards.figures.drawn import Drawn
from dashboards.figures.layout import layout
from dashboards.figures.style import PAPER


def line_figure(several: list[Drawn], y_title: str, y_range: tuple[float, float] | None = None) -> go.Figure:
    """One line per series; a gap where there is no number or the way of counting was changed, never a bridge over it."""
    periods = several[0].periods
    return go.Figure([_line(series) for series in several], layout(periods, y_title, y_range))


def _line(series: Drawn) -> go.Scatter:
    style, points = series.style, _points(series)
    return go.Scatter(
        x=[period for period, _, _, _ in points], y=[value for _, value, _, _ in points], name=series.label, mode="lines+markers", connectgaps=False,
        line={"color": style.color, "width": style.width, "dash": style.dash or "solid"},
        marker={"symbol": style.symbol, "size": 9 if style.width > 2 else 8,
                "color": [style.color if firm else PAPER for _, _, _, firm in points],
                "line": {"color": style.color, "width": 2}},
        hovertext=[hover for _, _, hover, _ in points], hovertemplate="%{hovertext}<extra></extra>", cliponaxis=False)


def _points(series: Drawn) -> list[tuple[str, float | None, str, bool]]:
    """Period, value, hover and firmness of each point; an empty one before a period that begins a new way of counting."""
    points = []
    for point in zip(series.periods, series.y, series.hover, series.firm, strict=True):
        if point[0] in series.breaks:
            points.append((point[0], None, "", True))
        points.append(point)
    return points
