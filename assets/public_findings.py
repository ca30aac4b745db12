"""What of the findings may leave the house: that they are there, what they are about, and what is to be done.

A finding's own text names numbers and files. Where those numbers count children, staff or cases (`is_about_counts`), or
where nobody has said that they do not, only the rule's name and advice are given, and no explanation: it may hold the
numbers too. The same goes for a finding about an indicator that the release hides for that unit and year, whatever the
rule: the text may hold the very number. Of the individuals' own records (form 15F) nothing leaves at all.
"""

from collections.abc import Set
from typing import Any

from warehouse.database import Connection, records
from warehouse.finding_levels import LEVELS
from warehouse.rule_table import described_rule

NEVER_PUBLIC = ("child_records",)
"""Sources of individuals: that a rule is broken is itself told of a child in a named municipality."""

REVIEWER = "evaluator"
_UNNAMED = "En leveranse bryter kravene til formen."

_FINDINGS = """
SELECT finding_id, rule_id, level, unit_code, period, stem, state, message, explanation_nb, explained_by, indicator_ids
FROM findings.finding
WHERE coalesce(stem, '') NOT IN (SELECT unnest(?))
ORDER BY unit_code, period, rule_id, finding_id
"""


def public_findings(connection: Connection, hidden: Set[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """The findings in force as the release gives them, worst first, and of each level the open ones first.

    `hidden`: (indicator, unit, period) of every number the release hides.

    Keys: finding_id, rule_id, level, unit_code, period, stem, state, what, details, advice, explanation,
    indicator_ids (list). `details` and `explanation` are empty where numbers must not be told.
    """
    hidden_years = {(indicator_id, unit_code, period[:4]) for indicator_id, unit_code, period in hidden}
    found = [_public(row, hidden_years) for row in records(connection, _FINDINGS, [list(NEVER_PUBLIC)])]
    return sorted(found, key=lambda finding: (-LEVELS.index(finding["level"]), finding["state"] != "åpen"))


def _public(row: dict[str, Any], hidden_years: Set[tuple[str, str, str]]) -> dict[str, Any]:
    rule = described_rule(row["rule_id"])
    tells_numbers = rule is not None and not rule.is_about_counts and not _is_about_hidden(row, hidden_years)
    is_reviewed = row["explained_by"] == REVIEWER
    return {
        **{key: row[key] for key in ("finding_id", "rule_id", "level", "unit_code", "period", "stem", "state")},
        "what": rule.name_nb if rule else _UNNAMED,
        "details": row["message"] if tells_numbers else "",
        "advice": rule.advice_nb if rule else "",
        "explanation": (row["explanation_nb"] or "") if tells_numbers and is_reviewed else "",
        "indicator_ids": (row["indicator_ids"] or "").split(),
    }


def _is_about_hidden(row: dict[str, Any], hidden_years: Set[tuple[str, str, str]]) -> bool:
    """Whether an indicator of the finding is hidden for its unit and year; without a year, in any year.

    A finding about no unit is about lists and definitions, which hold no municipality's numbers.
    """
    indicators, year = (row["indicator_ids"] or "").split(), (row["period"] or "")[:4]
    return any(indicator_id in indicators and unit_code == row["unit_code"] and year in ("", when)
               for indicator_id, unit_code, when in hidden_years)
