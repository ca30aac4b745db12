"""Inhabitants by region, single year of age and year, as Statistics Norway's table 07459 without sex.

Ages are never grouped here: which ages an indicator divides by is said by the indicator.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from assets.sources.cube import Cube, place_of
from assets.sources.cube_reading import (
    REGION, YEAR, about_something, cells_of, delivered_unit, raw_rows, scope_of, shape_faults, sign_findings,
    source_updated, updated_findings, why_not_taken_in, year_faults,
)
from assets.sources.json_stat import FORM_VERSION, dimension_names, is_json, read_cube
from assets.sources.reading import Cell, Reading, ScopeKey
from assets.sources.refusals import NOT_A_NUMBER, OTHER_SHAPE, UNKNOWN_CODE, ZEROS_OUTSIDE_VALIDITY, Faults
from assets.sources.regions import is_valid_in
from expectations.finding import Finding

STEM = "population"
AGE, SEX = "Alder", "Kjonn"
ONE_SEX_ONLY = ("1", "2")
SINGLE_YEAR = r"0[0-9]{2}|1[01][0-9]|1[01][0-9]\+"


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the content is JSON-stat with region, age and year among its dimensions."""
    return is_json(content) and {REGION, AGE, YEAR} <= set(dimension_names(content) or ())


def read_cells(content: bytes, file_name: str) -> tuple[tuple[Cell, ...], tuple[Finding, ...]]:
    """Every cell, also of a data set that cannot be taken in; then a finding says why it cannot."""
    cube = read_cube(STEM, content, file_name)
    cells = cells_of(cube, lambda cell: delivered_unit(cube, cell) or "innbyggere")
    return cells, (*sign_findings(cube, STEM, file_name), *updated_findings(cube, STEM, file_name),
                   *why_not_taken_in(cube, _faults(cube, file_name)))


def read(content: bytes, file_name: str) -> Reading:
    """The population read for intake.

    Raises DeliveryRefused for age groups, one sex only, several contents, periods that are not years, and numbers
    that are not whole.
    """
    from warehouse.arrow import arrow_table
    from warehouse.contracts import RAW_BY_STEM

    cube = read_cube(STEM, content, file_name)
    _faults(cube, file_name).stop()
    rows = raw_rows(cube, {REGION: "region_code", AGE: "age_code", YEAR: "year"}, {})
    outside = _zeros_outside_validity(rows)
    return Reading(
        stem=STEM, form_version=FORM_VERSION,
        scope_keys=about_something(tuple(key for key in scope_of(rows) if key not in outside), STEM, file_name),
        rows=arrow_table(RAW_BY_STEM[STEM], rows, without=("delivery_id",)),
        cells=cells_of(cube, lambda cell: "innbyggere"), source_updated=source_updated(cube),
        findings=(*sign_findings(cube, STEM, file_name), *updated_findings(cube, STEM, file_name),
                  *_told_outside(outside, file_name)))


def _faults(cube: Cube, file_name: str) -> Faults:
    """Everything that keeps the data set out."""
    faults = Faults(STEM, file_name)
    shape_faults(cube, (REGION, AGE, YEAR), faults)
    if faults.findings:
        return faults
    year_faults(cube.by_name[YEAR], faults)
    if SEX in cube.by_name and cube.by_name[SEX].codes[0] in ONE_SEX_ONLY:
        faults.add(OTHER_SHAPE, ": datasettet har bare det ene kjønnet. Hent tabellen uten kjønn.", cell=SEX)
    for code in cube.by_name[AGE].codes:
        if not re.fullmatch(SINGLE_YEAR, code):
            faults.add(UNKNOWN_CODE, f": alderen «{code}» er ikke ettårig. Hent tabellen med ettårige aldre "
                       "(000–105+).", cell=f"{AGE}={code}", found=code)
    for index, value in enumerate(cube.values):
        if value is not None and (value < 0 or value != int(value)):
            faults.add(NOT_A_NUMBER, f", {place_of(index)}: fant {value}, som ikke er et antall innbyggere.",
                       cell=place_of(index), found=str(value))
    return faults


def _zeros_outside_validity(rows: list[dict[str, Any]]) -> list[ScopeKey]:
    """Regions and years with nothing but zeros when the code was not in use: the table has 0 for no municipality."""
    total: dict[tuple[str, int], float] = defaultdict(float)
    for row in rows:
        total[row["region_code"], row["year"]] += row["value"] or 0
    return [ScopeKey(region, str(year)) for (region, year), inhabitants in sorted(total.items())
            if inhabitants == 0 and not is_valid_in(region, year)]


def _told_outside(outside: list[ScopeKey], file_name: str) -> Iterator[Finding]:
    if outside:
        codes = ", ".join(f"{key.source_unit_code} i {key.period}" for key in outside[:10])
        more = f" og {len(outside) - 10} til" if len(outside) > 10 else ""
        yield Finding(
            ZEROS_OUTSIDE_VALIDITY, "informasjon",
            f"{file_name}: {codes}{more} har bare nuller, og kommunenummeret var ikke i bruk. Nullene "
            "regnes ikke med.",
            source=STEM, file=file_name, cell=f"{REGION}={outside[0].source_unit_code}")
