"""Whether the tertial reports get better: findings per report and fields filled in, tertial by tertial.

Findings of a report are those about its unit and tertial, in whatever state: an explained one was a fault, or a doubt, of
the report all the same. They are counted as the release tells them: alike ones without numbers once.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.figures.block import FigureBlock, block, panel
from dashboards.figures.drawn import Drawn
from dashboards.figures.lines import line_figure
from dashboards.pages.frame import Frame
from warehouse.number_format import format_number, format_percent

Report = Mapping[str, Any]


@dataclass(frozen=True)
class Quality:
    """One way to see a report's quality: a number per report, what it is called, and how it is written."""

    name: str
    unit_words: str
    of_report: Callable[[Report, Counter], float]
    as_text: Callable[[float], str]


@dataclass(frozen=True)
class QualityTable:
    """The same numbers as the figure: a row per municipality, a text per tertial; empty without a report."""

    table_id: str
    caption: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


QUALITIES = {
    "funn": Quality("Funn per tertialrapport", "antall funn",
                    lambda report, findings: findings[report["unit_code"], report["period"]],
                    lambda number: format_number(number, 0)),
    "felt": Quality("Felt som er fylt ut", "prosent av feltene i skjemaet",
                    lambda report, _: 100 * report["told_count"] / report["field_count"],
                    lambda number: format_percent(number / 100, 0)),
}


def quality_figure(frame: Frame, periods: list[str]) -> FigureBlock | None:
    """A panel for each way to see it, a line per municipality; None without a report."""
    panels, several = [], []
    for key, quality in QUALITIES.items():
        lines = [_line(frame, quality, code, periods) for code in _codes(frame)]
        if not any(line.has_numbers for line in lines):
            return None
        highest = max(value for line in lines for value in line.y if value is not None)
        top = 105.0 if key == "felt" else max(4.0, highest * 1.15)
        panels.append(panel(f"figur-kvalitet-{key}", quality.name, quality.name, quality.unit_words, lines,
                            line_figure(lines, quality.unit_words.capitalize(), (0.0, top))))
        several.append(lines)
    return block(panels, several, is_bars=False, has_own_scales=True)


def quality_tables(frame: Frame, periods: list[str]) -> list[QualityTable]:
    """The numbers of the figure."""
    return [QualityTable(f"tabell-kvalitet-{key}", f"{quality.name} ({quality.unit_words})", tuple(
        (frame.name(code), _line(frame, quality, code, periods).said) for code in _codes(frame)))
        for key, quality in QUALITIES.items()]


def _codes(frame: Frame) -> list[str]:
    told = {report["unit_code"] for report in frame.release.reports}
    return [code for code in frame.published.municipality_codes() if code in told]


def _line(frame: Frame, quality: Quality, code: str, periods: list[str]) -> Drawn:
    findings = Counter((finding["unit_code"], finding["period"]) for finding in frame.release.findings)
    delivered = {report["period"]: report for report in frame.release.reports
                 if report["unit_code"] == code and report["report_state"] == "delivered" and report["field_count"]}
    y = [quality.of_report(delivered[period], findings) if period in delivered else None for period in periods]
    said = ["ingen rapport" if value is None else quality.as_text(value) for value in y]
    return Drawn(
        frame.name(code), frame.styles[code], tuple(periods), tuple(None if value is None else float(value) for value in y),
        tuple(said), tuple(f"{frame.name(code)} {period}<br><b>{text}</b>" for period, text in zip(periods, said, strict=True)),
        (True,) * len(periods))
