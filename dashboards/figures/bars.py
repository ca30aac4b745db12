"""Grouped bars over periods. A bar is solid where the number is firm, and a light bar with an edge where it is not."""

import plotly.graph_objects as go

from dashboards.figures.drawn import Drawn
from dashboards.figures.layout import layout
from dashboards.figures.style import INK


def bar_figure(several: list[Drawn], y_title: str, y_range: tuple[float, float] | None = None, *,
               with_numbers: bool = False) -> go.Figure:
    """One bar per series in each period; `with_numbers` writes each number at the end of its bar."""
    periods = several[0].periods
    figure = go.Figure([_bars(series, with_numbers) for series in several], layout(periods, y_title, y_range))
    return figure.update_layout(barmode="group", bargap=0.28, bargroupgap=0.1)


def _bars(series: Drawn, with_numbers: bool) -> go.Bar:
    style = series.style
    numbers = {"text": _numbers(series), "textposition": "outside", "textangle": 0, "constraintext": "none",
               "textfont": {"size": 12, "color": INK}} if with_numbers else {}
    return go.Bar(
        x=list(series.periods), y=list(series.y), name=series.label,
        marker={"color": [style.color if firm else style.tint for firm in series.firm],
                "line": {"color": style.color, "width": 1.5}},
        hovertext=list(series.hover), hovertemplate="%{hovertext}<extra></extra>", cliponaxis=False, **numbers)


def _numbers(series: Drawn) -> list[str]:
    return [text if value is not None else "" for value, text in zip(series.y, series.said, strict=True)]
