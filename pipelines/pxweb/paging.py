"""A choice too large for one answer, cut into pages; and the pages put together into one data set again.

Cells are placed by their codes, never by their order: the service may turn the dimensions from one answer to the next.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from assets.sources.cube import Cube, Dimension
from pipelines.failures import FetchFailed
from pipelines.pxweb.service import Choice

OF_ONE_ANSWER_ONLY = ("href", "link")
OF_A_CATEGORY = ("label", "unit", "note")


@dataclass(frozen=True)
class Page:
    """One answer: what was asked, the document as it came, and the same as a cube."""

    choice: Choice
    content: bytes
    document: dict[str, Any]
    cube: Cube


def cell_count(choice: Choice) -> int:
    return math.prod(len(codes) for codes in choice.values())


def pages_of(choice: Choice, limit: int) -> list[Choice]:
    """The choice as choices of at most `limit` cells, cut along its largest variable, and the next where it must be."""
    count = cell_count(choice)
    if count <= limit:
        return [choice]
    widest = max(choice, key=lambda code: len(choice[code]))
    codes = choice[widest]
    step = max(1, limit // (count // len(codes)))
    pieces = [choice | {widest: codes[start:start + step]} for start in range(0, len(codes), step)]
    return [page for piece in pieces for page in pages_of(piece, limit)]


def demand_what_was_asked(choice: Choice, cube: Cube) -> None:
    """Raises FetchFailed unless the cube has exactly the codes asked for, and else only single categories."""
    for code, asked in choice.items():
        dimension = cube.by_name.get(code)
        if dimension is None:
            raise FetchFailed(f"svaret mangler dimensjonen {code}.")
        if missing := [value for value in asked if value not in dimension.codes]:
            raise FetchFailed(f"svaret mangler {code} {', '.join(missing[:5])} ({len(missing)} av {len(asked)}), enda "
                              "tjenesten sier at den har dem. Prøv igjen senere.")
        if strangers := [value for value in dimension.codes if value not in asked]:
            raise FetchFailed(f"svaret har {code} {', '.join(strangers[:5])}, som det ikke ble spurt etter.")
    for dimension in cube.dimensions:
        if dimension.name not in choice and len(dimension.codes) > 1:
            raise FetchFailed(f"svaret har {len(dimension.codes)} kategorier i {dimension.name}, som det ikke ble spurt "
                              f"etter. Velg dem du vil ha med --select {dimension.name}=…")


def put_together(choice: Choice, pages: Sequence[Page]) -> bytes:
    """The data set of all the pages: a single page as it came, else one document with dimensions as in the first.

    Raises FetchFailed when a cell is given twice or not at all, or a page has another dimension than the first.
    """
    first = pages[0]
    if len(pages) == 1:
        return first.content
    whole = [(d.name, choice.get(d.name, d.codes)) for d in first.cube.dimensions]
    values, signs = _all_cells(whole, pages)
    document = {name: node for name, node in first.document.items() if name not in OF_ONE_ANSWER_ONLY}
    document |= {
        "id": [name for name, _ in whole], "size": [len(codes) for _, codes in whole],
        "dimension": {name: _dimension(name, codes, pages) for name, codes in whole}, "value": values}
    document.pop("status", None)
    if any(signs):
        document["status"] = {str(index): sign for index, sign in enumerate(signs) if sign}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _all_cells(whole: list[tuple[str, tuple[str, ...]]], pages: Sequence[Page]) -> tuple[list, list]:
    """The values and the signs of the whole, each cell from the one page that has it."""
    count = math.prod(len(codes) for _, codes in whole)
    values, signs, given = [None] * count, [None] * count, bytearray(count)
    steps: dict[str, dict[str, int]] = {}
    width = count
    for name, codes in whole:
        width //= len(codes)
        steps[name] = {code: place * width for place, code in enumerate(codes)}
    for page in pages:
        for index, value, sign in zip(_indexes(steps, page.cube.dimensions), page.cube.values, page.cube.signs, strict=True):
            if given[index]:
                raise FetchFailed("to svar har samme celle. Ingenting er lagret; prøv igjen.")
            values[index], signs[index], given[index] = value, sign, 1
    if not all(given):
        raise FetchFailed(f"svarene mangler {given.count(0)} av {count} celler. Ingenting er lagret; prøv igjen.")
    return values, signs


def _indexes(steps: dict[str, dict[str, int]], dimensions: tuple[Dimension, ...]) -> "map[int]":
    """Where each cell of a page stands in the whole, in the page's own order."""
    if {dimension.name for dimension in dimensions} != set(steps):
        raise FetchFailed("svarene har ikke de samme dimensjonene. Ingenting er lagret; prøv igjen.")
    try:
        return map(sum, product(*([steps[d.name][code] for code in d.codes] for d in dimensions)))
    except KeyError as error:
        raise FetchFailed(f"svarene har ikke de samme kategoriene ({error}). Ingenting er lagret; prøv igjen.") from error


def _dimension(name: str, codes: tuple[str, ...], pages: Sequence[Page]) -> dict[str, Any]:
    """The dimension as the first page describes it, with the categories of all."""
    category: dict[str, Any] = {"index": {code: place for place, code in enumerate(codes)}}
    for page in pages:
        described = page.document["dimension"][name]["category"]
        for part in OF_A_CATEGORY:
            if isinstance(described.get(part), dict):
                category.setdefault(part, {}).update(described[part])
    return {**pages[0].document["dimension"][name], "category": category}
