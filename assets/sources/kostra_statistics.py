"""Key figures: our own data set `folgeeval:nokkeltall` with region, key figure and year.

Any other JSON-stat file can be shown cell by cell, but is not taken in: we do not guess what its dimensions mean.
"""

from assets.sources.cube import Cube, CubeCell
from assets.sources.cube_reading import (
    REGION, YEAR, about_something, cells_of, delivered_unit, raw_rows, scope_of, shape_faults, sign_findings, source_updated,
    updated_findings, why_not_taken_in, year_faults,
)
from assets.sources.json_stat import FORM_VERSION, dimension_names, is_json, read_cube
from assets.sources.reading import Cell, Reading
from assets.sources.refusals import OTHER_SHAPE, UNKNOWN_CODE, Faults
from assets.sources.statistics_tables import table_of
from expectations.finding import Finding
from warehouse.reference_data import reference_rows

STEM = "kostra_statistics"
KEY_FIGURE = "Indikator"
DATA_SET = "nokkeltall"
DATA_SET_CODE = f"folgeeval:{DATA_SET}"


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the content is JSON-stat, or JSON that breaks before it can be told. Population is asked first."""
    return is_json(content) and dimension_names(content) is not None


def read_cells(content: bytes, file_name: str) -> tuple[tuple[Cell, ...], tuple[Finding, ...]]:
    """Every cell of any JSON-stat 2 data set; a finding says so when the set cannot be taken in."""
    cube = read_cube(STEM, content, file_name)
    return _cells(cube), (*sign_findings(cube, STEM, file_name), *updated_findings(cube, STEM, file_name),
                          *why_not_taken_in(cube, _faults(cube, file_name)))


def read(content: bytes, file_name: str) -> Reading:
    """Our key-figure data set read for intake. Raises DeliveryRefused for others, naming their dimensions."""
    from warehouse.arrow import arrow_table
    from warehouse.contracts import RAW_BY_STEM

    cube = read_cube(STEM, content, file_name)
    _faults(cube, file_name).stop()
    rows = raw_rows(cube, {REGION: "region_code", KEY_FIGURE: "key_figure_code", YEAR: "year"},
                    {"dataset_code": DATA_SET_CODE})
    return Reading(
        stem=STEM, form_version=FORM_VERSION, scope_keys=about_something(scope_of(rows), STEM, file_name),
        rows=arrow_table(RAW_BY_STEM[STEM], rows, without=("delivery_id",)),
        cells=_cells(cube), source_updated=source_updated(cube),
        findings=(*sign_findings(cube, STEM, file_name), *updated_findings(cube, STEM, file_name)))


def _key_figure_units() -> dict[str, str]:
    return {row["key_figure_code"]: row["unit"] for row in reference_rows("key_figure")}


def _cells(cube: Cube) -> tuple[Cell, ...]:
    units = _key_figure_units()

    def unit_of(cell: CubeCell) -> str | None:
        return delivered_unit(cube, cell) or units.get(cell.keys.get(KEY_FIGURE, ""))

    return cells_of(cube, unit_of)


def _why_not(table: dict[str, str]) -> str:
    if table["stem"]:
        return "Den tas inn når den har dimensjonene Region, Alder og Tid. Hent den på nytt med dem."
    return ("Den kan leses, men tas ikke inn: det er ikke avgjort hvilke av tallene som er plattformens nøkkeltall. Lever "
            f"nøkkeltallene i datasettet {DATA_SET_CODE}.")


def _faults(cube: Cube, file_name: str) -> Faults:
    """Everything that keeps the data set out."""
    faults = Faults(STEM, file_name)
    if KEY_FIGURE not in cube.by_name and (table := table_of(cube)):
        faults.add(OTHER_SHAPE, f": dette er SSBs tabell {table['table_id']} ({table['table_name_nb']}). "
                   f"{_why_not(table)}", found=table["table_id"], expected=DATA_SET_CODE)
        return faults
    shape_faults(cube, (REGION, KEY_FIGURE, YEAR), faults)
    ours = cube.extension.get("folgeeval")
    named = ours.get("dataset", DATA_SET) if isinstance(ours, dict) else DATA_SET
    if named != DATA_SET:
        faults.add(OTHER_SHAPE, f": datasettet heter «{named}»; ventet «{DATA_SET}». Lever nøkkeltallene i hvert sitt "
                   "datasett.", cell="extension", found=str(named), expected=DATA_SET)
    if faults.findings:
        return faults
    year_faults(cube.by_name[YEAR], faults)
    known = _key_figure_units()
    for code in cube.by_name[KEY_FIGURE].codes:
        if code not in known:
            faults.add(UNKNOWN_CODE, f": nøkkeltallet «{code}» finnes ikke i katalogen. Rett koden.",
                       cell=f"{KEY_FIGURE}={code}", found=code)
    return faults
