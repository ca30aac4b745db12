"""The page of findings: what does not add up in the deliveries, unit by unit, worst first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.labels import FINDING_LEVELS, STEM_NAMES
from dashboards.pages.frame import Frame, Link, indicator_href
from dashboards.touching import finding_anchor
from warehouse.number_format import format_number

STATE_NAMES = {"åpen": "åpent", "forklart": "forklart", "akseptert": "akseptert", "rettet": "rettet"}
NO_UNIT = "Ikke knyttet til én enhet"


@dataclass(frozen=True)
class FindingEntry:
    """One finding as it is set on the page. `details` is empty where its numbers must not be told."""

    anchor: str
    level: str
    level_name: str
    state: str
    state_name: str
    about: str
    what: str
    details: str
    advice: str
    explanation: str
    indicators: tuple[Link, ...]


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one unit, worst first."""

    anchor: str
    unit_name: str
    entries: tuple[FindingEntry, ...]


def findings_context(frame: Frame) -> dict[str, Any]:
    """What `findings.html` needs."""
    found = frame.release.findings
    return {"groups": _groups(frame, found), "summary": summary(found), "finding_count": len(found)}


def summary(findings: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    """For each level: its name, how many are open, how many are explained or accepted, what the level means."""
    counts = Counter((finding["level"], finding["state"] == "åpen") for finding in findings)
    return [(name, format_number(counts[level, True], 0), format_number(counts[level, False], 0), meaning)
            for level, (name, meaning) in FINDING_LEVELS.items()]


def unit_anchor(unit_code: str | None) -> str:
    """The place of a unit on the page."""
    return f"enhet-{(unit_code or 'ingen').lower()}"


def _groups(frame: Frame, found: Iterable[Mapping[str, Any]]) -> list[FindingGroup]:
    by_unit: dict[str | None, list[FindingEntry]] = {code: [] for code in (*frame.release.units, None)}
    for place, finding in enumerate(found):
        code = finding["unit_code"] if finding["unit_code"] in frame.release.units else None
        by_unit[code].append(_entry(frame, finding, finding_anchor(place, finding)))
    return [FindingGroup(unit_anchor(code), frame.name(code) if code else NO_UNIT, tuple(entries))
            for code, entries in by_unit.items() if entries]


def _entry(frame: Frame, finding: Mapping[str, Any], anchor: str) -> FindingEntry:
    source = STEM_NAMES.get(finding["stem"] or "", "")
    about = " · ".join(filter(None, (finding["period"], source, finding["rule_id"])))
    return FindingEntry(
        anchor=anchor, level=finding["level"], level_name=FINDING_LEVELS[finding["level"]][0], state=finding["state"],
        state_name=STATE_NAMES[finding["state"]], about=about, what=finding["what"], details=finding["details"],
        advice=finding["advice"], explanation=finding["explanation"],
        indicators=tuple(Link(indicator_href(one), frame.release.indicators[one]["name_nb"])
                         for one in finding["indicator_ids"] if frame.has(one)))
