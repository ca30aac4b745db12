"""A published series made ready to draw: values on the axis, hover text in bokmål, which points are firm."""

from dataclasses import dataclass

from dashboards.figures.style import SeriesStyle
from dashboards.measures import Measure, missing_sign
from dashboards.number_marks import held_words
from dashboards.published import Cell, Series
from dashboards.series_breaks import break_periods
from dashboards.signs import BASIS_MARKS, HELD_BACK_MARK, is_firm


@dataclass(frozen=True)
class Drawn:
    """One series in a figure. `y` holds None where there is no number to show; `said` is each number as text.

    `breaks` are the periods from which something else is counted than before; `held` are the points that are held back and
    shown as they were published before.
    """

    label: str
    style: SeriesStyle
    periods: tuple[str, ...]
    y: tuple[float | None, ...]
    said: tuple[str, ...]
    hover: tuple[str, ...]
    firm: tuple[bool, ...]
    breaks: frozenset[str] = frozenset()
    held: tuple[bool, ...] = ()

    @property
    def has_numbers(self) -> bool:
        """True when at least one point can be drawn."""
        return any(value is not None for value in self.y)


def drawn(measure: Measure, series: Series, label: str, style: SeriesStyle, periods: list[str]) -> Drawn:
    """The series over the given periods; a period without a number has None and says why."""
    cells = [series.cells.get(period) for period in periods]
    said = []
    for cell in cells:
        sign = missing_sign(cell)
        mark = f"\u00a0{HELD_BACK_MARK.sign}" if cell and cell.is_held_back else ""
        said.append(sign.name if sign else measure.number(cell.value) + mark)
    return Drawn(
        label, style, tuple(periods), tuple(measure.on_axis(cell.value if cell else None) for cell in cells),
        tuple(said),
        tuple(_hover(label, period, text, measure, cell) for period, text, cell in zip(periods, said, cells, strict=True)),
        tuple(is_firm(cell.basis) and not cell.is_held_back if cell else True for cell in cells),
        break_periods(measure.indicator_id, series.unit_code), tuple(bool(cell and cell.is_held_back) for cell in cells))


def _hover(label: str, period: str, text: str, measure: Measure, cell: Cell | None) -> str:
    """Only a number has a unit and a basis; why there is none stands alone."""
    if cell is None or cell.value is None:
        return f"{label} {period}<br><b>{text}</b>"
    unit = "" if measure.kind == "share" else f" {measure.unit_words}"
    mark = BASIS_MARKS.get(cell.basis)
    words = f"<br>{mark.sign} {mark.name}" if mark else ""
    held = f"<br>{held_words(cell)}" if cell.is_held_back else ""
    return f"{label} {period}<br><b>{text}</b>{unit}{words}{held}"
