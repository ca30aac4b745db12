"""The shape of a published release as the site reads it. Everything here is already disclosure-controlled."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Release:
    """What a release holds.

    `values`: one dict per published number: indicator_id, unit_code, period, breakdown, value (None when not ok),
    unit, status, basis, fact_id. `indicators`: the catalogue rows by indicator_id. `units`: unit rows by unit_code.
    `sources`: one dict per delivery in force: stem, file_name, received_on (date text), row_count.
    """

    values: tuple[dict[str, Any], ...]
    indicators: dict[str, dict[str, str]]
    units: dict[str, dict[str, str]]
    sources: tuple[dict[str, Any], ...]
    as_of: str
    threshold: int
    finding_counts: dict[str, int]
    is_constructed: bool
