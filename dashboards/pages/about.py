"""The page about the numbers: signs, marks, disclosure, definitions, deliveries, findings."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from dashboards.labels import FINDING_LEVELS, STEM_NAMES, short_date
from dashboards.pages.coverage import coverage_tables
from dashboards.pages.frame import Frame
from dashboards.signs import FINDING_MARKS, HELD_BACK_MARK, MISSING_SIGNS
from warehouse.number_format import format_number

ACTION_NAMES = {"override": "Verdien er rettet", "drop": "Linjen er tatt bort"}


def about_context(frame: Frame) -> dict[str, Any]:
    """What `om-tallene.html` needs."""
    release = frame.release
    counts = Counter(finding["level"] for finding in release.findings)
    deliveries = sorted(release.sources, key=lambda row: (STEM_NAMES.get(row["stem"], row["stem"]), row["file_name"]))
    return {
        "missing_signs": list(MISSING_SIGNS.values()),
        "finding_signs": [*FINDING_MARKS, HELD_BACK_MARK],
        "corrections": [_correction(frame, one) for one in release.corrections],
        "threshold": release.threshold,
        "coverage": coverage_tables(release.coverage),
        "deliveries": [(STEM_NAMES.get(row["stem"], row["stem"]), row["file_name"], short_date(row["received_on"]),
                        "" if row["row_count"] is None else format_number(row["row_count"], 0)) for row in deliveries],
        "findings": [(name, explanation, format_number(counts[level], 0))
                     for level, (name, explanation) in FINDING_LEVELS.items()],
    }


def _correction(frame: Frame, one: Mapping[str, Any]) -> dict[str, str]:
    """A correction in words, without what was delivered."""
    unit = frame.name(one["unit_code"]) if one["unit_code"] in frame.release.units else one["unit_code"]
    told = f" Meldt {' '.join(filter(None, (one['told_to'], short_date(one['told_on']))))}." if one["told_on"] else ""
    return {"correction_id": one["correction_id"], "source": f"{STEM_NAMES[one['stem']]}, {unit} {one['period']}",
            "action": f"{ACTION_NAMES[one['action']]} {short_date(one['recorded_on'])}.{told}",
            "reason": one["reason"] or "Vises ikke: grunnen kan røpe tallet."}
