"""The page of one delmål: its indicators under their problemstilling."""

from typing import Any

from dashboards.labels import delmaal_heading
from dashboards.pages.frame import Frame
from dashboards.pages.indicator_section import IndicatorSection, indicator_section


def delmaal_context(frame: Frame, letter: str) -> dict[str, Any]:
    """What `delmaal.html` needs."""
    sections: dict[str, list[IndicatorSection]] = {}
    for indicator_id in frame.published.indicator_ids():
        if frame.release.indicators[indicator_id]["delmaal"] == letter:
            section = indicator_section(frame, indicator_id)
            sections.setdefault(section.problemstilling, []).append(section)
    return {"heading": delmaal_heading(letter), "problemstillinger": sections}
