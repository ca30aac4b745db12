"""One finding in a message, in bokmål: what, where, what to do, and room for the municipality's own explanation."""

import re
from collections.abc import Iterable

from dashboards.labels import STEM_NAMES
from expectations.wording import some
from pipelines.alerts.finding import Known
from pipelines.alerts.news import Change
from warehouse.finding_levels import LEVEL_NAMES

_MOST_LINES_NAMED = 12
_SHEET_CELL = re.compile(r"[A-Z]{1,3}[0-9]+(:[A-Z]{1,3}[0-9]+)?")


def reference(finding: Known) -> str:
    """What an answer names the finding by; the same as long as the finding is about the same place."""
    return finding.finding_id[:8]


def place(finding: Known) -> str:
    """Where to look: file, sheet and cell or line; without a file, the source and period."""
    parts = [finding.file_name or STEM_NAMES.get(finding.stem or "", ""), _within(finding)]
    if not finding.file_name and finding.period and finding.period not in parts[1]:
        parts.append(finding.period)
    return ", ".join(part for part in parts if part)


def _within(finding: Known) -> str:
    if finding.cell:
        # A place that is no cell of a sheet is named in words: «funksjon 285, 2018».
        cell = f"celle {finding.cell}" if _SHEET_CELL.fullmatch(finding.cell) else finding.cell
        return ", ".join(filter(None, [finding.sheet and f"ark «{finding.sheet}»", cell]))
    if finding.line_numbers:
        return f"linje {some([str(line) for line in finding.line_numbers], most=_MOST_LINES_NAMED)}"
    return finding.sheet and f"ark «{finding.sheet}»" or ""


def heading(finding: Known) -> str:
    """Level, rule and its name: `FEIL – VR05 Delene gir totalen`."""
    name = finding.rule.name_nb if finding.rule else ""
    return f"{LEVEL_NAMES[finding.level].upper()} – {finding.rule_id}" + (f" {name}" if name else "")


def grouped(changes: Iterable[Change]) -> list[list[Change]]:
    """The changes in their order, with those of one rule and unit together."""
    groups: dict[tuple, list[Change]] = {}
    for change in changes:
        finding = change.finding
        key = (finding.level, finding.rule_id, finding.unit_code, finding.is_refusal)
        groups.setdefault(key, []).append(change)
    return list(groups.values())


def items(changes: Iterable[Change], *, ask_for_explanation: bool) -> list[str]:
    """Numbered paragraphs, one per rule and unit; further findings of the same rule stand as lines under the first."""
    return [_item(number, group, ask_for_explanation) for number, group in enumerate(grouped(changes), start=1)]


def _item(number: int, group: list[Change], ask_for_explanation: bool) -> str:
    first, rest = group[0].finding, group[1:]
    again = " (på nytt)" if group[0].before else ""
    lines = [f"{number}. {heading(first)}{again}", f"   Hva:  {_one_line(first.message)}"]
    lines += [f"   Hvor: {place(first)}"] if place(first) else []
    advice = first.rule.advice_nb if first.rule else ""
    lines += [f"   Gjør: {advice}"] if advice and advice not in first.message else []
    lines += [_explanation_line(first)] if ask_for_explanation else [f"   Ref.: {reference(first)}"]
    lines += [f"   Også: {_also(change.finding, first)} (ref. {reference(change.finding)})" for change in rest]
    return "\n".join(lines)


def _also(finding: Known, first: Known) -> str:
    """A further finding of a rule whose first one stands above in full: no more than what differs."""
    if finding.file_name and first.file_name and (
            finding.message.replace(finding.file_name, "") == first.message.replace(first.file_name, "")):
        return place(finding)
    # A number in a place that is no line or cell one can open («nøkkeltall 01») says nothing without its words.
    can_be_opened = finding.line_numbers or _SHEET_CELL.fullmatch(finding.cell or "")
    if finding.found and can_be_opened and finding.file_name and finding.file_name == first.file_name:
        when = f", {finding.period}" if finding.period and finding.period != first.period else ""
        return f"{_within(finding)}{when}: fant {finding.found}"
    return _one_line(finding.message)


def _explanation_line(finding: Known) -> str:
    """Nothing to explain in a file that was refused: it has to come again."""
    if finding.is_refusal:
        return f"   Ref.: {reference(finding)}"
    return f"   Kommunens forklaring (ref. {reference(finding)}): "


def mended_items(changes: Iterable[Change]) -> list[str]:
    """One line a finding that is gone: what it was."""
    return [f"- {change.finding.rule_id}"
            + (f", {change.finding.period}" if change.finding.period else "")
            + f": {_one_line(change.finding.message)}" for change in changes]


def _one_line(text: str) -> str:
    return " ".join(text.split())
