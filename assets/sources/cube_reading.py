"""From a cube to cells, raw rows, scope and findings. Shared by population and key figures."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from assets.sources.cube import Cube, CubeCell, Dimension, place_of
from assets.sources.fields import FIRST_YEAR, LAST_YEAR
from assets.sources.reading import Cell, ScopeKey
from assets.sources.refusals import BROKEN_DATA_SET, NOT_A_DATE, OTHER_SHAPE, STATUS_SIGN, Faults, refusal
from assets.sources.regions import known_regions
from assets.sources.signs import REMARKS, contradicts, is_known, meaning
from expectations.finding import Finding

REGION, YEAR = "Region", "Tid"
PLACES_SHOWN = 5


def cells_of(cube: Cube, unit_of: Callable[[CubeCell], str | None]) -> tuple[Cell, ...]:
    """Every cell with its place, value, unit and status."""
    cells = []
    for cell in cube.cells():
        value, status = meaning(cell.value, cell.sign)
        cells.append(Cell(keys=cell.keys, value=value, unit=unit_of(cell), status=status, cell=cell.place))
    return tuple(cells)


def delivered_unit(cube: Cube, cell: CubeCell) -> str | None:
    """The unit that the data set itself states for a cell, if it does."""
    return next((unit for dimension in cube.metrics if (unit := dimension.units.get(cell.keys[dimension.name]))), None)


def raw_rows(cube: Cube, columns: dict[str, str], constants: dict[str, Any]) -> list[dict[str, Any]]:
    """One row per cell: `columns` names the raw column of each dimension, `constants` what all rows share."""
    rows = []
    for cell in cube.cells():
        value, _ = meaning(cell.value, cell.sign)
        row = {"cell_number": cell.index, **constants, "value": None if value is None else float(value),
               "status_sign": cell.sign}
        row.update((column, cell.keys[name]) for name, column in columns.items())
        row["year"] = int(row["year"])
        rows.append(row)
    return rows


def scope_of(rows: Sequence[dict[str, Any]]) -> tuple[ScopeKey, ...]:
    """The regions and years with at least one number, or a sign that says why a possible number is missing."""
    told = {(row["region_code"], row["year"]) for row in rows
            if row["value"] is not None or row["status_sign"] not in (None, ".")}
    return tuple(sorted(ScopeKey(region, str(year)) for region, year in told))


def about_something(scope_keys: tuple[ScopeKey, ...], stem: str, file_name: str) -> tuple[ScopeKey, ...]:
    """The scope. Raises DeliveryRefused for a data set in which every cell is empty."""
    if not scope_keys:
        raise refusal(BROKEN_DATA_SET, stem, file_name, "datasettet har ingen tall, og ingen tegn som sier hvorfor. "
                      "Kontroller valgene i uttrekket, og hent det på nytt.")
    return scope_keys


def shape_faults(cube: Cube, expected: Sequence[str], faults: Faults) -> None:
    """A fault when a dimension is missing, or another than the expected ones has more than one category."""
    strangers = [d for d in cube.dimensions if d.name not in expected and len(d.codes) > 1]
    if strangers or set(expected) - set(cube.by_name):
        found = ", ".join(_described(dimension) for dimension in cube.dimensions)
        faults.add(OTHER_SHAPE, f": fant dimensjonene {found}; ventet {', '.join(expected)}, og ellers bare "
                   "dimensjoner med én kategori. Hent datasettet på nytt med dette utvalget.", found=found,
                   expected=", ".join(expected))


def source_updated(cube: Cube) -> datetime | None:
    """When the source last changed the figures, in UTC without zone; None when the data set does not tell a moment."""
    if not re.match(r"[0-9]{4}-?(?:0[1-9]|1[0-2])", cube.updated or ""):
        return None
    try:
        moment = datetime.fromisoformat(cube.updated).replace(microsecond=0)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def updated_findings(cube: Cube, stem: str, file_name: str) -> Iterator[Finding]:
    """One Informasjon when the data set has an `updated` that is no moment: it then counts by when it came."""
    if cube.updated and source_updated(cube) is None:
        found = cube.updated[:40]
        yield Finding(NOT_A_DATE, "informasjon", f"{file_name}: «updated» er «{found}», som ikke er et tidspunkt. "
                      "Leveransen ordnes etter når den kom.", source=stem, file=file_name, cell="updated", found=found)


def year_faults(dimension: Dimension, faults: Faults) -> None:
    """A fault for each period that is not a year the warehouse can hold."""
    for code in dimension.codes:
        if not re.fullmatch(r"[0-9]{4}", code) or not FIRST_YEAR <= int(code) <= LAST_YEAR:
            faults.add(NOT_A_DATE, f": perioden «{code}» er ikke et år fra {FIRST_YEAR} til {LAST_YEAR}. "
                       "Velg hele år.", cell=f"{dimension.name}={code}", found=code)


def sign_findings(cube: Cube, stem: str, file_name: str) -> Iterator[Finding]:
    """One finding per sign that is unknown, remarks on the numbers, or contradicts them; with the first places."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for index, (value, sign) in enumerate(zip(cube.values, cube.signs, strict=True)):
        if not is_known(sign):
            places["remark" if sign in REMARKS else "unknown", sign].append(place_of(index))
        if contradicts(value, sign):
            places["contradicts", sign].append(place_of(index))
    for (kind, sign), cells in places.items():
        level, text = _sign_text(kind, sign)
        more = f" og {len(cells) - PLACES_SHOWN} til" if len(cells) > PLACES_SHOWN else ""
        yield Finding(STATUS_SIGN, level, f"{file_name}, {', '.join(cells[:PLACES_SHOWN])}{more}: {text}",
                      source=stem, file=file_name, cell=cells[0], found=sign)


def _sign_text(kind: str, sign: str) -> tuple[str, str]:
    if kind == "remark":
        return "informasjon", f"tegnet «{sign}» betyr {REMARKS[sign]}."
    if kind == "unknown":
        return "advarsel", (f"tegnet «{sign}» er ikke et standardtegn; tallet brukes som det står. "
                            "Spør den som laget filen.")
    if sign == "-":
        return "advarsel", ("tegnet «-» betyr null, men cellen har et annet tall. Tallet brukes; "
                            "spør den som laget filen.")
    return "advarsel", f"tegnet «{sign}» betyr at tallet mangler, men cellen har et tall. Tallet brukes ikke."


def why_not_taken_in(cube: Cube, faults: Faults) -> Iterator[Finding]:
    """For a file that is only shown: what would have stopped it at intake, as one Informasjon."""
    reasons = [finding.message for finding in faults.findings[:1]]
    strangers = sorted(set(cube.by_name[REGION].codes) - known_regions()) if REGION in cube.by_name else []
    if strangers and not reasons:
        reasons.append(f"{faults.file_name}: SSBs kodelister har ikke {REGION} {', '.join(strangers[:PLACES_SHOWN])}.")
    for reason in reasons:
        yield Finding(OTHER_SHAPE, "informasjon", f"Kan vises, men tas ikke inn. {reason}", source=faults.stem,
                      file=faults.file_name)


def _described(dimension: Dimension) -> str:
    return f"{dimension.name} ({len(dimension.codes)})"
