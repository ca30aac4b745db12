"""Findings as rows, and the findings a delivery alone gives, kept by delivery."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from expectations.finding import Finding
from warehouse.contracts import contract_of
from warehouse.database import Connection, append
from warehouse.rule_table import indicators_of_rule


def finding_rows(findings: list[Finding], stem: str | None, delivery_id: int | None) -> list[dict]:
    """Findings as rows of the findings tables; the same finding twice in one delivery is kept once."""
    unique = {finding.finding_id: finding for finding in findings}
    return [{
        "finding_id": key, "rule_id": finding.rule_id, "level": finding.level, "unit_code": finding.unit_code,
        "period": finding.period, "stem": finding.source or stem, "file_name": finding.file, "sheet": finding.sheet,
        "cell": finding.cell, "line_numbers": ",".join(str(line) for line in finding.line_numbers) or None,
        "found": finding.found, "expected": finding.expected, "message": finding.message, "state": finding.state,
        "delivery_id": finding.delivery_id or delivery_id,
        "indicator_ids": " ".join(finding.indicators or indicators_of_rule(finding.rule_id)) or None,
    } for key, finding in unique.items()]


def refusal_rows(findings: list[Finding], stem: str | None, delivery_id: int, *, sender_code: str | None,
                 file_name: str) -> list[dict]:
    """The reasons a file was refused, as rows. Two senders' files of one name are two things to mend."""
    sent = [replace(finding, unit_code=finding.unit_code or sender_code, file=finding.file or file_name)
            for finding in findings]
    return [{**row, "finding_id": _id_of(row["finding_id"], sender_code, file_name)}
            for row in finding_rows(sent, stem, delivery_id)]


def _id_of(finding_id: str, sender_code: str | None, file_name: str) -> str:
    return hashlib.sha256(f"{finding_id}|{sender_code}|{file_name}".encode()).hexdigest()[:16]


def replace_findings_of(connection: Connection, found: Mapping[int, list[dict]]) -> None:
    """Keeps these rows as what each delivery alone shows, instead of what was kept of it before."""
    from warehouse.arrow import arrow_table

    contract = contract_of("findings", "delivery_finding")
    connection.execute(f"DELETE FROM {contract.full_name} WHERE delivery_id IN (SELECT unnest(?))", [list(found)])
    if rows := [row for own in found.values() for row in own]:
        append(connection, contract, arrow_table(contract, rows))
