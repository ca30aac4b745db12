"""The trace pages: one for each indicator, with the files behind every number of it that is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dashboards.labels import STEM_NAMES, breakdown_label, short_date, whole_label
from dashboards.pages.frame import Frame, indicator_href
from dashboards.published import trace_anchor, trace_page


@dataclass(frozen=True)
class TracedFile:
    """A file behind a number: `place` is its sheets or lines, empty where they are not told."""

    source: str
    file_name: str
    version: int
    received_on: str
    place: str


@dataclass(frozen=True)
class TracedNumber:
    """A number that is shown, by its period and breakdown, and the files behind it."""

    anchor: str
    label: str
    is_corrected: bool
    files: tuple[TracedFile, ...]


def trace_pages(frame: Frame) -> list[tuple[str, dict[str, Any]]]:
    """The path and the context of every trace page."""
    by_indicator: dict[str, list[dict[str, Any]]] = {}
    for trace in frame.release.traces:
        by_indicator.setdefault(trace["indicator_id"], []).append(trace)
    return [(trace_page(indicator_id), _context(frame, indicator_id, traces))
            for indicator_id, traces in by_indicator.items()]


def _context(frame: Frame, indicator_id: str, traces: list[dict[str, Any]]) -> dict[str, Any]:
    catalogue = frame.release.indicators[indicator_id]
    by_unit: dict[str, list[TracedNumber]] = {}
    for trace in traces:
        by_unit.setdefault(trace["unit_code"], []).append(_number(frame, trace))
    return {
        "indicator_id": indicator_id, "name": catalogue["name_nb"], "formula": catalogue["formula_nb"],
        "definition": catalogue["definition_nb"], "href": indicator_href(indicator_id),
        "units": [(frame.name(code), by_unit[code]) for code in frame.release.units if code in by_unit],
    }


def _number(frame: Frame, trace: dict[str, Any]) -> TracedNumber:
    breakdowns = frame.published.breakdowns(trace["indicator_id"])
    label = trace["period"]
    if breakdowns != [""]:
        label += ": " + (breakdown_label(trace["breakdown"]) if trace["breakdown"] else whole_label(breakdowns))
    files = tuple(TracedFile(_source(file), file["file_name"], file["version"], short_date(file["received_on"]),
                             _place(file)) for file in trace["files"])
    return TracedNumber(trace_anchor(trace["unit_code"], trace["period"], trace["breakdown"]), label,
                        trace["is_corrected"], files)


def _source(file: dict[str, Any]) -> str:
    """The source, with the number of the municipality that sent it: two of them may call their files the same."""
    name = STEM_NAMES[file["stem"]]
    return f"{name} fra {file['sender_code']}" if file["sender_code"] else name


def _place(file: dict[str, Any]) -> str:
    if file["sheets"]:
        return "ark " + ", ".join(f"«{sheet}»" for sheet in file["sheets"])
    if file["lines"]:
        return "linje " + ", ".join(_runs(file["lines"]))
    return ""


def _runs(numbers: Iterable[int]) -> list[str]:
    """Line numbers with those that follow each other as one: 3, 5–8."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ["–".join(str(number) for number in run) for run in runs]
