"""The small picture beside a name in a legend: the same colour, dash and marker as in the figure."""

from markupsafe import Markup

from dashboards.figures.style import SeriesStyle

PATTERN_PATHS = {
    "": "",
    "/": "M1 9L9 1M1 13L13 1M5 13L13 5",
    ".": "M4 4h2v2h-2zM9 4h2v2h-2zM4 9h2v2h-2zM9 9h2v2h-2z",
    "x": "M1 13L13 1M1 1L13 13",
}
SYMBOL_PATHS = {
    "circle": "M22 7a4 4 0 1 1-8 0a4 4 0 1 1 8 0z",
    "square": "M14 3h8v8h-8z",
    "diamond": "M18 2l5 5l-5 5l-5-5z",
    "triangle-up": "M18 2.5l4.5 8h-9z",
    "triangle-down": "M18 11.5l4.5-8h-9z",
}


def swatch(style: SeriesStyle, is_bar: bool) -> Markup:
    """Inline SVG, hidden from assistive technology: the name beside it says the same."""
    if is_bar:
        drawing = Markup('<rect x="1" y="1" width="12" height="12" fill="{0}" stroke="{0}"/>'
                         '<path d="{1}" stroke="{2}" stroke-width="1.2"/>').format(
            style.color, PATTERN_PATHS[style.pattern], style.between)
        return Markup('<svg class="swatch" width="14" height="14" aria-hidden="true">{}</svg>').format(drawing)
    drawing = Markup('<path d="M0 7h36" stroke="{0}" stroke-width="{1}" stroke-dasharray="{2}"/>'
                     '<path d="{3}" fill="{0}"/>').format(
        style.color, style.width, style.dash.replace("px", "") or "none", SYMBOL_PATHS[style.symbol])
    return Markup('<svg class="swatch" width="36" height="14" aria-hidden="true">{}</svg>').format(drawing)
