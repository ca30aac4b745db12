"""The page of one indicator's traces: for every number that is shown, the numbers and the delivered files it is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dashboards.labels import STEM_NAMES, breakdown_label, listed, short_date
from dashboards.measures import Measure
from dashboards.pages.frame import Frame, indicator_href
from dashboards.published import Cell, Series
from dashboards.release import TracedPart
from dashboards.signs import BASIS_MARKS, CORRECTION_MARK, Sign
from dashboards.tables import number_href, trace_anchor
from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows

BASELINE = "2015"
_ROLES = {"numerator": "Teller", "denominator": "Nevner"}


@dataclass(frozen=True)
class Input:
    """A number of the release that the number is worked out from."""

    href: str
    name: str
    number: str


@dataclass(frozen=True)
class Source:
    """The files of one source in one role of a term; `files` in words."""

    role: str
    name: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class TracedNumber:
    """One number that is shown, with where it comes from."""

    anchor: str
    heading: str
    number: str
    mark: Sign | None
    correction: Sign | None
    inputs: tuple[Input, ...]
    sources: tuple[Source, ...]


def trace_pages(frame: Frame) -> list[str]:
    """The indicators that have a page of traces, in the catalogue's order."""
    traced = {key[0] for key in frame.release.traces}
    return [indicator_id for indicator_id in frame.published.indicator_ids() if indicator_id in traced]


def trace_context(frame: Frame, indicator_id: str) -> dict[str, Any]:
    """What `trace.html` needs."""
    measure = frame.measure(indicator_id)
    units = ((frame.name(code), tuple(_numbers(frame, measure, code)))
             for code in frame.published.unit_codes(indicator_id))
    return {"measure": measure, "href": indicator_href(indicator_id),
            "formula": frame.release.indicators[indicator_id]["formula_nb"],
            "units": [(name, numbers) for name, numbers in units if numbers]}


def _numbers(frame: Frame, measure: Measure, code: str) -> Iterator[TracedNumber]:
    several = [series for breakdown in frame.published.breakdowns(measure.indicator_id)
               if (series := frame.published.series(measure.indicator_id, code, breakdown))]
    for series in several:
        for period in sorted(series.traced, reverse=True):
            yield _number(frame, measure, series, period, series.cells[period])


def _number(frame: Frame, measure: Measure, series: Series, period: str, cell: Cell) -> TracedNumber:
    parts = frame.release.traces[measure.indicator_id, series.breakdown, series.unit_code, period]
    words = f", {breakdown_label(series.breakdown).lower()}" if series.breakdown else ""
    return TracedNumber(
        trace_anchor(series.unit_code, period, series.breakdown), f"{period}{words}", measure.number(cell.value),
        BASIS_MARKS.get(cell.basis), CORRECTION_MARK if cell.is_corrected else None,
        tuple(_inputs(frame, measure.indicator_id, series, period)), tuple(_sources(parts)))


def _inputs(frame: Frame, indicator_id: str, series: Series, period: str) -> Iterator[Input]:
    """The numbers of the release that the catalogue says this one is worked out from; only those that are shown."""
    for row in reference_rows("indicator_input"):
        if (row["indicator_id"], row["breakdown"]) != (indicator_id, series.breakdown):
            continue
        when, name = BASELINE if row["is_baseline"] == "true" else period, row["input_indicator_id"]
        source = frame.published.series(name, series.unit_code, row["input_breakdown"])
        if source is not None and when in source.traced:
            measure = frame.measure(name)
            words = f", {breakdown_label(source.breakdown).lower()}" if source.breakdown else ""
            yield Input(number_href(name, source, when), f"{measure.name} {when}{words}",
                        f"{measure.number(source.value(when))} ({measure.unit_words})")


def _sources(parts: tuple[TracedPart, ...]) -> Iterator[Source]:
    has_terms = len({part.term for part in parts}) > 1
    for (term, role, stem), files in groupby(parts, key=lambda part: (part.term, part.role, part.stem)):
        words = f"{_ROLES[role]} i ledd {term}" if has_terms else _ROLES[role]
        yield Source(words, STEM_NAMES[stem], tuple(_file(part) for part in files))


def _file(part: TracedPart) -> str:
    """`hovedbok_2018.csv (leveranse 12, versjon 1, mottatt 20.02.2019), 2018, linje 3–8`."""
    version = f", versjon {part.version}" if part.version else ""
    about = f"leveranse {part.delivery_id}{version}, mottatt {short_date(part.received_on)}"
    amount = "" if part.amount is None else f"til sammen {format_number(part.amount, 0)}"
    return ", ".join(filter(None, (f"{part.file_name} ({about})", listed(list(part.periods)), part.places, amount)))
