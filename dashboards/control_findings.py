"""What a control report holds: the delivery, the controls run on it, and its findings grouped by control, worst first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.control_sentence import Told, told
from dashboards.control_words import counted_levels, level_name, said, words
from warehouse.finding_levels import LEVELS
from warehouse.rule_table import name_and_advice

MOST_LINES_SHOWN = 5

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
