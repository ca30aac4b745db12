"""Grouped bars over periods. A bar is solid where the number is firm, and a light bar with an edge where it is not."""

import plotly.graph_objects as go

from dashboards.figures.drawn import Drawn
from dashboards.figures.layout import layout
from dashboards.figures.style import INK


def bar_figure(several: list[Drawn], y_title: str, y_range: tuple[float, float] | None = None, *,
               with_numbers: bool = False) -> go.Figure:
    """One bar per series in each period; `with_numbers` writes each number at the end of its bar.

    A series alone has no pattern: there is nothing to tell it apart from.
    """
    bars = [_bars(series, firm, with_numbers, series.style.pattern if len(several) > 1 else "")
            for series in several for firm in (True, False) if firm in series.firm]
    figure = go.Figure(bars, layout(several[0].periods, y_title, y_range))
    return figure.update_layout(barmode="group", bargap=0.28, bargroupgap=0.1)


def _bars(series: Drawn, firm: bool, with_numbers: bool, pattern: str) -> go.Bar:
    """The firm or the loose bars of a series; the two share one place in the group."""
    style = series.style
    y = [value if one is firm else None for value, one in zip(series.y, series.firm, strict=True)]
    numbers = {"text": ["" if value is None else text for value, text in zip(y, series.said, strict=True)],
               "textposition": "outside", "textangle": 0, "constraintext": "none",
               "textfont": {"size": 12, "color": INK}} if with_numbers else {}
    return go.Bar(
        x=list(series.periods), y=y, name=series.label, offsetgroup=series.label,
        marker={"color": style.color if firm else style.tint, "line": {"color": style.color, "width": 1.5},
                "pattern": {"shape": pattern, "fillmode": "overlay", "fgcolor": style.between, "fgopacity": 1,
                            "size": 7, "solidity": 0.22}},
        hovertext=list(series.hover), hovertemplate="%{hovertext}<extra></extra>", cliponaxis=False, **numbers)
