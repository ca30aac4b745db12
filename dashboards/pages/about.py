"""The page about the numbers: signs, marks, disclosure, definitions, deliveries, findings."""

from typing import Any

from dashboards.labels import FINDING_LEVELS, STEM_NAMES, short_date
from dashboards.pages.frame import Frame
from dashboards.signs import MISSING_SIGNS
from warehouse.number_format import format_number


def about_context(frame: Frame) -> dict[str, Any]:
    """What `om-tallene.html` needs."""
    release = frame.release
    deliveries = sorted(release.sources, key=lambda row: (STEM_NAMES.get(row["stem"], row["stem"]), row["file_name"]))
    return {
        "missing_signs": list(MISSING_SIGNS.values()),
        "threshold": release.threshold,
        "deliveries": [(STEM_NAMES.get(row["stem"], row["stem"]), row["file_name"], short_date(row["received_on"]),
                        format_number(row["row_count"], 0)) for row in deliveries],
        "findings": [(name, explanation, format_number(release.finding_counts.get(level, 0), 0))
                     for level, (name, explanation) in FINDING_LEVELS.items()],
    }
