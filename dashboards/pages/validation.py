"""The page of validation: which reports have come, what is open and how old it is, whether the reports get better."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.labels import FINDING_LEVELS, short_date
from dashboards.pages.findings import FINDINGS_PAGE, NO_UNIT, unit_anchor
from dashboards.pages.frame import Frame, Link, indicator_href
from dashboards.pages.report_quality import quality_figure, quality_tables
from warehouse.number_format import format_number

VALIDATION_PAGE = "kontroll.html"
OPEN = "åpen"
MOST_TOUCHED_NAMED = 3
STATES = {"delivered": ("Levert", "✓"), "missing": ("Mangler", "✕"), "awaited": ("Ventes", "…"), "not_over": ("Ikke over", "…")}
AGES: tuple[tuple[int | None, str], ...] = (
    (30, "under 30 dager"), (90, "30–89 dager"), (365, "90–364 dager"), (None, "ett år eller mer"))
"""A month is what a municipality has from a tertial's end to its deadline; after a year nobody remembers the figures."""


@dataclass(frozen=True)
class ReportCell:
    """One municipality's report for one tertial: a sign, a word, and lines of detail; `state` is a class of style."""

    state: str
    sign: str
    word: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class OpenRule:
    """The open findings of one rule about one unit: in which periods, the age of the oldest, the numbers they touch."""

    level_name: str
    what: str
    about: Link
    periods: tuple[str, ...]
    age: str
    touched: tuple[Link, ...]
    more: int


def validation_context(frame: Frame) -> dict[str, Any]:
    """What `validation.html` needs."""
    release = frame.release
    periods = sorted({report["period"] for report in release.reports})
    still_open = [finding for finding in release.findings if finding["state"] == OPEN]
    return {
        "periods": periods, "rows": _completeness(frame, periods), "summary": completeness_sentence(release.reports),
        "age_names": [name for _, name in AGES], "ages": age_table(still_open, release.as_of),
        "unknown_age": any(_days(finding, release.as_of) is None for finding in still_open),
        "open_findings": _open_rules(frame, still_open),
        "figure_block": quality_figure(frame, periods), "quality": quality_tables(frame, periods),
    }


def completeness_sentence(reports: Sequence[Mapping[str, Any]]) -> str:
    """How many of the reports that are due have come."""
    counts = Counter(report["report_state"] for report in reports)
    due = counts["delivered"] + counts["missing"]
    if not due:
        return "Ingen rapporteringsfrist er gått ut ennå."
    missing = f"{format_number(counts['missing'], 0)} mangler" if counts["missing"] else "ingen mangler"
    return f"{format_number(counts['delivered'], 0)} av {format_number(due, 0)} tertialrapporter er levert; {missing}."


def age_table(still_open: Iterable[Mapping[str, Any]], as_of: str) -> list[tuple[str, list[str], str]]:
    """For each level: its name, how many open findings of each age, and how many in all, as text."""
    counts = Counter((finding["level"], _bucket(_days(finding, as_of))) for finding in still_open)
    table = []
    for level, (name, _) in FINDING_LEVELS.items():
        numbers = [counts[level, place] for place in range(len(AGES))]
        table.append((name, [format_number(number, 0) for number in numbers],
                      format_number(sum(numbers) + counts[level, None], 0)))
    return table


def _days(finding: Mapping[str, Any], as_of: str) -> int | None:
    """Days since it was found; None for one whose history is not kept."""
    since = finding.get("open_since")
    return (date.fromisoformat(as_of) - date.fromisoformat(since)).days if since else None


def _bucket(days: int | None) -> int | None:
    if days is None:
        return None
    return next(place for place, (below, _) in enumerate(AGES) if below is None or days < below)


def _completeness(frame: Frame, periods: list[str]) -> list[tuple[str, list[ReportCell | None]]]:
    reports = {(report["unit_code"], report["period"]): report for report in frame.release.reports}
    findings = Counter((finding["unit_code"], finding["period"], finding["state"] == OPEN)
                       for finding in frame.release.findings)
    codes = [code for code in frame.published.municipality_codes() if any(code == unit for unit, _ in reports)]
    return [(frame.name(code), [_cell(reports.get((code, period)), findings) for period in periods]) for code in codes]


def _cell(report: Mapping[str, Any] | None, findings: Counter) -> ReportCell | None:
    if report is None:
        return None
    word, sign = STATES[report["report_state"]]
    return ReportCell(report["report_state"], sign, word, tuple(_details(report, findings)))


def _details(report: Mapping[str, Any], findings: Counter) -> Iterable[str]:
    if report["report_state"] == "delivered":
        yield short_date(report["received_on"]) + (f", versjon {report['version']}" if (report["version"] or 1) > 1 else "")
    else:
        yield f"frist {short_date(report['deadline'])}"
    for is_open, one, several in ((True, "åpent funn", "åpne funn"), (False, "forklart funn", "forklarte funn")):
        if number := findings[report["unit_code"], report["period"], is_open]:
            yield f"{format_number(number, 0)} {one if number == 1 else several}"


def _open_rules(frame: Frame, still_open: Iterable[Mapping[str, Any]]) -> list[OpenRule]:
    """One entry per rule, level and unit; the gravest and oldest first."""
    together: dict[tuple[str, str, str | None], list[Mapping[str, Any]]] = {}
    for finding in still_open:
        together.setdefault((finding["level"], finding["rule_id"], finding["unit_code"]), []).append(finding)
    gravity = list(FINDING_LEVELS)
    return [_open_rule(frame, findings) for (level, *_), findings in sorted(
        together.items(), key=lambda item: (gravity.index(item[0][0]), _oldest(item[1])))]


def _oldest(findings: Iterable[Mapping[str, Any]]) -> str:
    return min(finding.get("open_since") or "9999" for finding in findings)


def _open_rule(frame: Frame, findings: list[Mapping[str, Any]]) -> OpenRule:
    first = findings[0]
    unit_code = first["unit_code"] if first["unit_code"] in frame.release.units else None
    ids = dict.fromkeys(one for finding in findings for one in finding["indicator_ids"] if frame.has(one))
    touched = [Link(indicator_href(one), frame.release.indicators[one]["name_nb"]) for one in ids]
    days = [age for finding in findings if (age := _days(finding, frame.release.as_of)) is not None]
    return OpenRule(
        FINDING_LEVELS[first["level"]][0], first["what"],
        Link(f"{FINDINGS_PAGE}#{unit_anchor(unit_code)}", frame.name(unit_code) if unit_code else NO_UNIT),
        tuple(sorted({finding["period"] for finding in findings if finding["period"]})), _age_words(max(days, default=None)),
        tuple(touched[:MOST_TOUCHED_NAMED]), max(0, len(touched) - MOST_TOUCHED_NAMED))


def _age_words(days: int | None) -> str:
    if days is None:
        return "ikke kjent"
    return "i dag" if days == 0 else "1 dag" if days == 1 else f"{format_number(days, 0)} dager"
