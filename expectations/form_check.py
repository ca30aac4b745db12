"""What one delivered form shows by itself, before it is delivered: the rules on parts and totals, and gaps in them.

The judgements are those of the rules across deliveries; only the rows are made from the one file: by a rule itself
(`of_form`), or as groups of parts where its SELECT is `parts_select`. Whether a field is usually reported cannot be
seen in one file; here it is a gap when the rest of its sum is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from expectations.finding import Finding
from expectations.form_fields import indicators_of, label_text, place_text
from expectations.form_parts import groups_of_form, parts_select
from expectations.rule import Row, Rule, all_rules, found_in
from expectations.wording import some
from warehouse.finding_levels import GRAVE_LEVELS
from warehouse.reference_data import reference_rows

SUMS, GAPS = ("VR05", "VR55"), "VR58"
_FIGURES = ("count", "fte", "amount", "days", "months")
_STATUS = {".": "not_applicable", "..": "not_reported", "...": "not_yet"}


def check_form(cells: Iterable[Mapping[str, Any]], stem: str, file_name: str) -> list[Finding]:
    """The findings in the cells of one form (rows of its raw table without `delivery_id`).

    A finding the reporter has explained in the same field is forklart, unless it is grave: as when it is delivered.
    """
    fields = _figures(cells, stem, file_name)
    found = [finding for rule in rules_of_form(stem) for finding in rule.findings(list(_rows(rule, fields, stem)))]
    explained = {(field["sheet"], field["cell"]) for field in fields.values() if field["explanation"]}
    return [replace(finding, state="forklart")
            if (finding.sheet, finding.cell) in explained and finding.level not in GRAVE_LEVELS else finding
            for finding in [*found, *_gaps(fields, stem)]]


def rules_of_form(stem: str) -> tuple[Rule, ...]:
    """The rules a form of this kind can break by itself, in order; none for a source that is no form."""
    in_parts = {row["rule_id"] for row in reference_rows("field_part")
                if row["stem"] == stem and row["relation"] != "none"}
    if not in_parts:
        return ()
    return tuple(rule for rule in all_rules() if rule.rule_id == GAPS
                 or rule.rule_id in in_parts and rule.select == parts_select(rule.rule_id)
                 or stem in rule.forms)


def _rows(rule: Rule, fields: dict[str, dict[str, Any]], stem: str) -> Iterable[Row]:
    """What the rule judges, made from the one form. Gaps are looked for below."""
    if rule.of_form is not None:
        return rule.of_form(fields)
    return () if rule.rule_id == GAPS else groups_of_form(rule.rule_id, fields, stem)


def _figures(cells: Iterable[Mapping[str, Any]], stem: str, file_name: str) -> dict[str, dict[str, Any]]:
    catalogue = {row["field_id"]: row for row in reference_rows("form_field")
                 if row["stem"] == stem and row["field_kind"] in _FIGURES}
    units = {row["unit_code"]: row["unit_name"] for row in reference_rows("unit")}
    codes = {row["source_municipality_code"]: row["unit_code"] for row in reference_rows("municipality_code")}
    return {cell["field_id"]: {
        **cell, "stem": stem, "unit_code": cell["municipality_code"], "file_name": file_name,
        "unit_name": units.get(codes.get(cell["municipality_code"], ""), cell["municipality_code"]),
        "label": catalogue[cell["field_id"]]["label_nb"], "field_kind": catalogue[cell["field_id"]]["field_kind"],
        "value": 0.0 if cell["status_sign"] == "-" else cell["value"], "status": _status(cell),
    } for cell in cells if cell["field_id"] in catalogue}


def _status(cell: Mapping[str, Any]) -> str:
    """As `core.form_value` has it: a number that is missing without a sign is not reported."""
    if cell["status_sign"] in _STATUS:
        return _STATUS[cell["status_sign"]]
    return "not_reported" if cell["value"] is None and cell["status_sign"] != "-" else "ok"


def _gaps(fields: dict[str, dict[str, Any]], stem: str) -> Iterator[Finding]:
    """A field of a sum that is not reported, while others of the same sum are (VR58)."""
    for group in (group for rule_id in SUMS for group in groups_of_form(rule_id, fields, stem)):
        members = [fields[group["field_id"]], *group["parts"]]
        told = [member for member in members if member["status"] == "ok"]
        for field in members:
            if group["relation"] == "sum" and told and field["status"] == "not_reported":
                yield found_in(
                    GAPS, field,
                    f"Fant ikke noe tall i {place_text(field)} ({label_text(field)}), men resten av summen er fylt ut (celle "
                    f"{some([member['cell'] for member in told])}). Fyll det ut, velg «bekreftet null» eller «ikke aktuelt», "
                    "eller skriv i forklaringsfeltet hvorfor tallet mangler; det regnes aldri som null.",
                    found="..", indicators=indicators_of(stem, [field["field_id"]]))
