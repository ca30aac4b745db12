"""The marks of a demo file: where each of its numbers comes from, in a side-car beside the file.

Real deliveries have no side-car. The format of a delivery itself never says that it is constructed.
"""

import json
from pathlib import Path
from typing import Any

from assets.sources.refusals import MARKS_UNREADABLE
from expectations.finding import DeliveryRefused, Finding
from warehouse.columns import BASES

SIDE_CAR_SUFFIX = ".provenance.json"


def side_car_of(path: Path) -> Path:
    """Where the marks of a file lie, whether it has any or not."""
    return path.with_name(path.name + SIDE_CAR_SUFFIX)


def marks_of(path: Path) -> list[dict[str, Any]]:
    """The marked pieces of a file: place_from, place_to, basis, fact_id. None without a side-car.

    Raises DeliveryRefused for marks that cannot be read: the file's numbers would pass for delivered ones.
    """
    side_car = side_car_of(path)
    if not side_car.exists():
        return []
    try:
        marks = json.loads(side_car.read_bytes())
        pieces = marks["pieces"] if marks.get("constructed_demo") else []
        return [_mark(piece) for piece in pieces]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DeliveryRefused([Finding(
            MARKS_UNREADABLE, "kritisk_feil", f"{path.name}: merkefilen {side_car.name} kan ikke leses. Slett den når "
            "tallene er ekte, eller lag den på nytt, og lever begge filene igjen.", file=path.name)]) from None


def _mark(piece: dict[str, Any]) -> dict[str, Any]:
    if piece["basis"] not in BASES:
        raise ValueError(f"ukjent merke: {piece['basis']}")
    return {"place_from": int(piece["place_from"]), "place_to": int(piece["place_to"]), "basis": piece["basis"],
            "fact_id": piece.get("fact_id")}
