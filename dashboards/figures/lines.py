"""Lines over periods, one per series. A point is filled where the number is firm and open where it is not."""

import plotly.graph_objects as go

from dashboards.figures.drawn import Drawn
from dashboards.figures.layout import layout
from dashboards.figures.style import PAPER


def line_figure(several: list[Drawn], y_title: str, y_range: tuple[float, float] | None = None) -> go.Figure:
    """One line per series; a gap where there is no number, never a bridge over it."""
    periods = several[0].periods
    return go.Figure([_line(series) for series in several], layout(periods, y_title, y_range))


def _line(series: Drawn) -> go.Scatter:
    style = series.style
    return go.Scatter(
        x=list(series.periods), y=list(series.y), name=series.label, mode="lines+markers", connectgaps=False,
        line={"color": style.color, "width": style.width, "dash": style.dash or "solid"},
        marker={"symbol": style.symbol, "size": 9 if style.width > 2 else 8,
                "color": [style.color if firm else PAPER for firm in series.firm],
                "line": {"color": style.color, "width": 2}},
        hovertext=list(series.hover), hovertemplate="%{hovertext}<extra></extra>", cliponaxis=False)
