"""The release: published tables and the site, immutable, whole or not at all.

A release is made in a folder of its own, then a single pointer is switched. Equal content makes no new release.
"""

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.disclosure import Key, key_of, suppress
from assets.earlier_releases import previously_published, printed_before, release_numbers
from assets.hold_back import HoldBack, held_numbers, with_held_back
from assets.hold_back_list import held_back_indicators
from assets.lineage import traced_parts
from assets.public_corrections import corrections_of_numbers, public_corrections
from assets.public_coverage import public_coverage
from assets.public_file_names import public_file_name
from assets.public_findings import NEVER_PUBLIC, public_findings
from assets.public_reports import public_reports
from assets.public_texts import public_texts, texts_waiting
from assets.release_guard import demand_no_leak
from dashboards.release import Release
from warehouse.database import Connection, one, records
from warehouse.durable import make_folder, put_in_place, sync_file, sync_folder
from warehouse.harmless_text import never_calculated
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.number_format import rounded
from warehouse.reference_data import reference_rows

# Sources whose lines are not cases: printed tables, and forms with a fixed number of fields. A line of an invoice list
# is a month of stay, and it stands twice more in the ledger; a number that grows tells of what came.
SOURCES_WITH_LINES_TOLD = frozenset({
    "population", "kostra_statistics", "kostra_accounts", "grants", "rates", "tertial_reports", "data_requests"})
PUBLISHED_COLUMNS = ("indicator_id", "unit_code", "period", "breakdown", "value", "unit", "status", "basis", "fact_id",
                     "correction_ids", "value_as_of")
_VALUES = """
SELECT value.*, unit.unit_type FROM marts.indicator_value AS value
INNER JOIN reference.unit ON unit.unit_code = value.unit_code
ORDER BY value.indicator_id, value.unit_code, value.period, value.breakdown
"""


@dataclass(frozen=True)
class Published:
    """The release in force after a publication: its folder and whether it is new."""

    folder: Path
    is_new: bool


def published_values(
    connection: Connection, threshold: int, before: Mapping[Key, set[float]] | None = None, hold: HoldBack | None = None,
) -> list[dict[str, Any]]:
    """Every indicator value after disclosure control, in a fixed order; `before` is `printed_before` of the home, `hold`
    `hold_back_of` it. A value that is held back is the one of `value_as_of`, or none.

    Prices and amounts behind small groups (SN4) and shares of codings (SN3) leave with the decimals they are shown with:
    a price with nine decimals is the price of one number of months only, and two exact shares, before and after somebody
    withdrew, tell what that one had said.
    """
    catalogue = {row["indicator_id"]: row for row in reference_rows("indicator")}
    decimals = {name: int(row["decimals"]) for name, row in catalogue.items() if row["small_number_rule"] in ("SN3", "SN4")}
    values = [{**value, "value": _as_shown(value["value"], decimals.get(value["indicator_id"]))}
              for value in records(connection, _VALUES)]
    printed = {key: {_as_shown(number, decimals.get(key[0])) for number in numbers}
               for key, numbers in (before or {}).items()}
    rules = {name: row["small_number_rule"] for name, row in catalogue.items()}

    def suppressed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return suppress(rows, rules, reference_rows("disclosure_equation"), threshold, printed)

    shown = [{**value, "value_as_of": ""} for value in suppressed(values)]
    if hold and hold.indicators:
        held = held_numbers(shown, public_findings(connection, hidden_numbers(shown)), hold.indicators,
                            traced_parts(connection, shown))
        shown = with_held_back(shown, held, hold.previous, suppressed) if held else shown
    corrected = corrections_of_numbers(connection)
    return [{column: value[column] for column in PUBLISHED_COLUMNS}
            for value in (_with_corrections(value, corrected) for value in shown)]


def hold_back_of(connection: Connection, home: Home, threshold: int) -> HoldBack:
    """What the home holds back, and what its releases have printed of it, for the moment the warehouse is built for.

    Of codings nothing earlier is told again: somebody may have withdrawn since. Raises HoldBackRefused.
    """
    indicators = held_back_indicators(home)
    if not indicators:
        return HoldBack()
    as_of = one(connection, "SELECT CAST(as_of AS DATE) FROM register.clock")
    of_codings = {row["indicator_id"] for row in reference_rows("indicator") if row["small_number_rule"] == "SN3"}
    previous = previously_published(home, as_of, threshold)
    return HoldBack(indicators, {key: value for key, value in previous.items() if key[0] not in of_codings})


def hidden_numbers(values: Iterable[Mapping[str, Any]]) -> set[tuple[str, str, str]]:
    """Indicator, unit and period of every number that disclosure control has hidden."""
    return {(value["indicator_id"], value["unit_code"], value["period"])
            for value in values if value["status"] == "suppressed"}


def _with_corrections(value: dict[str, Any], corrected: Mapping[Key, str]) -> dict[str, Any]:
    """Only a number that is shown tells that it was corrected."""
    return {**value, "correction_ids": corrected.get(key_of(value), "") if value["status"] == "ok" else ""}


def _as_shown(value: float | None, decimals: int | None) -> float | None:
    return value if value is None or decimals is None else float(rounded(value, decimals)) + 0.0


def release_of(connection: Connection, threshold: int, before: Mapping[Key, set[float]] | None = None,
               hold: HoldBack | None = None) -> Release:
    """The release as the site reads it; `before` is `printed_before` of the home, `hold` `hold_back_of` it."""
    values = published_values(connection, threshold, before, hold)
    return Release(
        values=tuple(values),
        indicators={row["indicator_id"]: row for row in reference_rows("indicator")},
        units={row["unit_code"]: row for row in reference_rows("unit")},
        sources=tuple(_sources(connection)),
        as_of=one(connection, "SELECT strftime(as_of, '%Y-%m-%d') FROM register.clock"),
        threshold=threshold,
        findings=tuple(public_findings(connection, hidden_numbers(values))),
        traces=traced_parts(connection, values),
        corrections=tuple(public_corrections(connection, values)),
        texts=tuple(public_texts(connection)),
        texts_waiting=texts_waiting(connection),
        coverage=tuple(public_coverage(connection)),
        reports=tuple(public_reports(connection)),
        is_constructed=one(connection, "SELECT count(*) > 0 FROM register.provenance WHERE basis <> 'published'"),
    )


def _sources(connection: Connection) -> list[dict[str, Any]]:
    sources = records(
        connection,
        "SELECT DISTINCT d.delivery_id, d.stem, d.file_name, strftime(d.received_at, '%Y-%m-%d') AS received_on, d.row_count "
        "FROM core.delivery_in_force AS f INNER JOIN register.delivery AS d ON d.delivery_id = f.delivery_id "
        "WHERE d.stem NOT IN (SELECT unnest(?)) ORDER BY d.stem, d.file_name, received_on, d.row_count",
        [list(NEVER_PUBLIC)])
    return [{"stem": source["stem"], "received_on": source["received_on"],
             "file_name": public_file_name(source["file_name"], source["stem"], source["delivery_id"]),
             "row_count": source["row_count"] if source["stem"] in SOURCES_WITH_LINES_TOLD else None}
            for source in sources]


def publish(connection: Connection, home: Home, threshold: int) -> Published:
    """Makes a new release if its content differs from the one in force, and switches the pointer to it.

    Raises HoldBackRefused or WouldLeak, and then makes nothing.
    """
    from dashboards.site import build_site

    before = printed_before(home)
    release = release_of(connection, threshold, before, hold_back_of(connection, home, threshold))
    demand_no_leak(connection, release, threshold, before)
    files = {f"tables/{name}": content for name, content in _tables(connection, release).items()}
    files |= {f"site/{name}": content for name, content in build_site(release).items()}
    manifest = _manifest(release, files)
    with exclusive(home.lock):
        current = _manifest_of(home.current)
        if current and current["content_sha256"] == manifest["content_sha256"]:
            return Published(home.current.resolve(), is_new=False)
        folder = _finished_release(home, manifest) or _write_release(home, files, manifest)
        _switch_pointer(home, folder)
    return Published(folder, is_new=True)


def _tables(connection: Connection, release: Release) -> dict[str, bytes]:
    values = [dict(value) for value in release.values]
    return {
        "indicator_value.csv": _csv(values),
        "indicator_value.json": (json.dumps(values, ensure_ascii=False, indent=0) + "\n").encode(),
        "indicator_value.parquet": _parquet(values),
        "indicator.csv": _csv(list(release.indicators.values())),
        "unit.csv": _csv(list(release.units.values())),
        "finding.csv": _csv([{**finding, "indicator_ids": " ".join(finding["indicator_ids"])}
                             for finding in release.findings]),
        "report.csv": _csv(list(release.reports)),
    }


def _csv(values: list[dict[str, Any]]) -> bytes:
    """Semicolon, UTF-8 with BOM so that a spreadsheet reads æøå; the full stop as decimal sign for machines.

    A text that would be calculated has an apostrophe in front.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(values[0]) if values else [], delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: never_calculated(value) for name, value in row.items()} for row in values)
    return "\ufeff".encode() + text.getvalue().encode()


def _parquet(values: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet

    schema = pa.schema([(name, pa.float64() if name == "value" else pa.string()) for name in PUBLISHED_COLUMNS])
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist(values, schema=schema), sink)
    return sink.getvalue()


def _manifest(release: Release, files: dict[str, bytes]) -> dict[str, Any]:
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    whole = hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()
    return {"content_sha256": whole, "as_of": release.as_of, "small_number_threshold": release.threshold,
            "constructed": release.is_constructed, "files": sums}


def _manifest_of(folder: Path) -> dict[str, Any] | None:
    path = folder / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _finished_release(home: Home, manifest: dict[str, Any]) -> Path | None:
    """The newest release when it is this one: whole, but the crash came before the pointer was switched to it."""
    numbers = release_numbers(home)
    newest = home.releases / str(max(numbers)) if numbers else None
    return newest if newest and (_manifest_of(newest) or {}).get("content_sha256") == manifest["content_sha256"] else None


def _write_release(home: Home, files: dict[str, bytes], manifest: dict[str, Any]) -> Path:
    make_folder(home.releases)
    for left_behind in home.releases.glob("*.part"):
        shutil.rmtree(left_behind, ignore_errors=True)
    folder = home.releases / str(1 + max(release_numbers(home), default=0))
    unfinished = folder.with_name(f"{folder.name}.part")
    try:
        for name, content in {**files, "manifest.json": json.dumps(manifest, indent=1).encode()}.items():
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            sync_file(path)
        put_in_place(unfinished, folder)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return folder


def _switch_pointer(home: Home, folder: Path) -> None:
    fresh = home.published / "current.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("releases") / folder.name)
    os.replace(fresh, home.current)
    sync_folder(home.published)
