"""One finding as it is told to the person who can mend it: where, what, what to do, in bokmål or nynorsk.

A finding's own message is written in bokmål by its rule. In nynorsk the sentence is put together from the parts of the
finding, and the message stands under it, marked as bokmål.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.control_words import listed, said, value_text, words
from warehouse.rule_table import name_and_advice

NOT_TOLD = ".."
MOST_LINES_NAMED = 12
_SHEET_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?")


@dataclass(frozen=True)
class Told:
    """One finding in words. `original` is the message in bokmål where `what` is not that itself."""

    place: str
    what: str
    original: str
    found: str
    expected: str
    rule_name: str
    advice: str
    explanation: str
    explained_by: str

    def in_full(self, language: str) -> str:
        """The sentence, and the rule's own in bokmål after it where that says more: for a cell, which has no markup."""
        return f"{self.what}\n{words(language)['original']}: {self.original}" if self.original else self.what


def told(row: Mapping[str, Any], language: str) -> Told:
    """A row of findings.finding in words; an `is_withheld` row with its place and the rule's own words only."""
    name, advice = name_and_advice(row["rule_id"], language)
    place = place_of(row, language)
    if row.get("is_withheld"):
        return Told(place, said("withheld", language), "", "", "", name, advice, "", "")
    found, expected = (value_text(row[key] or "", language) for key in ("found", "expected"))
    is_told, found = found != NOT_TOLD, words(language)["not_reported"] if found == NOT_TOLD else found
    what, original = row["message"], ""
    if language == "nn":
        original = row["message"]
        what = _sentence(place, found if is_told else NOT_TOLD, expected, name, is_named=_is_named(row))
    by = row.get("explained_by") or ""
    return Told(place, what, original, found, expected, name, advice, row.get("explanation_nb") or "",
                words(language).get(by, by))


def _is_named(row: Mapping[str, Any]) -> bool:
    """Whether the place is one to open: a sheet, a cell or a line."""
    return bool(row["sheet"] or row["line_numbers"] or row["cell"] and _SHEET_CELL.fullmatch(row["cell"]))


def _sentence(place: str, found: str, expected: str, name: str, *, is_named: bool) -> str:
    if found == NOT_TOLD:
        parts = [said("sentence_none", "nn", place=place)]
    elif found:
        parts = [said("sentence_found" if is_named else "sentence_about", "nn", found=found, place=place)]
    else:
        parts = [said("sentence_place", "nn", place=place)]
    parts += [said("sentence_expected", "nn", expected=expected)] if expected else []
    parts += [said("sentence_rule", "nn", name=name)] if name else []
    return " ".join(parts)


def place_of(row: Mapping[str, Any], language: str) -> str:
    """Sheet and cell, lines, or what the finding itself calls its place; the whole file when it names none."""
    parts = [said("place_sheet", language, sheet=row["sheet"])] if row["sheet"] else []
    if row["cell"]:
        is_cell = _SHEET_CELL.fullmatch(row["cell"]) is not None
        parts.append(said("place_cell", language, cell=row["cell"]) if is_cell else row["cell"])
    if row["line_numbers"]:
        parts.append(said("place_lines", language, lines=_lines(row["line_numbers"].split(","), language)))
    return ", ".join(parts) or words(language)["whole_file"].lower()


def _lines(numbers: list[str], language: str) -> str:
    if len(numbers) <= MOST_LINES_NAMED:
        return listed(numbers, language)
    rest = said("more_lines", language, count=len(numbers) - MOST_LINES_NAMED)
    return f"{', '.join(numbers[:MOST_LINES_NAMED])} {rest}"
