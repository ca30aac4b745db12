"""Control reports of deliveries, from the snapshot and the kept files to files in a folder."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.controls import controls_of_file
from dashboards.control_findings import Delivered
from dashboards.labels import slug
from expectations.rule import all_rules
from pipelines.alerts.alert_settings import alert_settings
from pipelines.control_reports import controls_of_delivery, made, unit_names, unit_of_source
from warehouse.database import Connection, records
from warehouse.durable import write_whole
from warehouse.home import Home

NOT_REPORTED_ON = ("interview_codings",)
"""Interviews: what is told of an informant is never written to a file that a withdrawal would have to find."""
NOT_KEPT = ("child_records", *NOT_REPORTED_ON)
SEVERAL, UNKNOWN = "flere", "ukjent"

_DELIVERIES = """
SELECT delivery.delivery_id, delivery.sha256, delivery.stem, CAST(received_at AS VARCHAR) AS received_at,
    delivery_state, form_version, file_name, sender_code,
    EXISTS (SELECT 1 FROM core.delivery_in_force AS force
        WHERE force.delivery_id = delivery.delivery_id) AS is_in_force,
    EXISTS (SELECT 1 FROM register.provenance AS mark WHERE mark.delivery_id = delivery.delivery_id
        AND mark.basis <> 'published') AS is_constructed
FROM register.delivery CROSS JOIN register.clock
WHERE delivery_state <> 'duplicate' AND received_at <= as_of AND coalesce(delivery.stem, '') NOT IN (SELECT unnest(?))
ORDER BY delivery.delivery_id
"""

# Of a delivery: what it alone shows, with the state of today, and what the rules across sources find in it.
_FINDINGS = """
SELECT own.* EXCLUDE (state), coalesce(now.state, own.state) AS state, now.explanation_nb, now.explained_by
FROM findings.delivery_finding AS own
LEFT JOIN findings.finding AS now ON now.finding_id = own.finding_id AND now.delivery_id = own.delivery_id
WHERE own.delivery_id = $1
UNION ALL BY NAME
SELECT * FROM findings.finding WHERE delivery_id = $1 AND finding_id NOT IN (
    SELECT finding_id FROM findings.delivery_finding WHERE delivery_id = $1)
"""


@dataclass(frozen=True)
class Written:
    """A report written: of which delivery, where the page and the workbook are, how many findings of each state."""

    delivery_id: int
    report: Path
    workbook: Path | None
    open_count: int
    finding_count: int


def deliveries(connection: Connection, ids: Sequence[int], unit: str | None,
               period: str | None) -> list[dict[str, Any]]:
    """The deliveries asked for with their scope: by number, or those in force (and refused) of a unit and a period."""
    found = records(connection, _DELIVERIES, [list(NOT_REPORTED_ON)])
    scopes = records(connection, "SELECT delivery_id, source_unit_code, period, version FROM register.delivery_scope "
                     "ORDER BY ALL")
    by_delivery: dict[int, list[dict[str, Any]]] = {}
    for scope in scopes:
        by_delivery.setdefault(scope["delivery_id"], []).append(scope)
    for delivery in found:
        own = by_delivery.get(delivery["delivery_id"], [])
        codes = [scope["source_unit_code"] for scope in own] or list(filter(None, [delivery["sender_code"]]))
        delivery["units"] = sorted({unit_of_source(code) for code in codes})
        delivery["periods"] = sorted({scope["period"] for scope in own})
        delivery["version"] = max((scope["version"] for scope in own), default=None)
    if ids:
        return [delivery for delivery in found if delivery["delivery_id"] in set(ids)]
    return [delivery for delivery in found if _is_asked_for(delivery, unit, period)]


def _is_asked_for(delivery: dict[str, Any], unit: str | None, period: str | None) -> bool:
    """A file about several units is no unit's own: its report is made only when nobody asks for one unit."""
    is_current = delivery["is_in_force"] or delivery["delivery_state"] == "refused"
    return is_current and (unit is None or delivery["units"] == [unit]) and (
        period is None or any(period in (one, one[:4]) for one in delivery["periods"]))


def write_reports(connection: Connection, home: Home, asked: Sequence[dict[str, Any]], folder: Path,
                  language: str | None) -> Iterator[Written]:
    """Writes the report of each delivery, and the form handed back where something is found in it; whole, over what was.

    A `language` of None is the one the unit has chosen for its messages. Raises WrongUsage for settings that cannot be
    meant.
    """
    chosen = alert_settings(home) if language is None else None
    for delivery in asked:
        found = [row for row in records(connection, _FINDINGS, [delivery["delivery_id"]])
                 if _is_of(row, delivery["units"])]
        content = _content(home, delivery)
        name = f"{delivery['delivery_id']}_{_safe(Path(delivery['file_name']).stem)}"
        target = folder / _one(delivery["units"]) / _one(delivery["periods"])
        is_sound = delivery["delivery_state"] == "accepted"
        report = made(
            _delivered(connection, delivery), found, content, codes=delivery["units"],
            language=chosen.route(_one(delivery["units"])).language if chosen else language,
            controls=_controls(delivery, content) if is_sound else (), workbook_name=f"{name}.xlsx" if found else None,
            is_across=delivery["is_in_force"])
        page, book = target / f"{name}.html", target / f"{name}.xlsx"
        write_whole(page, report.page)
        if report.workbook is not None:
            write_whole(book, report.workbook)
        else:
            book.unlink(missing_ok=True)
        yield Written(delivery["delivery_id"], page, book if report.workbook is not None else None,
                      sum(row["state"] == "åpen" for row in found), len(found))


def _is_of(row: dict[str, Any], units: Sequence[str]) -> bool:
    return row["unit_code"] is None or not units or unit_of_source(row["unit_code"]) in units


def _controls(delivery: dict[str, Any], content: bytes | None) -> tuple[tuple[str, str], ...]:
    """What was run: of the rules that read the warehouse none on what is no longer in force."""
    if delivery["is_in_force"]:
        return controls_of_delivery(delivery["stem"], content, delivery["periods"])
    in_warehouse = {rule.rule_id for rule in all_rules()}
    return tuple(one for one in controls_of_file(delivery["stem"], content or b"") if one[0] not in in_warehouse)


def _delivered(connection: Connection, delivery: dict[str, Any]) -> Delivered:
    (clock,) = records(connection, "SELECT CAST(as_of AS VARCHAR) AS as_of FROM register.clock")
    is_refused = delivery["delivery_state"] == "refused"
    outcome = "refused" if is_refused else "in_force" if delivery["is_in_force"] else "replaced"
    return Delivered(
        delivery["file_name"], delivery["stem"], unit_names(delivery["units"]), tuple(delivery["periods"]),
        delivery["sha256"], outcome, delivery["delivery_id"], delivery["received_at"], delivery["version"],
        delivery["form_version"], clock["as_of"], delivery["is_constructed"],
        is_of_municipality=all(re.fullmatch(r"[0-9]{4}", code) for code in delivery["units"]))


def _content(home: Home, delivery: dict[str, Any]) -> bytes | None:
    """The file as it came, accepted or refused; None for what is not kept."""
    if delivery["stem"] in NOT_KEPT:
        return None
    folder = home.quarantine if delivery["delivery_state"] == "refused" else home.deliveries
    path = folder / delivery["sha256"] / delivery["file_name"]
    return path.read_bytes() if path.is_file() else None


def _one(codes: Sequence[str]) -> str:
    if not codes:
        return UNKNOWN
    return _safe(codes[0]) if len(codes) == 1 else SEVERAL


def _safe(name: str) -> str:
    """A name a file can have everywhere."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]{1,60}", name) else slug(name)[:60] or UNKNOWN
