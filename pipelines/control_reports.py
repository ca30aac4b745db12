"""The control report of a file before it is delivered, and of a delivery: rows gathered, page and workbook made.

Only the delivery's own findings, and only its own units' numbers: a finding that names another municipality is told
without its text and values.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assets.controls import controls_across, controls_of_file
from assets.finding_rows import finding_rows
from assets.line_fields import line_fields
from assets.sources.reading import ScopeKey
from dashboards.control_findings import ControlReport, Delivered
from dashboards.control_report import control_report_page
from expectations.finding import Finding
from pipelines.other_municipalities import names_another
from warehouse.finding_levels import LEVELS
from warehouse.reference_data import reference_rows

Row = dict[str, Any]
FORMS = ("tertial_reports", "data_requests")


@dataclass(frozen=True)
class Made:
    """A report made: the page, and the workbook handed back where the file is a form of ours."""

    page: bytes
    workbook: bytes | None


def report_before_delivery(file_name: str, content: bytes | None, stem: str | None, scope: Iterable[ScopeKey],
                           findings: Sequence[Finding], *, refused: bool, language: str,
                           workbook_name: str | None) -> Made:
    """What `check` finds in a file, as a report. `workbook_name` is what the workbook handed back is to be called.

    `scope` is what the file covers, where it could be read. `content` is None for what is read where it lies.
    """
    found = [{**row, "finding_id": None, "explanation_nb": None, "explained_by": None}
             for row in finding_rows(list(findings), stem, None)]
    codes, periods = scope_told(found)
    codes |= {unit_of_source(key.source_unit_code) for key in scope}
    periods = tuple(sorted({*periods, *(key.period for key in scope)}))
    delivered = Delivered(
        file_name, stem, unit_names(codes), periods, hashlib.sha256(content).hexdigest() if content is not None else "",
        "would_be_refused" if refused else "would_be_taken", is_of_municipality=_are_municipalities(codes))
    controls = () if refused else controls_of_file(stem, content or b"", is_delivered=False)
    return made(delivered, found, content, controls=controls, codes=codes, language=language,
                workbook_name=workbook_name)


def made(delivered: Delivered, found: Iterable[Row], content: bytes | None, *, controls: Sequence[tuple[str, str]],
         codes: Iterable[str], language: str, workbook_name: str | None, is_across: bool = False) -> Made:
    """The page and the workbook of a delivery's findings. `content` is None for what is not kept as it came."""
    rows = tuple(sorted((without_others(row, codes) for row in found), key=_worst_first))
    book = None
    if content is not None and workbook_name and delivered.stem in FORMS:
        from assets.forms.handed_back import handed_back

        about = " · ".join(filter(None, (*delivered.unit_names, *delivered.periods, delivered.file_name)))
        book = handed_back(content, delivered.file_name, rows, about, language)
    numbers = [int(number) for row in rows for number in (row["line_numbers"] or "").split(",") if number]
    lines = line_fields(delivered.stem, content, delivered.file_name, numbers) if content is not None else {}
    report = ControlReport(delivered, tuple(controls), rows, lines, workbook_name if book else None, is_across)
    return Made(control_report_page(report, language), book)


def controls_of_delivery(stem: str | None, content: bytes | None,
                         periods: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Every control run on a delivery that is in force: of the file, and across sources; each once."""
    alone = controls_of_file(stem, content or b"")
    return tuple((dict(alone) | dict(controls_across(stem, periods))).items())


def without_others(row: Row, codes: Iterable[str]) -> Row:
    """The finding; marked `is_withheld` when its text names a municipality that the delivery is not about."""
    own = set(codes)
    texts = " ".join(filter(None, (row["message"], row["found"], row["expected"], row["explanation_nb"])))
    return {**row, "is_withheld": bool(own) and names_another(texts, own)}


def unit_names(codes: Iterable[str]) -> tuple[str, ...]:
    """The names of units, in the register's order; a code that is none stands as it is."""
    wanted = set(codes)
    known = {row["unit_code"]: row["unit_name"] for row in reference_rows("unit")}
    return (*(name for code, name in known.items() if code in wanted), *sorted(wanted - set(known)))


def unit_of_source(code: str) -> str:
    """The unit a municipality code belongs to; another code is a unit's own."""
    return next((row["unit_code"] for row in reference_rows("municipality_code")
                 if row["source_municipality_code"] == code), code)


def scope_told(found: Iterable[Row]) -> tuple[set[str], tuple[str, ...]]:
    """The units and periods that findings say they are about."""
    rows = list(found)
    return ({unit_of_source(row["unit_code"]) for row in rows if row["unit_code"]},
            tuple(sorted({row["period"] for row in rows if row["period"]})))


def _are_municipalities(codes: Iterable[str]) -> bool:
    kinds = {row["unit_code"]: row["unit_type"] for row in reference_rows("unit")}
    return all(kinds.get(code, "municipality") == "municipality" for code in codes)


def _worst_first(row: Row) -> tuple:
    return (-LEVELS.index(row["level"]), row["state"] != "åpen", row["rule_id"], row["sheet"] or "", _place(row))


def _place(row: Row) -> tuple[int, str]:
    """Cells by row of the sheet, lines by number."""
    digits = re.search(r"\d+", row["cell"] or row["line_numbers"] or "")
    return (int(digits[0]) if digits else 0, row["cell"] or "")
