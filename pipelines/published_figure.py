"""The printed numbers of the fourth report, as told in `warehouse/reference/published_figure.csv`.

Grain: one printed number, statement of order, or check that combines printed numbers.
"""

from dataclasses import dataclass
from decimal import Decimal

from warehouse.reference_data import reference_rows

QUALIFIERS = (
    "exact", "ca", "naer", "rundt", "innen_1_prosent", "over", "minst", "opp_mot", "rett_under")
CONFIDENCES = ("certain", "likely", "ambiguous")


@dataclass(frozen=True)
class PublishedFigure:
    """One printed number in its printed unit. `expression` times `scale` should give it; without an expression,
    `missing` is the source that would be needed. `tolerance` is set only where the last printed digit says too little
    about how precise the number is (a round number, a difference of two rounded ones)."""

    fact_id: str
    origin_nb: str
    unit_code: str
    period: str
    description_nb: str
    published: Decimal | None
    unit: str
    decimals: int
    qualifier: str
    confidence: str
    tolerance: Decimal | None
    expression: str
    scale: Decimal
    indicator_id: str
    breakdown: str
    inconsistency_id: str
    missing: str


def published_figures() -> list[PublishedFigure]:
    """Every printed number, in the order of the reference table."""
    return [_figure(row) for row in reference_rows("published_figure")]


def _figure(row: dict[str, str]) -> PublishedFigure:
    numbers = {
        "published": Decimal(row["published"]) if row["published"] else None,
        "decimals": int(row["decimals"] or 0),
        "tolerance": Decimal(row["tolerance"]) if row["tolerance"] else None,
        "scale": Decimal(row["scale"]),
    }
    return PublishedFigure(**(row | numbers))
