"""One demo delivery: a file for the inbox and the side-car that says what each of its places rests on."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple


class Mark(NamedTuple):
    """What a line or cell rests on: published, constrained or constructed, with the fact it repeats."""

    basis: str
    fact_id: str | None = None


CONSTRUCTED = Mark("constructed")


@dataclass(frozen=True)
class DemoDelivery:
    """A file to put in the inbox. `path` is relative to the inbox; `provenance` is the side-car's JSON.

    `make` gives the file's bytes; a workbook takes long enough to make that nobody should make it before it is needed.
    """

    path: str
    make: Callable[[], bytes]
    provenance: bytes

    @cached_property
    def content(self) -> bytes:
        """The file's bytes, made when first asked for."""
        return self.make()


def delivery(path: str, content: bytes, marks: Iterable[Mark], first_place: int) -> DemoDelivery:
    """A delivery whose places, counted from `first_place`, bear the marks in order."""
    return delivery_to_make(path, lambda: content, marks, first_place)


def delivery_to_make(path: str, make: Callable[[], bytes], marks: Iterable[Mark], first_place: int) -> DemoDelivery:
    """A delivery whose bytes are made when they are needed."""
    document = {"constructed_demo": True, "pieces": _pieces(marks, first_place)}
    return DemoDelivery(path, make, json.dumps(document, separators=(",", ":")).encode())


def _pieces(marks: Iterable[Mark], first_place: int) -> list[dict[str, object]]:
    """Neighbours with the same mark are one piece; the pieces follow each other without gaps."""
    pieces, place = [], first_place
    for mark, run in groupby(marks):
        length = len(list(run))
        pieces.append({"place_from": place, "place_to": place + length - 1, "basis": mark.basis,
                       "fact_id": mark.fact_id})
        place += length
    return pieces
