"""One finding in a message: what, where, what to do, and room for the municipality's own explanation."""

import re
from collections.abc import Iterable

from dashboards.labels import STEM_NAMES
from expectations.wording import some
from pipelines.alerts.digest import Item, Note
from pipelines.alerts.finding import Known
from pipelines.alerts.missing_report import MISSING_REPORT_RULE, template_command, template_file
from pipelines.alerts.news import Change, Recipient
from pipelines.alerts.words import Words

_MOST_LINES_NAMED = 12
_SHEET_CELL = re.compile(r"[A-Z]{1,3}[0-9]+(:[A-Z]{1,3}[0-9]+)?")


def reference(finding: Known) -> str:
    """What an answer names the finding by; the same as long as the finding is about the same place. Published ones have none.
    """
    return "" if finding.is_published else finding.finding_id[:8]


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


def tells_counts(finding: Known) -> bool:
    """Whether the text may count children, staff or cases: as the rule says, and where nobody has described the rule."""
    return not finding.is_published and (finding.rule is None or finding.rule.is_about_counts)


def grouped(changes: Iterable[Change]) -> list[list[Change]]:
    """The changes in their order, with those of one rule and unit together."""
    groups: dict[tuple, list[Change]] = {}
    for change in changes:
        finding = change.finding
        key = (finding.level, finding.rule_id, finding.unit_code, finding.is_refusal)
        groups.setdefault(key, []).append(change)
    return list(groups.values())


def items(changes: Iterable[Change], words: Words, recipient: Recipient) -> tuple[Item, ...]:
    """One item per rule and unit; further findings of the same rule stand as notes under the first."""
    return tuple(_item(group, words, recipient) for group in grouped(changes))


def _item(group: list[Change], words: Words, recipient: Recipient) -> Item:
    first, rest = group[0].finding, group[1:]
    advice = first.rule.advice_nb if first.rule else ""
    is_municipality = not recipient.is_evaluators and not recipient.is_bufdir
    return Item(
        heading=_heading(first, words) + (f" ({words('again')})" if group[0].before else ""),
        level=first.level,
        what=_one_line(first.message),
        where=place(first),
        advice=advice if advice not in first.message else "",
        template=_template(first, words, recipient),
        reference=reference(first),
        # There is nothing to explain in a file that was refused: it has to come again.
        asks_for_explanation=is_municipality and not first.is_refusal,
        also=tuple(Note(reference(change.finding), _also(change.finding, first), tells_counts(change.finding))
                   for change in rest if _also(change.finding, first)),
        tells_counts=tells_counts(first))


def _heading(finding: Known, words: Words) -> str:
    """Level, rule and its name: `FEIL – VR05 Delene gir totalen`."""
    name = finding.rule.name_nb if finding.rule else ""
    return f"{words.level(finding.level).upper()} – {finding.rule_id}" + (f" {name}" if name else "")


def _template(finding: Known, words: Words, recipient: Recipient) -> str:
    """The form a municipality lacks: its file to whoever fills it in, the command to whoever makes it."""
    if finding.rule_id != MISSING_REPORT_RULE or not (finding.unit_code and finding.period) or recipient.is_bufdir:
        return ""
    if recipient.is_evaluators:
        return words("template_command", command=template_command(finding.unit_code, finding.period))
    return words("template_file", file=template_file(finding.unit_code, finding.period))


def _also(finding: Known, first: Known) -> str:
    """A further finding of a rule whose first one stands above in full: no more than what differs."""
    if not finding.message:
        return place(finding) if place(finding) != place(first) else ""
    if finding.file_name and first.file_name and (
            finding.message.replace(finding.file_name, "") == first.message.replace(first.file_name, "")):
        return place(finding)
    # A number in a place that is no line or cell one can open («nøkkeltall 01») says nothing without its words.
    can_be_opened = finding.line_numbers or _SHEET_CELL.fullmatch(finding.cell or "")
    if finding.found and can_be_opened and finding.file_name and finding.file_name == first.file_name:
        when = f", {finding.period}" if finding.period and finding.period != first.period else ""
        return f"{_within(finding)}{when}: fant {finding.found}"
    template = f" ({template_file(finding.unit_code, finding.period)})" if _lacks_form(finding) else ""
    return _one_line(finding.message) + template


def _lacks_form(finding: Known) -> bool:
    return bool(finding.rule_id == MISSING_REPORT_RULE and finding.unit_code and finding.period and not finding.is_published)


def mended_notes(changes: Iterable[Change]) -> tuple[Note, ...]:
    """One note a finding that is gone: what it was."""
    return tuple(Note(", ".join(filter(None, [change.finding.rule_id, change.finding.period])),
                      _one_line(change.finding.message), tells_counts(change.finding)) for change in changes)


def _one_line(text: str) -> str:
    return " ".join(text.split())
