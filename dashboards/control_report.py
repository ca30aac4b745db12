"""The control report of one delivery: one page that needs nothing beside it, for the person who can mend the file.

Pure: the same report gives the same bytes. Whose numbers may stand in it is decided where the rows are gathered.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboards.control_sentence import Told, told
from dashboards.control_words import counted_levels, level_name, listed, period_name, said, words
from dashboards.labels import long_date
from warehouse.finding_levels import GRAVE_LEVELS, LEVELS
from warehouse.rule_table import name_and_advice

HERE = Path(__file__).parent
STYLES = ("site.css", "control_report.css")
MOST_LINES_SHOWN = 5
SUM_LENGTH = 12
FORMS = ("tertial_reports", "data_requests")

Row = Mapping[str, Any]
LineFields = Mapping[int, Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Delivered:
    """What the report is about. `delivery_id` and `received_on` (ISO) are None for a file not delivered.

    `outcome` is in_force, replaced, refused, would_be_taken or would_be_refused; `as_of` (ISO) the day it is judged for.
    """

    file_name: str
    stem: str | None
    unit_names: tuple[str, ...]
    periods: tuple[str, ...]
    sha256: str
    outcome: str
    delivery_id: int | None = None
    received_on: str | None = None
    version: int | None = None
    form_version: str | None = None
    as_of: str | None = None
    is_constructed: bool = False
    is_of_municipality: bool = True


@dataclass(frozen=True)
class ControlReport:
    """A delivery, the controls run on it (rule id and level, in order), and its findings (rows of findings.finding).

    `lines`: the fields of the lines the findings name, by line number; `workbook_name`: the workbook handed back.
    """

    delivered: Delivered
    controls: tuple[tuple[str, str], ...]
    findings: tuple[Row, ...]
    lines: LineFields = field(default_factory=dict)
    workbook_name: str | None = None
    is_across: bool = False


@dataclass(frozen=True)
class ControlLine:
    """One control in the summary; `href` leads to its findings."""

    rule_id: str
    name: str
    level_name: str
    result: str
    href: str


@dataclass(frozen=True)
class FindingLine:
    """One finding in the report."""

    told: Told
    state_name: str
    reference: str
    explained_by: str
    lines: tuple[tuple[int, Sequence[tuple[str, str]]], ...]


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one control and level."""

    anchor: str
    level: str
    level_name: str
    rule_id: str
    name: str
    advice: str
    lines: tuple[FindingLine, ...]


def control_report_page(report: ControlReport, language: str) -> bytes:
    """The page. Raises KeyError for a language there is not."""
    groups = finding_groups(report, language)
    text = _environment().get_template("control_report.html").render(
        language=language, t=words(language), style=_style(), head=_head(report.delivered, language),
        title=_title(report.delivered, language), verdict=verdict(report, language), worst=_worst(report),
        outcome=report.delivered.outcome, delivered=report.delivered, controls=control_lines(report, groups, language),
        groups=groups, count=len(report.findings), scope=_scope(report, language), steps=_steps(report, language),
        levels=[(level, level_name(level, language), words(language)[f"means_{level}"]) for level in reversed(LEVELS)],
        controls_lead=said("summary_lead", language, count=len(report.controls)))
    return text.encode("utf-8")


def verdict(report: ControlReport, language: str) -> str:
    """The report in one or two sentences."""
    open_ones = Counter(row["level"] for row in report.findings if row["state"] == "åpen")
    explained = len(report.findings) - sum(open_ones.values())
    if not report.findings:
        return f"{words(language)['no_faults']}."
    if not open_ones:
        return said("only_explained", language, count=explained)
    first = said("found_open", language, counts=counted_levels(open_ones, language))
    return f"{first} {said('found_explained', language, count=explained)}" if explained else first


def finding_groups(report: ControlReport, language: str) -> tuple[FindingGroup, ...]:
    """The findings worst first, those of one control and level together, open ones before explained ones."""
    by_control: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(report.findings, key=lambda row: (-LEVELS.index(row["level"]), row["state"] != "åpen")):
        by_control.setdefault((row["level"], row["rule_id"]), []).append(row)
    return tuple(_group(level, rule_id, rows, report.lines, language) for (level, rule_id), rows in by_control.items())


def control_lines(report: ControlReport, groups: Sequence[FindingGroup], language: str) -> tuple[ControlLine, ...]:
    """Every control that was run: those that found something first, worst first, then the others in their order."""
    counts, worst = Counter(), {}
    for group in groups:
        counts[group.rule_id] += len(group.lines)
        worst.setdefault(group.rule_id, group)
    found = [ControlLine(rule_id, group.name, group.level_name,
                         said("result_found", language, count=counts[rule_id]), f"#{group.anchor}")
             for rule_id, group in worst.items()]
    clean = [ControlLine(rule_id, name_and_advice(rule_id, language)[0], level_name(level, language),
                         words(language)["no_faults"], "")
             for rule_id, level in dict(report.controls).items() if rule_id not in counts]
    return tuple(found + clean)


def _group(level: str, rule_id: str, rows: list[Row], lines: LineFields, language: str) -> FindingGroup:
    name, advice = name_and_advice(rule_id, language)
    return FindingGroup(f"kontroll-{rule_id.lower()}-{level}", level, level_name(level, language), rule_id, name,
                        advice, tuple(_line(row, lines, language) for row in rows))


def _line(row: Row, lines: LineFields, language: str) -> FindingLine:
    numbers = [int(number) for number in (row["line_numbers"] or "").split(",") if number]
    shown = () if row.get("is_withheld") else tuple(
        (number, lines[number]) for number in numbers if number in lines)[:MOST_LINES_SHOWN]
    in_words = told(row, language)
    return FindingLine(in_words, words(language)[f"state_{row['state']}"], (row.get("finding_id") or "")[:8],
                       said("explained_by", language, by=in_words.explained_by), shown)


def _worst(report: ControlReport) -> str:
    """The gravest level that is open; `ingen` without any."""
    open_ones = [LEVELS.index(row["level"]) for row in report.findings if row["state"] == "åpen"]
    return LEVELS[max(open_ones)] if open_ones else "ingen"


def _title(delivered: Delivered, language: str) -> str:
    about = ", ".join(filter(None, [_units(delivered, language), _periods(delivered.periods, language)]))
    return said("title_for", language, name=about) if about else words(language)["title"]


def _units(delivered: Delivered, language: str) -> str:
    if len(delivered.unit_names) > 3:
        return words(language)["several_units"]
    return listed(list(delivered.unit_names), language)


def _periods(periods: Sequence[str], language: str) -> str:
    if len(periods) > 2:
        return f"{periods[0][:4]}–{periods[-1][:4]}"
    return listed([period_name(period, language) for period in periods], language)


def _head(delivered: Delivered, language: str) -> list[tuple[str, str]]:
    """The facts at the top, as label and text; what is not known is left out."""
    t = words(language)
    received = long_date(delivered.received_on) if delivered.received_on else t["not_delivered"]
    facts = [
        ("municipality" if delivered.is_of_municipality else "unit", _units(delivered, language)),
        ("period", _periods(delivered.periods, language)),
        ("source", t[f"source_{delivered.stem}"] if delivered.stem else ""),
        ("file", delivered.file_name), ("received", received), ("outcome", t[f"outcome_{delivered.outcome}"]),
        ("delivery", str(delivered.delivery_id or "")), ("version", str(delivered.version or "")),
        ("form_version", delivered.form_version or ""), ("sum", delivered.sha256[:SUM_LENGTH]),
        ("as_of", long_date(delivered.as_of) if delivered.as_of else "")]
    return [(t[key], text) for key, text in facts if text]


def _scope(report: ControlReport, language: str) -> str:
    """Which kinds of controls the list holds."""
    if report.delivered.outcome in ("refused", "would_be_refused"):
        return words(language)["summary_stopped"]
    return words(language)["summary_across" if report.is_across else "summary_alone"]


def _steps(report: ControlReport, language: str) -> list[str]:
    """What to do with the findings, in order."""
    t, delivered = words(language), report.delivered
    if not any(row["state"] == "åpen" and (row["level"] in GRAVE_LEVELS or row["level"] == "advarsel")
               for row in report.findings):
        return [t["nothing_to_do"]]
    is_form, is_before = delivered.stem in FORMS, delivered.delivery_id is None
    if report.workbook_name:
        mend = said("mend_workbook", language, workbook=report.workbook_name, sheet=t["sheet"])
    else:
        mend = t["mend_form" if is_form else "mend_file"]
    explain = t["explain_form" if is_form else "explain_before" if is_before else "explain_file"]
    can_be_explained = delivered.outcome not in ("refused", "would_be_refused")
    return [mend, *([explain] if can_be_explained else []), t["deliver_first" if is_before else "deliver"]]


@cache
def _style() -> Markup:
    """The site's own stylesheet and the report's, to be written into the page."""
    return Markup("\n".join((HERE / "static" / name).read_text(encoding="utf-8") for name in STYLES))


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
