"""How near a computed number must come to a printed one, given how the report words it."""

from decimal import Decimal

from pipelines.published_figure import PublishedFigure

FLOAT_NOISE = Decimal("1e-9")
_TWO_PERCENT = Decimal("0.02")
_ONE_PERCENT = Decimal("0.01")


def tolerance(figure: PublishedFigure) -> Decimal | None:
    """The largest difference that counts as agreement, in the printed unit; None where only the order counts.

    Half the last printed digit; for «ca.», «nær» and «rundt» 2 % if that is more; for «rett under» 2 % below.
    """
    if figure.published is None or figure.qualifier in ("over", "minst", "opp_mot"):
        return None
    if figure.tolerance is not None:
        return figure.tolerance
    size = abs(figure.published)
    half_last_digit = Decimal(5).scaleb(-figure.decimals - 1)
    match figure.qualifier:
        case "ca" | "naer" | "rundt":
            return max(size * _TWO_PERCENT, half_last_digit)
        case "rett_under":
            return size * _TWO_PERCENT
        case "innen_1_prosent":
            return size * _ONE_PERCENT
    return half_last_digit


def agrees(figure: PublishedFigure, computed: float) -> bool:
    """Whether the computed number, in the printed unit, is what the report prints. The figure must have a number."""
    difference = Decimal(repr(computed)) - figure.published
    allowed = tolerance(figure)
    match figure.qualifier:
        case "over" | "minst":
            return difference >= -FLOAT_NOISE
        case "opp_mot":
            return difference <= FLOAT_NOISE
        case "rett_under":
            return -allowed - FLOAT_NOISE <= difference < 0
    return abs(difference) <= allowed + FLOAT_NOISE
