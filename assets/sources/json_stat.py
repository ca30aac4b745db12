"""JSON-stat 2: bytes to a cube that keeps every status sign, whatever form the file has chosen for it.

What the dimensions mean belongs in the readers of the sources.
"""

import json
import math
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from assets.sources.cube import Cube, Dimension
from assets.sources.refusals import BROKEN_DATA_SET, refusal

FORM_VERSION = "json-stat 2"
MOST_CELLS = 1_000_000
"""A sparse data set of a few thousand bytes can claim any number; the statistics bank gives 800 000 in one answer."""

MOST_KEYS = 8_000_000
"""Cells times dimensions: together with the cells it keeps one file within a gigabyte of memory."""

LARGEST_VALUE = 10 ** 15
"""No count and no amount in kroner comes near it; infinity and not-a-number are above it."""


_MAY_HOLD_HALF_CHARACTERS = (b"\\u", b"\xed", b"\x00")
"""An escape; the first byte of a half character in UTF-8; and UTF-16 or UTF-32."""


class BrokenDataSet(ValueError):
    """What is wrong with the data set and what to do, in bokmål."""


class BrokenJson(BrokenDataSet):
    """The text is not whole JSON: a download may have been cut, and a new one may help."""


def is_json(content: bytes) -> bool:
    """Whether the content begins as a JSON object; it may still be broken."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def dimension_names(content: bytes) -> tuple[str, ...] | None:
    """The names of the dimensions, empty for broken JSON and older JSON-stat, None for JSON that is not JSON-stat."""
    try:
        document = document_of(content)
    except BrokenDataSet:
        return ()
    if not {"dimension", "dataset"} & set(document) and document.get("class") not in ("dataset", "collection"):
        return None
    names = document.get("id")
    return tuple(map(str, names)) if isinstance(names, list) else ()


def read_cube(stem: str, content: bytes, file_name: str) -> Cube:
    """The data set read. Raises DeliveryRefused (F07) with the position when it is not whole JSON-stat 2."""
    try:
        return cube_of(document_of(content))
    except BrokenDataSet as error:
        raise refusal(BROKEN_DATA_SET, stem, file_name, str(error)) from error


def cube_of(document: dict[str, Any]) -> Cube:
    """The data set of a parsed document. Raises BrokenDataSet."""
    dimensions = dimensions_of(document)
    if "value" not in document:
        raise BrokenDataSet("filen mangler «value». Hent datasettet på nytt som json-stat2.")
    count = _cell_count(dimensions)
    return Cube(
        dimensions, tuple(_flat(document, "value", count, _is_value, "et tall")),
        tuple(sign or None for sign in _flat(document, "status", count, _is_sign, "et tegn")),
        label=str(document.get("label") or ""), updated=str(document.get("updated") or "") or None,
        extension=_as_dict(document.get("extension")))


def dimensions_of(document: dict[str, Any]) -> tuple[Dimension, ...]:
    """The dimensions in the order of `id`. Raises BrokenDataSet for anything but a data set of JSON-stat 2."""
    kind = document.get("class", "dataset")
    if kind != "dataset":
        raise BrokenDataSet(f"filen har «class» {_shown(kind)} og ikke «dataset». Den viser til datasett uten å være "
                            "ett; hent hvert datasett for seg som json-stat2.")
    names, sizes = document.get("id"), document.get("size")
    if not isinstance(names, list) or not isinstance(sizes, list):
        raise BrokenDataSet("filen mangler «id», «size» eller «value». Eldre JSON-stat leses ikke; "
                            "hent datasettet på nytt som json-stat2.")
    if not all(isinstance(name, str) for name in names):
        raise BrokenDataSet("«id» har navn som ikke er tekst. Hent datasettet på nytt som json-stat2.")
    if len(names) != len(sizes) or len(set(names)) != len(names):
        raise BrokenDataSet(f"«id» har {len(names)} dimensjoner og «size» {len(sizes)}, eller samme navn står "
                            "to ganger.")
    dimensions = tuple(_dimension(name, _as_dict(document.get("dimension")).get(name)) for name in names)
    for dimension, size in zip(dimensions, sizes, strict=True):
        if type(size) is not int or size != len(dimension.codes):
            raise BrokenDataSet(f"«size» sier {_shown(size)} kategorier i {dimension.name}, men dimensjonen har "
                                f"{len(dimension.codes)}. Hent datasettet på nytt.")
    return dimensions


@lru_cache(maxsize=1)
def document_of(content: bytes) -> dict[str, Any]:
    """The parsed file; the last one is kept, since recognising and reading both need it. Raises BrokenDataSet."""
    try:
        document = json.loads(content, parse_constant=_refuse_constant, object_pairs_hook=_without_doubles)
        if any(mark in content for mark in _MAY_HOLD_HALF_CHARACTERS):
            _refuse_half_characters(document)
    except json.JSONDecodeError as error:
        raise BrokenJson(f"JSON-teksten er brutt ved linje {error.lineno}, tegn {error.colno}. Filen er trolig "
                         "avkortet; hent den på nytt.") from error
    except UnicodeDecodeError as error:
        raise BrokenJson(f"byte {error.start} er ikke UTF-8. Hent filen på nytt som json-stat2.") from error
    except RecursionError as error:
        raise BrokenJson("JSON-teksten kan ikke leses (for mange nivåer). Hent filen på nytt som "
                         "json-stat2.") from error
    except BrokenDataSet:
        raise
    except ValueError as error:  # The only one left is a whole number with thousands of digits.
        raise BrokenJson("JSON-teksten kan ikke leses (et tall har for mange sifre). Hent filen på nytt som "
                         "json-stat2.") from error
    if not isinstance(document, dict):
        raise BrokenDataSet("filen er JSON, men ikke et datasett. Hent den på nytt som json-stat2.")
    return document


def _refuse_constant(name: str) -> float:
    raise BrokenDataSet(f"JSON-teksten kan ikke leses (fant {name}). Hent filen på nytt som json-stat2.")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice has two meanings; Python would keep the last and say nothing."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise BrokenDataSet(f"JSON-teksten har navnet {_shown(twice)} to ganger i samme objekt. Hent filen på nytt "
                            "som json-stat2.")
    return found


def _refuse_half_characters(document: Any) -> None:
    """An escape such as `\\ud800` alone is no character and cannot be written anywhere again."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise BrokenDataSet("JSON-teksten har et halvt tegn (\\ud800–\\udfff). Hent filen på nytt som "
                            "json-stat2.") from error


def _as_dict(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}


def _shown(node: Any) -> str:
    text = str(node) if not isinstance(node, str) else f"«{node}»"
    return text.encode("utf-8", "replace").decode()[:40]


def _cell_count(dimensions: tuple[Dimension, ...]) -> int:
    """How many cells there are. Raises BrokenDataSet for none, and for more than a machine should list."""
    count = math.prod(len(dimension.codes) for dimension in dimensions)
    if count == 0:
        raise BrokenDataSet("datasettet har ingen celler. Kontroller kodene i uttrekket: en ukjent region gir "
                            "ingen tall. Hent det på nytt.")
    if count > MOST_CELLS:
        raise BrokenDataSet(f"datasettet har {count} celler, og grensen er {MOST_CELLS}. Del uttrekket i flere.")
    if count * len(dimensions) > MOST_KEYS:
        raise BrokenDataSet(f"datasettet har {len(dimensions)} dimensjoner og {count} celler; dimensjoner ganger celler "
                            f"kan være høyst {MOST_KEYS}. Del uttrekket i flere.")
    return count


def _dimension(name: str, node: Any) -> Dimension:
    category = _as_dict(_as_dict(node).get("category"))
    labels = {code: str(label) for code, label in _as_dict(category.get("label")).items()}
    units = {code: _unit_text(unit) for code, unit in _as_dict(category.get("unit")).items() if isinstance(unit, dict)}
    return Dimension(name, _codes(name, category.get("index"), labels), labels, units)


def _unit_text(unit: dict[str, Any]) -> str:
    """What one counts in: `base` in the statistics bank, `label` or `symbol` in the standard."""
    return next((text for key in ("base", "label", "symbol") if isinstance(text := unit.get(key), str) and text), "")


def _codes(name: str, index: Any, labels: dict[str, str]) -> tuple[str, ...]:
    """The category codes in order, from an array, an object of positions, or the only label."""
    if index is None and len(labels) == 1:
        return tuple(labels)
    if isinstance(index, dict) and all(type(position) is int for position in index.values()):
        codes = sorted(index, key=index.__getitem__)
        if [index[code] for code in codes] == list(range(len(codes))):
            return tuple(codes)
    if isinstance(index, list) and all(isinstance(code, str) for code in index) and len(set(index)) == len(index):
        return tuple(index)
    raise BrokenDataSet(f"kategoriene i {name} har ingen entydig rekkefølge. Hent datasettet på nytt.")


def _is_value(node: Any) -> bool:
    return node is None or (type(node) in (int, float) and abs(node) < LARGEST_VALUE)


def _is_sign(node: Any) -> bool:
    return node is None or isinstance(node, str)


def _flat(document: dict[str, Any], name: str, count: int, accepts: Callable[[Any], bool], wanted: str) -> list[Any]:
    """One entry per cell from an array, an object of indexes, or (status only) one string for all."""
    node = document.get(name)
    if name == "status" and (node is None or isinstance(node, str)):
        return [node] * count
    if name == "status" and isinstance(node, list) and len(node) == 1:
        node = node * count
    if isinstance(node, dict):
        node = _from_object(node, name, count)
    if not isinstance(node, list):
        raise BrokenDataSet(f"«{name}» er verken liste eller objekt. Hent datasettet på nytt.")
    if len(node) != count:
        raise BrokenDataSet(f"«{name}» har {len(node)} plasser, men dimensjonene gir {count} celler. "
                            "Hent datasettet på nytt.")
    strangers = [f"{name}[{index}] «{str(entry)[:30]}»" for index, entry in enumerate(node) if not accepts(entry)]
    if strangers:
        raise BrokenDataSet(f"ikke {wanted} i {', '.join(strangers[:5])} ({len(strangers)} i alt). "
                            "Hent datasettet på nytt.")
    return node


def _from_object(node: dict[str, Any], name: str, count: int) -> list[Any]:
    flat: list[Any] = [None] * count
    for key, entry in node.items():
        index = int(key) if key.isascii() and key.isdigit() and len(key) < 10 else count
        if str(index) != key or index >= count:
            raise BrokenDataSet(f"«{name}» har plassen «{key}», men plassene går fra 0 til {count - 1}.")
        flat[index] = entry
    return flat
