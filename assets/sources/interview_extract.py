"""How an interview project's rows become a reading, and how a row is shown. What an extract is, `extracts.py` says."""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict
from functools import cache
from typing import Any

from assets.sources import extracts
from assets.sources.interview_findings import not_mapped
from assets.sources.interview_rules import CODE_WITHOUT_MAPPING, STEM
from assets.sources.reading import Cell, Reading, ScopeKey
from expectations.finding import Finding
from warehouse.reference_data import reference_rows


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


def documents_in(content: bytes) -> dict[str | None, list[dict[str, Any]]]:
    """The rows of an extract of a project or a table by their document; nothing for what is no such extract."""
    by_document: dict[str | None, list[dict[str, Any]]] = {}
    for row in json.loads(content)["rows"] if is_extract(content) else ():
        by_document.setdefault(row["document_key"], []).append(row)
    return by_document


def without_documents(content: bytes, keys: Set[str]) -> bytes | None:
    """The extract without these documents; None when it holds none of them.

    The rows that are left keep their numbers. Of the findings, the one about codes without mapping is made anew: a code
    that only the documents had must not be named any longer.
    """
    if not keys & documents_in(content).keys():
        return None
    kept = json.loads(content)
    remaining = [row for row in kept["rows"] if row["document_key"] not in keys]
    findings = [finding for finding in kept["findings"] if finding["rule_id"] != CODE_WITHOUT_MAPPING]
    files = [finding["file"] for finding in kept["findings"] if finding["rule_id"] == CODE_WITHOUT_MAPPING]
    for file_name in files:
        findings += [asdict(one) for one in not_mapped(
            (row["code_name"] for row in remaining if row["code_name"]), file_name)]
    return json.dumps({**kept, "rows": remaining, "findings": findings},
                      ensure_ascii=False, separators=(",", ":")).encode()


def _cell(row: Mapping[str, Any]) -> Cell:
    """A row as it is shown. The municipality and the key are shown for an interview, never for a coding.

    A code is shown with the problemstilling it answers, so that one without is seen.
    """
    names = ("code_name", "informant_group", "municipality_code", "interview_year", "position_from", "position_to")
    keys = {name: str(row[name]) for name in names if row[name] is not None}
    if row["record_kind"] == "document":
        keys["document_key"] = row["document_key"]
    elif row["code_name"] is not None:
        keys["problemstilling_no"] = _problemstilling_by_code().get(row["code_name"], "ingen")
    has_direction = row["direction"] is not None
    return Cell(keys=keys, value=row["direction"], unit="retning" if row["record_kind"] == "coding" else None,
                status="ok" if has_direction else "not_applicable", cell=row["cell"])


@cache
def _problemstilling_by_code() -> dict[str, str]:
    return {row["code_name"]: row["problemstilling_no"] for row in reference_rows("code_mapping")}
