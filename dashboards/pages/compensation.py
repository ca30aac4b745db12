"""Compensation against the cost of the trial (M2): panel, table rows and the balance in words, per municipality.

M1 is another definition and never stands in the same figure.
"""

from dataclasses import dataclass

from dashboards.figures.bars import bar_figure
from dashboards.figures.block import FigureBlock, block, panel
from dashboards.figures.drawn import Drawn, drawn
from dashboards.figures.layout import common_range
from dashboards.figures.style import COMPENSATION, TRIAL_COST
from dashboards.labels import listed
from dashboards.measures import missing_sign
from dashboards.number_marks import NumberMark, finding_mark, held_mark, held_words
from dashboards.pages.frame import Frame
from dashboards.published import Cell, Series, periods_of
from dashboards.signs import BASIS_MARKS, Sign, worst_basis
from dashboards.tables import RowSpec
from warehouse.number_format import MINUS, format_number

COMPENSATION_ID, TRIAL_COST_ID, BALANCE_ID = "G1-03", "G1-02", "G1-04"
ROW_LABELS = {COMPENSATION_ID: "Kompensasjon", TRIAL_COST_ID: "Merkostnad (M2)", BALANCE_ID: "Netto gevinst"}


@dataclass(frozen=True)
class Balance:
    """The balance of a municipality in one year: a number to look at and a sentence to read.

    `is_covered` is None where nobody can say: the balance is hidden, missing or held back.
    """

    unit_name: str
    year: str
    number: str
    sentence: str
    mark: Sign | None
    is_covered: bool | None
    is_shown: bool = True
    finding: NumberMark | None = None
    held: NumberMark | None = None


def compensation_periods(frame: Frame) -> list[str]:
    """The years in which some municipality has compensation or cost of the trial."""
    found = [_series(frame, one, code) for one in (COMPENSATION_ID, TRIAL_COST_ID)
             for code in frame.municipality_codes]
    return periods_of([series for series in found if series])


def compensation_figure(frame: Frame, codes: list[str]) -> FigureBlock | None:
    """A panel per municipality on a common scale; None when no number can be drawn."""
    periods, measure = compensation_periods(frame), frame.measure(COMPENSATION_ID)
    panels = {code: _pair(frame, code, periods) for code in codes}
    panels = {code: pair for code, pair in panels.items() if any(one.has_numbers for one in pair)}
    if not panels:
        return None
    y_range = common_range(list(panels.values()))
    return block(
        [panel(f"figur-kompensasjon-{code}", frame.name(code) if len(codes) > 1 else "",
               f"Kompensasjon og merkostnad (M2) i {frame.name(code)}", measure.unit_words, pair,
               bar_figure(pair, measure.axis_title, y_range, with_numbers=True)) for code, pair in panels.items()],
        list(panels.values()), is_bars=True)


def compensation_rows(frame: Frame, code: str) -> list[RowSpec]:
    """Compensation, cost of the trial and balance as table rows."""
    return [(label, frame.measure(indicator_id), series) for indicator_id, label in ROW_LABELS.items()
            if (series := _series(frame, indicator_id, code))]


def balance(frame: Frame, code: str, year: str) -> Balance:
    """The balance of one municipality in words."""
    cells = [_cell(frame, indicator_id, code, year) for indicator_id in ROW_LABELS]
    hidden = missing_sign(cells[2])
    if hidden:
        words = f"Netto gevinst i {year} kan ikke vises: {hidden.name}."
        return Balance(frame.name(code), year, hidden.sign, words, None, None, is_shown=False,
                       finding=finding_mark(cells[2]) if cells[2] else None)
    mark = BASIS_MARKS.get(worst_basis(cell.basis for cell in cells if cell))
    number = frame.measure(BALANCE_ID).number(cells[2].value)
    held = next((cell for cell in cells if cell and cell.is_held_back), None)
    words = f"{held_words(held)}." if held else balance_sentence(frame.name(code), year, cells)
    return Balance(frame.name(code), year, number, words, mark, None if held else not number.startswith(MINUS),
                   finding=finding_mark(cells[2]), held=held_mark(cells[2]))


def balance_sentence(unit_name: str, year: str, cells: list[Cell | None]) -> str:
    """Compensation, cost and balance (in that order) as two sentences; the balance must be shown."""
    compensation, cost, gain = (cell.value if cell else None for cell in cells)
    amount = format_number(abs(gain), 1)
    outcome = {"+": f"Kompensasjonen var {amount} millioner kroner større enn merkostnaden.",
               MINUS: f"Merkostnaden var {amount} millioner kroner større enn kompensasjonen."}.get(
        format_number(gain, 1, signed=True)[0], "Kompensasjonen og merkostnaden var like store.")
    if compensation is None or cost is None:
        return outcome
    return (f"I {year} fikk {unit_name} {format_number(compensation, 1)} millioner kroner i kompensasjon og førte "
            f"{format_number(cost, 1)} millioner kroner på forsøket. {outcome}")


def verdict(balances: list[Balance]) -> str:
    """Where the compensation covers the cost and where it does not, in one sentence; empty when nothing is shown."""
    covered, uncovered = ([one.unit_name for one in balances if one.is_covered is answer] for answer in (True, False))
    if not covered and not uncovered:
        return ""
    opening = f"I {balances[0].year} dekket kompensasjonen"
    if not covered:
        return f"{opening} ikke merkostnaden i {listed(uncovered, 'eller')}."
    exception = f", men ikke i {listed(uncovered)}" if uncovered else ""
    return f"{opening} merkostnaden i {listed(covered)}{exception}."


def _pair(frame: Frame, code: str, periods: list[str]) -> list[Drawn]:
    styles = {COMPENSATION_ID: COMPENSATION, TRIAL_COST_ID: TRIAL_COST}
    return [drawn(frame.measure(one), series, ROW_LABELS[one], style, periods) for one, style in styles.items()
            if (series := _series(frame, one, code))]


def _series(frame: Frame, indicator_id: str, code: str) -> Series | None:
    return frame.published.series(indicator_id, code)


def _cell(frame: Frame, indicator_id: str, code: str, year: str) -> Cell | None:
    series = _series(frame, indicator_id, code)
    return series.cells.get(year) if series else None
