"""The stripped extract of a delivery that must not be kept as it came: its rows, as JSON, in place of the file.

An extract is the platform's own and is read again whenever raw is loaded; it is no form anybody delivers.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from assets.sources.reading import Cell, Reading, ScopeKey
from expectations.finding import Finding

CellOf = Callable[[Mapping[str, Any]], Cell]


def reading_of(stem: str, rows: Iterable[Mapping[str, Any]], form_version: str, scope_keys: Iterable[ScopeKey],
               findings: Iterable[Finding], cell_of: CellOf) -> Reading:
    """The reading with these rows; the same for a delivered file and for its extract. `cell_of` shows a row."""
    from warehouse.arrow import arrow_table
    from warehouse.contracts import RAW_BY_STEM

    kept = list(rows)
    return Reading(
        stem=stem, form_version=form_version, scope_keys=tuple(sorted(scope_keys)),
        rows=arrow_table(RAW_BY_STEM[stem], kept, without=("delivery_id",)),
        cells=tuple(cell_of(row) for row in kept), findings=tuple(findings))


def is_extract(content: bytes, stem: str) -> bool:
    """Whether the content is an extract we have written of a delivery of this source."""
    return content.startswith(f'{{"extract":"{stem}",'.encode())


def written(reading: Reading) -> bytes:
    """The extract: rows, scope and findings, and nothing else; the same bytes for the same reading."""
    return json.dumps({
        "extract": reading.stem, "form_version": reading.form_version,
        "scope_keys": [asdict(key) for key in reading.scope_keys],
        "rows": reading.rows.to_pylist(),
        "findings": [asdict(finding) for finding in reading.findings],
    }, ensure_ascii=False, separators=(",", ":")).encode()


def read_again(content: bytes, cell_of: CellOf) -> Reading:
    """The reading the extract was written from."""
    kept = json.loads(content)
    findings = [Finding(**{name: tuple(value) if isinstance(value, list) else value for name, value in finding.items()})
                for finding in kept["findings"]]
    return reading_of(kept["extract"], kept["rows"], kept["form_version"],
                      [ScopeKey(**key) for key in kept["scope_keys"]], findings, cell_of)
