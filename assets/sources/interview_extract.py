"""How an interview project's rows become a reading, and how a row is shown. What an extract is, `extracts.py` says."""

from collections.abc import Iterable, Mapping
from typing import Any

from assets.sources import extracts
from assets.sources.interview_rules import STEM
from assets.sources.reading import Cell, Reading, ScopeKey
from expectations.finding import Finding


def reading_of(rows: Iterable[Mapping[str, Any]], form_version: str, scope_keys: Iterable[ScopeKey],
               findings: Iterable[Finding]) -> Reading:
    """The reading with these rows; the same for a delivered file and for its extract."""
    return extracts.reading_of(STEM, rows, form_version, scope_keys, findings, _cell)


def is_extract(content: bytes) -> bool:
    """Whether the content is an extract of a project."""
    return extracts.is_extract(content, STEM)


def read_again(content: bytes) -> Reading:
    """The reading the extract was written from."""
    return extracts.read_again(content, _cell)


def _cell(row: Mapping[str, Any]) -> Cell:
    """A row as it is shown. The municipality is shown for an interview, never for a coding."""
    names = ("code_name", "informant_group", "municipality_code", "interview_year", "position_from", "position_to")
    keys = {name: str(row[name]) for name in names if row[name] is not None}
    has_direction = row["direction"] is not None
    return Cell(keys=keys, value=row["direction"], unit="retning" if row["record_kind"] == "coding" else None,
                status="ok" if has_direction else "not_applicable", cell=row["cell"])
