"""The few numbers at the top of a municipality's page."""

from dataclasses import dataclass

from dashboards.measures import missing_sign
from dashboards.number_marks import NumberMark, finding_mark, held_mark
from dashboards.pages.frame import Frame
from dashboards.signs import BASIS_MARKS, Sign

CHOSEN = (
    ("E2-01", "trial_cost=included", "Netto driftsutgifter med forsøket"),
    ("E2-02", "trial_cost=excluded", "Netto driftsutgifter uten forsøket"),
    ("G1-06", "", "Egenfinansiering"),
    ("B3-01", "", "Andel barn med tiltak som er plassert"),
)


@dataclass(frozen=True)
class Headline:
    """One number with its label, unit and year."""

    label: str
    number: str
    unit_words: str
    year: str
    mark: Sign | None
    finding: NumberMark | None = None
    held: NumberMark | None = None


def headlines(frame: Frame, code: str) -> list[Headline]:
    """The latest number of each chosen indicator the municipality has."""
    found = [_headline(frame, code, *one) for one in CHOSEN]
    return [one for one in found if one]


def _headline(frame: Frame, code: str, indicator_id: str, breakdown: str, label: str) -> Headline | None:
    series = frame.published.series(indicator_id, code, breakdown)
    if series is None:
        return None
    measure, year = frame.measure(indicator_id), max(series.cells)
    cell = series.cells[year]
    sign = missing_sign(cell)
    number = sign.name if sign else measure.number(cell.value)
    unit_words = "" if sign or measure.kind == "share" else measure.unit_words
    return Headline(label, number, unit_words, year, None if sign else BASIS_MARKS.get(cell.basis),
                    finding_mark(cell), held_mark(cell))
