"""Where every published number comes from, as far as it may be told outside: files and places, never what stands there.

A part of a shown sum may be a hidden number, and the number of lines behind one may be a number of stays. So no amount
leaves but the inhabitants, which everybody can look up; and the place within the file is told only for sources whose
rows are printed tables or fields of a form, not for those whose rows are vouchers, stays or people, nor for a
municipality's own workbook: a sum may stand below a list of children. Evaluators see all of it with `folgeeval trace`.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from assets.disclosure import Key
from assets.lineage_beside import with_files_beside
from assets.places import NamedCells, named_cells
from assets.public_file_names import OTHER_SHEET, form_sheets, public_file_name
from assets.sources.cube import place_of
from assets.sql_files import indicator_union
from dashboards.release import TracedPart
from expectations.wording import some
from warehouse.database import Connection, records
from warehouse.raw_places import PLACES

SOURCES_WITH_PLACES_TOLD = frozenset({
    "kostra_accounts", "kostra_statistics", "population", "grants", "rates", "tertial_reports", "data_requests", "bufetat"})
SOURCES_WITH_AMOUNTS_TOLD = frozenset({"population"})


def traced_parts(connection: Connection, values: Iterable[Mapping[str, Any]]) -> dict[Key, tuple[TracedPart, ...]]:
    """The parts of every number of the release that is shown, by (indicator, breakdown, unit, period).

    One part for each term, role and delivery, in that order. `values` are the release's rows.
    """
    shown = {_key(value) for value in values if value["status"] == "ok"}
    found: dict[Key, list[TracedPart]] = {}
    rows = with_files_beside(connection, [row for row in records(connection, _grouped_parts()) if _key(row) in shown])
    named = {stem: named_cells(connection, stem, {row["delivery_id"] for row in rows if row["stem"] == stem})
             for stem in SOURCES_WITH_PLACES_TOLD}
    for row in rows:
        found.setdefault(_key(row), []).append(_part(row, named.get(row["stem"], {})))
    return {key: tuple(sorted(parts, key=_order)) for key, parts in sorted(found.items())}


def _key(row: Mapping[str, Any]) -> Key:
    return row["indicator_id"], row["breakdown"], row["unit_code"], row["period"]


def _order(part: TracedPart) -> tuple:
    return part.term, part.role != "numerator", part.stem, part.file_name, part.delivery_id


def _part(row: Mapping[str, Any], named: NamedCells) -> TracedPart:
    stem = row["stem"]
    return TracedPart(
        term=row["term"], role=row["role"], stem=stem, delivery_id=row["delivery_id"],
        file_name=public_file_name(row["file_name"], stem, row["delivery_id"]),
        version=row["version"], received_on=row["received_on"], periods=tuple(row["periods"]),
        places=_places(row, named) if _has_places_told(row) else "",
        amount=row["amount"] if stem in SOURCES_WITH_AMOUNTS_TOLD else None)


def _has_places_told(row: Mapping[str, Any]) -> bool:
    """A file that is told beside the others has no places."""
    return row["stem"] in SOURCES_WITH_PLACES_TOLD and bool(row["numbers"]) and not row["is_mapped"]


def _grouped_parts() -> str:
    """One row for each number, term, role and delivery, with the places and their periods."""
    lines = "\n    UNION ALL\n    ".join(
        f"SELECT line.delivery_id, line.{place.number} AS place_number, {place.unit} AS source_unit_code, "
        f"{place.period} AS period, {place.dataset} AS dataset_code FROM {place.contract.full_name} AS line"
        for place in PLACES.values())
    return f"""
        SELECT part.indicator_id, part.unit_code, part.period, part.breakdown, part.term, part.role, delivery.stem,
            part.delivery_id, delivery.file_name, strftime(delivery.received_at, '%Y-%m-%d') AS received_on,
            coalesce(starts_with(max(delivery.form_version), 'mapping'), FALSE) AS is_mapped,
            max(scope.version) AS version, list_sort(list(DISTINCT line.period)) AS periods,
            list_sort(list(DISTINCT part.place_number)) AS numbers, sum(part.amount ORDER BY part.place_number) AS amount
        FROM ({indicator_union()}) AS part
        INNER JOIN register.delivery ON delivery.delivery_id = part.delivery_id
        INNER JOIN ({lines}) AS line
            ON line.delivery_id = part.delivery_id AND line.place_number = part.place_number
        LEFT JOIN register.delivery_scope AS scope
            ON scope.delivery_id = line.delivery_id AND scope.source_unit_code = line.source_unit_code
            AND scope.period = line.period AND scope.dataset_code = line.dataset_code
        WHERE part.role IN ('numerator', 'denominator')
        GROUP BY ALL"""


def _places(row: Mapping[str, Any], named: NamedCells) -> str:
    """The lines or cells in words, unbroken stretches as one: `linje 3–8 og 11`, `C Tiltak!B14 og B15`."""
    numbers, delivery_id = row["numbers"], row["delivery_id"]
    if PLACES[row["stem"]].number == "line_number":
        return f"linje {_in_stretches(numbers, str)}"
    if (delivery_id, numbers[0]) not in named:
        return _in_stretches(numbers, place_of)
    by_sheet = groupby((named[delivery_id, number] for number in numbers), key=lambda cell: cell[0])
    return "; ".join(f"{_sheet_name(sheet)}!{', '.join(cell for _, cell in cells)}" for sheet, cells in by_sheet)


def _sheet_name(sheet: str) -> str:
    """The form's own name of a sheet; a municipality's own workbook may call its sheets anything."""
    return sheet if sheet in form_sheets() else OTHER_SHEET


def _in_stretches(numbers: list[int], name: Callable[[int], str]) -> str:
    runs = [[number for _, number in run]
            for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    shown = [name(run[0]) if len(run) == 1 else f"{name(run[0])}–{name(run[-1])}" for run in runs]
    return some(shown, most=len(shown))
