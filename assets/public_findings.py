"""What of the findings may leave the house: that they are there, what they are about, and what is to be done.

A finding's own text names numbers and files. Where those numbers count children, staff or cases (`is_about_counts`), or
where nobody has said that they do not, only the rule's name and advice are given, and no explanation: it may hold the
numbers too. The same goes for a finding about an indicator that the release hides for that unit and year, whatever the
rule: the text may hold the very number; for a text that counts lines of a source whose lines are stays, vouchers or
answers; and for one about a municipality's own workbook, or its refused file, which may hold anything. Of the individuals' own
records (form 15F) nothing leaves at all, nor of what other sources say beside them.

What the list of corrections gives rise to (RT) is told only where the numbers it touches are all shown, or printed for all:
that a hidden number is corrected, and still is what it was, is told of that number. So is what is found of a zero
alone: that a municipality wrote 0, and nobody has confirmed it, is why that number is hidden.

Findings whose text is not told are told once, however many they are, and without their key: their number may be a
number of stays, and the key is a sum of the place, which can be guessed until it fits.
"""

import re
from collections.abc import Iterable, Iterator, Set
from typing import Any

from assets.lineage import SOURCES_WITH_PLACES_TOLD
from assets.public_corrections import SOURCES_WITH_REASONS_TOLD
from assets.public_words import Replaced, words_to_replace
from warehouse.database import Connection, records
from warehouse.finding_levels import LEVELS
from warehouse.rule_table import described_rule

NEVER_PUBLIC = ("child_records",)
"""Sources of individuals: that a rule is broken is itself told of a child in a named municipality."""
RULES_NEVER_PUBLIC = ("FE290", "FE291")
"""Rules that hold another source against a source of individuals."""

OF_CORRECTIONS = "RT"
OF_ZEROS = (("VR21", "informasjon"), ("VR58", "informasjon"))
"""Rules, at a level, that find a zero and nothing else: to say that one is broken is to say what the number is."""
REVIEWER = "evaluator"
_UNNAMED = "En leveranse bryter kravene til formen."
_LINES_TOLD = re.compile(r"\blinje \d|\d linjer\b|\bog \d+ til\b")

# The reason somebody gave in passing may name the very numbers; the reviewed list's words have been read with that in mind.
_FINDINGS = """
SELECT finding_id, rule_id, level, finding.unit_code, period, finding.stem, state, message, explained_by, indicator_ids,
    CASE WHEN explanation_nb NOT IN (
        SELECT decided.explanation_nb FROM register.finding_decision AS decided
        WHERE decided.finding_id = finding.finding_id) THEN explanation_nb END AS explanation_nb,
    (SELECT strftime(max(event_at), '%Y-%m-%d') FROM findings.finding_event AS event
        WHERE event.finding_id = finding.finding_id AND event.state = 'åpen') AS open_since,
    coalesce((delivery_state = 'refused' AND sender_code IS NOT NULL)
        OR starts_with(form_version, 'mapping'), FALSE) AS is_of_unknown_form
FROM findings.finding
LEFT JOIN register.delivery ON delivery.delivery_id = finding.delivery_id
WHERE coalesce(finding.stem, '') NOT IN (SELECT unnest(?)) AND rule_id NOT IN (SELECT unnest(?))
ORDER BY finding.unit_code, period, rule_id, finding.stem, indicator_ids, explanation_nb, finding_id
"""


def public_findings(connection: Connection, hidden: Set[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """The findings in force as the release gives them, worst first, and of each level the open ones first.

    `hidden`: (indicator, unit, period) of every number the release hides.

    Keys: finding_id, rule_id, level, unit_code, period, stem, state, what, details, advice, explanation,
    indicator_ids (list), open_since (date text; empty unless it is open and its history is kept). `finding_id`, `details` and `explanation` are empty where numbers must not be told.
    """
    hidden_years = {(indicator_id, unit_code, period[:4]) for indicator_id, unit_code, period in hidden}
    replaced = words_to_replace(connection)
    rows = records(connection, _FINDINGS, [list(NEVER_PUBLIC), list(RULES_NEVER_PUBLIC)])
    found = _told_once(_public(row, hidden_years, replaced) for row in rows if _may_be_seen(row, hidden_years))
    return sorted(found, key=lambda finding: (-LEVELS.index(finding["level"]), finding["state"] != "åpen"))


def _told_once(findings: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What differs in the day it was found only is the same: how many there were would tell a number."""
    seen: set[str] = set()
    for finding in findings:
        told = repr({**finding, "open_since": ""})
        if finding["details"] or told not in seen:
            yield finding
        seen.add(told)


def _may_be_seen(row: dict[str, Any], hidden_years: Set[tuple[str, str, str]]) -> bool:
    if (row["rule_id"], row["level"]) in OF_ZEROS:
        return not _is_about_hidden(row, hidden_years)
    if not row["rule_id"].startswith(OF_CORRECTIONS) or row["stem"] in SOURCES_WITH_REASONS_TOLD:
        return True
    return bool(row["indicator_ids"]) and not _is_about_hidden(row, hidden_years)


def _public(row: dict[str, Any], hidden_years: Set[tuple[str, str, str]], replaced: Replaced) -> dict[str, Any]:
    rule = described_rule(row["rule_id"])
    tells_numbers = (rule is not None and not rule.is_about_counts and not row["is_of_unknown_form"]
                     and not _is_about_hidden(row, hidden_years) and not _counts_cases(row))
    is_reviewed = row["explained_by"] == REVIEWER
    return {
        "finding_id": row["finding_id"] if tells_numbers else "",
        **{key: row[key] for key in ("rule_id", "level", "unit_code", "period", "stem", "state")},
        "what": rule.name_nb if rule else _UNNAMED,
        "details": replaced(row["message"]) if tells_numbers else "",
        "advice": rule.advice_nb if rule else "",
        "explanation": (row["explanation_nb"] or "") if tells_numbers and is_reviewed else "",
        "indicator_ids": (row["indicator_ids"] or "").split(),
        "open_since": (row["open_since"] or "") if row["state"] == "åpen" else "",
    }


def _counts_cases(row: dict[str, Any]) -> bool:
    """Whether the text tells lines, or how many, of a source whose lines may be stays, vouchers or answers."""
    return (row["stem"] or "") not in SOURCES_WITH_PLACES_TOLD and _LINES_TOLD.search(row["message"]) is not None


def _is_about_hidden(row: dict[str, Any], hidden_years: Set[tuple[str, str, str]]) -> bool:
    """Whether an indicator of the finding is hidden for its unit and year; without a year, in any year.

    A finding about no unit is about lists and definitions, which hold no municipality's numbers.
    """
    indicators, year = (row["indicator_ids"] or "").split(), (row["period"] or "")[:4]
    return any(indicator_id in indicators and unit_code == row["unit_code"] and year in ("", when)
               for indicator_id, unit_code, when in hidden_years)
