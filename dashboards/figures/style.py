"""What each series looks like: colour, dash and marker, fixed per unit so that a reader learns it once.

Colours are told apart by lightness too, and no series is told apart by colour alone.
"""

from dataclasses import dataclass, replace

INK = "#1c2733"
MUTED = "#53616e"
GRID = "#e4e8ec"
AXIS = "#8a959f"
PAPER = "#ffffff"
FONT = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True)
class SeriesStyle:
    """The look of one series; `dash` is lengths in pixels, empty for a solid line; `pattern` fills its bars."""

    color: str
    tint: str
    dash: str = ""
    symbol: str = "circle"
    width: float = 2.5
    pattern: str = ""

    @property
    def between(self) -> str:
        """The colour halfway from colour to tint: a pattern in it is seen on both."""
        halves = ((int(self.color[at:at + 2], 16) + int(self.tint[at:at + 2], 16)) // 2 for at in (1, 3, 5))
        return "#" + "".join(f"{half:02x}" for half in halves)


MUNICIPALITIES = (
    SeriesStyle("#123f6d", "#d3dee9", "", "circle"),
    SeriesStyle("#c65f0a", "#f7e1cc", "9px,3px", "square", pattern="/"),
    SeriesStyle("#1f8a80", "#d2eae7", "2px,3px", "diamond", pattern="."),
    SeriesStyle("#7d4a9c", "#e6dbed", "9px,3px,2px,3px", "triangle-up", pattern="x"),
)
GROUPS = (
    SeriesStyle("#5f6b76", "#e3e6e9", "5px,4px", "triangle-up", 1.5),
    SeriesStyle("#8c969f", "#eceef0", "5px,4px", "triangle-down", 1.5),
)
TRIAL_TOGETHER = (SeriesStyle("#3d4a2f", "#dfe4d8", "", "triangle-down", pattern="x"),)
COMPENSATION = SeriesStyle("#5a7896", "#dfe7ee")
TRIAL_COST = SeriesStyle("#7a1f4b", "#ecd9e2")


def unit_styles(units: dict[str, dict[str, str]]) -> dict[str, SeriesStyle]:
    """A fixed style for every unit, by its place among its kind in the unit table."""
    styles: dict[str, SeriesStyle] = {}
    municipalities, together = (
        [code for code, unit in units.items() if unit["unit_type"] == kind] for kind in ("municipality", "trial"))
    others = [code for code in units if code not in (*municipalities, *together)]
    for palette, codes in ((MUNICIPALITIES, municipalities), (TRIAL_TOGETHER, together),
                           (GROUPS, _groups_first(others, units))):
        styles.update({code: palette[place % len(palette)] for place, code in enumerate(codes)})
    return styles


def with_trial(style: SeriesStyle) -> SeriesStyle:
    """A unit on its own page, the trial included: its colour and marker, always a solid line."""
    return replace(style, dash="")


def without_trial(style: SeriesStyle) -> SeriesStyle:
    """The same unit without the trial: same colour, dashed, another marker."""
    return replace(style, dash="6px,4px", symbol="square" if style.symbol == "diamond" else "diamond", width=2.25)


def _groups_first(codes: list[str], units: dict[str, dict[str, str]]) -> list[str]:
    return sorted(codes, key=lambda code: units[code]["unit_type"] != "kostra_group")
