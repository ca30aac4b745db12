"""Makes the fourth report's printed numbers again from an open warehouse, and says of each how it went.

What is printed, and the expression that should give it, is data (`warehouse/reference/published_figure.csv`).
"""

from dataclasses import dataclass

from assets.methods.expression import Undefined, evaluate, tokens
from dashboards.signs import worst_basis
from pipelines.delivered_numbers import DeliveredNumbers, is_passed_through
from pipelines.printed_precision import agrees, tolerance
from pipelines.published_figure import PublishedFigure, published_figures
from warehouse.database import Connection

NOT_IN_WAREHOUSE = "warehouse"


@dataclass(frozen=True)
class Verdict:
    """How one printed number came out. `computed` and `tolerance` are in the printed unit.

    `verdict` is reproduced, report_inconsistent, uncertain, wrong or not_reproducible.
    `how` is `read` when the number is one delivered value passed through, else `computed`; None without an expression.
    `missing` names the source that would be needed, or `warehouse: …` and the first number the warehouse lacks.
    `basis` is the loosest basis of the numbers behind `computed`; None when there is none.
    """

    figure: PublishedFigure
    computed: float | None
    tolerance: float | None
    how: str | None
    verdict: str
    missing: str
    basis: str | None


def reproduce(connection: Connection) -> list[Verdict]:
    """A verdict on every printed number, in the order of the reference table."""
    numbers = DeliveredNumbers(connection)
    return [judge(figure, numbers) for figure in published_figures()]


def judge(figure: PublishedFigure, numbers: DeliveredNumbers) -> Verdict:
    """The verdict on one printed number."""
    if not figure.expression:
        return _not_reproducible(figure, figure.missing)
    named = tokens(figure.expression, period=figure.period, unit_code=figure.unit_code)
    found = {text: numbers.find(token) for text, token in named.items()}
    lacking = [str(named[text]) for text, number in found.items() if number is None]
    if lacking:
        return _not_reproducible(figure, f"{NOT_IN_WAREHOUSE}: {lacking[0]}")
    try:
        result = evaluate(figure.expression, {text: number.value for text, number in found.items()})
    except Undefined:
        return _not_reproducible(figure, f"{NOT_IN_WAREHOUSE}: divisor")
    computed = round(result * float(figure.scale), 9)
    basis = worst_basis(number.basis for number in found.values())
    return Verdict(figure, computed, _as_float(figure), how(figure), _verdict(figure, computed), "", basis)


def how(figure: PublishedFigure) -> str | None:
    """`read` for one delivered value passed through, `computed` for anything worked out."""
    if not figure.expression:
        return None
    named = tokens(figure.expression, period=figure.period, unit_code=figure.unit_code)
    is_one_name = list(named) == [figure.expression[1:-1]]
    return "read" if is_one_name and is_passed_through(*named.values()) else "computed"


def _verdict(figure: PublishedFigure, computed: float) -> str:
    if agrees(figure, computed):
        return "reproduced"
    if figure.inconsistency_id:
        return "report_inconsistent"
    return "wrong" if figure.confidence == "certain" else "uncertain"


def _not_reproducible(figure: PublishedFigure, missing: str) -> Verdict:
    return Verdict(figure, None, _as_float(figure), how(figure), "not_reproducible", missing, None)


def _as_float(figure: PublishedFigure) -> float | None:
    allowed = tolerance(figure)
    return None if allowed is None else float(allowed)
