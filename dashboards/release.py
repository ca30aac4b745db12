"""The shape of a published release as the site reads it. Everything here is already disclosure-controlled."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Release:
    """What a release holds.

    `values`: one dict per published number: indicator_id, unit_code, period, breakdown, value (None when not ok),
    unit, status, basis, fact_id. `indicators`: the catalogue rows by indicator_id. `units`: unit rows by unit_code.
    `sources`: one dict per delivery in force: stem, file_name, received_on (date text), row_count (None where lines are cases).
    `findings`: one dict per finding in force, worst first: finding_id, rule_id, level, unit_code, period, stem, state,
    what, details, advice, explanation, indicator_ids. `texts`: the approved progress texts: unit_code, period, delmaal,
    text, basis; `texts_waiting`: how many of each unit's texts nobody has decided about. `traces`: one dict per number
    that is shown: indicator_id, unit_code, period, breakdown, is_corrected, files (stem, sender_code,
    file_name, version, received_on, sheets, lines).
    """

    values: tuple[dict[str, Any], ...]
    indicators: dict[str, dict[str, str]]
    units: dict[str, dict[str, str]]
    sources: tuple[dict[str, Any], ...]
    as_of: str
    threshold: int
    is_constructed: bool
    findings: tuple[dict[str, Any], ...] = ()
    texts: tuple[dict[str, Any], ...] = ()
    texts_waiting: dict[str, int] = field(default_factory=dict)
    traces: tuple[dict[str, Any], ...] = ()
