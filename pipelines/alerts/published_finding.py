"""The findings as the release in force tells them: all that Bufdir is ever told of, and nothing that is not there.

They are read from the published file itself, so a message holds no more than whoever downloads it can see.
"""

import csv
import hashlib
from collections.abc import Mapping

from pipelines.alerts.finding import MENDED, OPEN, Known, Told
from warehouse.home import Home

_KEY_COLUMNS = ("rule_id", "level", "unit_code", "period", "stem", "what", "details", "indicator_ids")


def texts_told(home: Home) -> dict[str, str]:
    """What the release in force tells everybody of each finding whose text it tells; nothing without a release."""
    return {row["finding_id"]: row["details"] for row in _rows(home) or () if row["finding_id"]}


def published_findings(home: Home, told: Mapping[str, Told]) -> list[Known] | None:
    """The published findings, and those told as open before that are gone from the release; None without a release."""
    published = _rows(home)
    if published is None:
        return None
    found = [_known(row) for row in published]
    here = {finding.finding_id for finding in found}
    return found + [Known(key, "", "informasjon", None, None, "", MENDED, is_published=True)
                    for key, before in told.items() if before.state == OPEN and key not in here]


def _rows(home: Home) -> list[dict[str, str]] | None:
    path = home.current / "tables" / "finding.csv"
    if not path.exists():
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _known(row: dict[str, str]) -> Known:
    whole = "\x1f".join(row[name] for name in _KEY_COLUMNS)
    return Known(
        finding_id=row["finding_id"] or hashlib.sha256(whole.encode()).hexdigest()[:20], rule_id=row["rule_id"],
        level=row["level"], unit_code=row["unit_code"] or None, period=row["period"] or None, message=row["details"],
        state=row["state"], stem=row["stem"] or None, is_published=True)
