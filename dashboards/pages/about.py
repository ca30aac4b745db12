"""The page about the numbers: signs, marks, disclosure, definitions, deliveries, findings."""

from collections import Counter
from typing import Any

from dashboards.labels import FINDING_LEVELS, STEM_NAMES, short_date
from dashboards.pages.coverage import coverage_tables
from dashboards.pages.frame import Frame
from dashboards.signs import MISSING_SIGNS
from warehouse.number_format import format_number


def about_context(frame: Frame) -> dict[str, Any]:
    """What `om-tallene.html` needs."""
    release = frame.release
    counts = Counter(finding["level"] for finding in release.findings)
    deliveries = sorted(release.sources, key=lambda row: (STEM_NAMES.get(row["stem"], row["stem"]), row["file_name"]))
    return {
        "missing_signs": list(MISSING_SIGNS.values()),
        "threshold": release.threshold,
        "coverage": coverage_tables(release.coverage),
        "deliveries": [(STEM_NAMES.get(row["stem"], row["stem"]), row["file_name"], short_date(row["received_on"]),
                        "" if row["row_count"] is None else format_number(row["row_count"], 0)) for row in deliveries],
        "findings": [(name, explanation, format_number(counts[level], 0))
                     for level, (name, explanation) in FINDING_LEVELS.items()],
    }
