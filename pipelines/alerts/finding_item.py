"""One finding in a message: what, where, what to do, and room for the municipality's own explanation."""

import re
from collections.abc import Iterable
from dataclasses import replace

from assets.lineage import SOURCES_WITH_PLACES_TOLD
from assets.public_file_names import form_sheets, public_file_name
from assets.public_findings import NEVER_PUBLIC, RULES_NEVER_PUBLIC
from dashboards.labels import STEM_NAMES
from expectations.wording import some
from pipelines.alerts.digest import ALL, NOTHING, RULE_ONLY, Item, Note
from pipelines.alerts.finding import MENDED, Known
from pipelines.alerts.missing_report import MISSING_REPORT_RULE, template_command, template_file
from pipelines.alerts.news import Change, Recipient
from pipelines.alerts.words import Words
from pipelines.other_municipalities import names_another
from warehouse.rule_table import name_and_advice

_MOST_LINES_NAMED = 12
_OF_INDIVIDUALS = "15F"
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


def in_room(finding: Known) -> str:
    """What of a finding may stand in a chat room: its text only where the release tells it too.

    Of the individuals' own records, and of what other sources say beside them, nothing.
    """
    if finding.stem in NEVER_PUBLIC or finding.rule_id in RULES_NEVER_PUBLIC or finding.rule_id.startswith(_OF_INDIVIDUALS):
        return NOTHING
    is_told = finding.is_published or finding.told_in_release and finding.state != MENDED
    return ALL if is_told else RULE_ONLY


def room_place(finding: Known) -> str:
    """Where to look, as the release would say it: no name a sender made up, and no line of a source whose lines are
    stays, vouchers or answers; how many they are, or whose invoices, is told at home.
    """
    stem, name = finding.stem or "", finding.file_name
    if name:
        name = public_file_name(name, finding.stem, finding.delivery_id or 0)
    if (name or stem) and stem not in SOURCES_WITH_PLACES_TOLD:
        return ", ".join(filter(None, [name or STEM_NAMES.get(stem, ""), finding.period]))
    sheet = finding.sheet if finding.sheet in form_sheets() else None
    return place(replace(finding, file_name=name, sheet=sheet))


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
    name, advice = _rule_words(first, words.language)
    what = _message(first, words, recipient)
    return Item(
        heading=_heading(first, name, words) + (f" ({words('again')})" if group[0].before else ""),
        level=first.level,
        what=what,
        where=place(first),
        advice=advice if advice not in first.message else "",
        template=_template(first, words, recipient),
        reference=reference(first),
        # There is nothing to explain in a file that was refused: it has to come again.
        asks_for_explanation=recipient.is_municipality and not first.is_refusal,
        also=tuple(dict.fromkeys(Note(reference(change.finding), also, in_room(change.finding))
                                 for change in rest if (also := _also(change.finding, first, words, recipient)))),
        in_room=in_room(first),
        room_what=_one_line(first.told_in_release) if what != words("about_another") else None,
        room_where=room_place(first),
        is_counted_in_room=in_room(first) == ALL or (first.stem or "") in SOURCES_WITH_PLACES_TOLD)


def _rule_words(finding: Known, language: str) -> tuple[str, str]:
    """What the rule is called and what to do; in bokmål where nobody has written it in nynorsk, for it must be told."""
    try:
        return name_and_advice(finding.rule_id, language)
    except KeyError:
        return name_and_advice(finding.rule_id, "nb")


def _message(finding: Known, words: Words, recipient: Recipient) -> str:
    """What the finding says, on one line; a municipality never reads of another's numbers."""
    texts = f"{finding.message} {finding.found or ''}"
    if recipient.is_municipality and names_another(texts, [recipient.code]):
        return words("about_another")
    return _one_line(finding.message)


def _heading(finding: Known, name: str, words: Words) -> str:
    """Level, rule and its name: `FEIL – VR05 Delene gir totalen`."""
    return f"{words.level(finding.level).upper()} – {finding.rule_id}" + (f" {name}" if name else "")


def _template(finding: Known, words: Words, recipient: Recipient) -> str:
    """The form a municipality lacks: its file to whoever fills it in, the command to whoever makes it."""
    if finding.rule_id != MISSING_REPORT_RULE or not (finding.unit_code and finding.period) or recipient.is_bufdir:
        return ""
    if recipient.is_evaluators:
        return words("template_command", command=template_command(finding.unit_code, finding.period))
    return words("template_file", file=template_file(finding.unit_code, finding.period))


def _also(finding: Known, first: Known, words: Words, recipient: Recipient) -> str:
    """A further finding of a rule whose first one stands above in full: no more than what differs."""
    if not finding.message:
        return place(finding) if place(finding) != place(first) else ""
    message = _message(finding, words, recipient)
    if message == words("about_another"):
        return message
    if finding.file_name and first.file_name and (
            finding.message.replace(finding.file_name, "") == first.message.replace(first.file_name, "")):
        return place(finding)
    # A number in a place that is no line or cell one can open («nøkkeltall 01») says nothing without its words.
    can_be_opened = finding.line_numbers or _SHEET_CELL.fullmatch(finding.cell or "")
    if finding.found and can_be_opened and finding.file_name and finding.file_name == first.file_name:
        when = f", {finding.period}" if finding.period and finding.period != first.period else ""
        return f"{_within(finding)}{when}: fant {finding.found}"
    template = f" ({template_file(finding.unit_code, finding.period)})" if _lacks_form(finding) else ""
    return message + template


def _lacks_form(finding: Known) -> bool:
    return bool(finding.rule_id == MISSING_REPORT_RULE and finding.unit_code and finding.period and not finding.is_published)


def mended_notes(changes: Iterable[Change], words: Words, recipient: Recipient) -> tuple[Note, ...]:
    """One note a finding that is gone: what it was."""
    return tuple(Note(", ".join(filter(None, [change.finding.rule_id, change.finding.period])),
                      _message(change.finding, words, recipient), in_room(change.finding)) for change in changes)


def _one_line(text: str) -> str:
    return " ".join(text.split())
