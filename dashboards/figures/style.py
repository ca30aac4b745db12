"""What each series looks like: colour, dash and marker, fixed per unit so that a reader learns it once.

Colours are told apart by lightness too, and no series is told apart by colour alone.
"""

from dataclasses import dataclass

INK = "#1c2733"
MUTED = "#53616e"
GRID = "#e4e8ec"
AXIS = "#8a959f"
PAPER = "#ffffff"
FONT = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True)
class SeriesStyle:
    """The look of one series; `dash` is a list of lengths in pixels, empty for a solid line."""

    color: str
    tint: str
    dash: str = ""
    symbol: str = "circle"
    width: float = 2.5


MUNICIPALITIES = (
    SeriesStyle("#123f6d", "#d3dee9", "", "circle"),
    SeriesStyle("#c65f0a", "#f7e1cc", "9px,3px", "square"),
    SeriesStyle("#1f8a80", "#d2eae7", "2px,3px", "diamond"),
    SeriesStyle("#7d4a9c", "#e6dbed", "9px,3px,2px,3px", "triangle-up"),
)
GROUPS = (
    SeriesStyle("#5f6b76", "#e3e6e9", "5px,4px", "triangle-up", 1.5),
    SeriesStyle("#8c969f", "#eceef0", "5px,4px", "triangle-down", 1.5),
)
COMPENSATION = SeriesStyle("#5a7896", "#dfe7ee")
TRIAL_COST = SeriesStyle("#7a1f4b", "#ecd9e2")


def unit_styles(units: dict[str, dict[str, str]]) -> dict[str, SeriesStyle]:
    """A fixed style for every unit, by its place among its kind in the unit table."""
    styles: dict[str, SeriesStyle] = {}
    municipalities = [code for code, unit in units.items() if unit["unit_type"] == "municipality"]
    others = [code for code in units if code not in municipalities]
    for palette, codes in ((MUNICIPALITIES, municipalities), (GROUPS, _groups_first(others, units))):
        styles.update({code: palette[place % len(palette)] for place, code in enumerate(codes)})
    return styles


def without_trial(style: SeriesStyle) -> SeriesStyle:
    """The same unit without the trial: same colour, dashed, another marker."""
    return SeriesStyle(style.color, style.tint, "6px,4px", "diamond", 2.0)


def _groups_first(codes: list[str], units: dict[str, dict[str, str]]) -> list[str]:
    return sorted(codes, key=lambda code: units[code]["unit_type"] != "kostra_group")
