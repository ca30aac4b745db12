"""JSON-stat 2 data sets written in the forms real sources use: values and signs as lists, or sparse as objects."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from assets.demo.delivery import Mark

MISSING_SIGNS = (".", "..", "...", ":")


class Cell(NamedTuple):
    """One cell: a number as text or a sign for why it is missing, and what it rests on."""

    text: str
    mark: Mark


def data_set(label: str, source: str, updated: str, dimensions: Mapping[str, Mapping[str, str]],
             cells: Sequence[Cell], sparse: bool, **more: Any) -> bytes:
    """The data set's bytes. `dimensions` gives each dimension's codes with labels; cells lie in row-major order."""
    document = {
        "version": "2.0", "class": "dataset", "label": label, "source": source, "updated": updated,
        "id": list(dimensions), "size": [len(codes) for codes in dimensions.values()],
        "dimension": {name: {"label": name, "category": {
            "index": {code: place for place, code in enumerate(codes)}, "label": dict(codes)}}
            for name, codes in dimensions.items()},
        **_values(cells, sparse), **more,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _values(cells: Iterable[Cell], sparse: bool) -> dict[str, Any]:
    values = [None if cell.text in MISSING_SIGNS else _number(cell.text) for cell in cells]
    signs = [cell.text if cell.text in MISSING_SIGNS else None for cell in cells]
    if not sparse:
        return {"value": values} | ({"status": signs} if any(signs) else {})
    return {name: {str(place): entry for place, entry in enumerate(entries) if entry is not None}
            for name, entries in (("value", values), ("status", signs))}


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)
