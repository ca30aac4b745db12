"""What of the findings may leave the house: that they are there, what they are about, and what is to be done.

A finding's own text names numbers and files. Where those numbers count children, staff or cases (`is_about_counts`), or
where nobody has said that they do not, only the rule's name and advice are given, and no explanation: it may hold the
numbers too.
"""

from typing import Any

from warehouse.database import Connection, records
from warehouse.finding_levels import LEVELS

_FINDINGS = """
SELECT
    finding.finding_id, finding.rule_id, finding.level, finding.unit_code, finding.period, finding.stem, finding.state,
    rule.rule_name_nb, rule.advice_nb, rule.indicator_ids, finding.message, finding.explanation_nb,
    finding.explained_by, coalesce(rule.is_about_counts, TRUE) AS is_about_counts
FROM findings.finding AS finding
LEFT JOIN reference.rule ON rule.rule_id = finding.rule_id
ORDER BY finding.unit_code, finding.period, finding.rule_id, finding.finding_id
"""
_UNNAMED = "En leveranse bryter kravene til formen."


def public_findings(connection: Connection) -> list[dict[str, Any]]:
    """The findings in force as the release gives them, worst first.

    Keys: finding_id, rule_id, level, unit_code, period, stem, state, what, details, advice, explanation,
    indicator_ids (list). `details` and `explanation` are empty where numbers must not be told.
    """
    found = [_public(row) for row in records(connection, _FINDINGS)]
    return sorted(found, key=lambda finding: -LEVELS.index(finding["level"]))


def _public(row: dict[str, Any]) -> dict[str, Any]:
    tells_numbers = not row["is_about_counts"]
    is_reviewed = row["explained_by"] == "evaluator"
    return {
        **{key: row[key] for key in ("finding_id", "rule_id", "level", "unit_code", "period", "stem", "state")},
        "what": row["rule_name_nb"] or _UNNAMED,
        "details": row["message"] if tells_numbers else "",
        "advice": row["advice_nb"] or "",
        "explanation": (row["explanation_nb"] or "") if tells_numbers and is_reviewed else "",
        "indicator_ids": (row["indicator_ids"] or "").split(),
    }
