"""The layout all figures share: no template, nothing to zoom, Norwegian separators, room for the unit."""

from typing import Any

from dashboards.figures.drawn import Drawn
from dashboards.figures.style import AXIS, FONT, GRID, INK, MUTED, PAPER


def layout(periods: tuple[str, ...], y_title: str, y_range: tuple[float, float] | None) -> dict[str, Any]:
    """A layout with the periods as a category axis and the unit as the title of the other."""
    vertical: dict[str, Any] = {
        "title": {"text": y_title, "standoff": 8, "font": {"size": 12, "color": MUTED}},
        "gridcolor": GRID, "zeroline": True, "zerolinecolor": AXIS, "zerolinewidth": 1, "fixedrange": True,
        "automargin": True, "ticklabelstandoff": 4, "nticks": 6, "rangemode": "tozero",
        "exponentformat": "none", "separatethousands": True, "tickfont": {"color": MUTED},
    }
    if y_range:
        vertical["range"] = list(y_range)
    return {
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": PAPER, "plot_bgcolor": PAPER, "separators": ",\u00a0", "showlegend": False,
        "margin": {"l": 48, "r": 12, "t": 16, "b": 32}, "hovermode": "closest", "dragmode": False,
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": AXIS, "align": "left", "font": {"color": INK, "size": 13}},
        "xaxis": {"type": "category", "categoryorder": "array", "categoryarray": list(periods), "fixedrange": True,
                  "showgrid": False, "ticks": "", "linecolor": AXIS, "automargin": True,
                  "range": [-0.5, len(periods) - 0.5]},
        "yaxis": vertical,
    }


def common_range(panels: list[list[Drawn]]) -> tuple[float, float] | None:
    """One range that holds every value of several panels, with room above; None when nothing is to be drawn."""
    values = [value for panel in panels for series in panel for value in series.y if value is not None]
    if not values:
        return None
    lowest, highest = min(0.0, *values), max(0.0, *values)
    room = (highest - lowest) * 0.12 or 1.0
    return (round(lowest - room, 6) if lowest < 0 else 0.0, round(highest + room, 6) if highest > 0 else 0.0)
