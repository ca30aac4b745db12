"""What the home's releases have printed: every value, and the last of each number before a day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assets.disclosure import Key
from warehouse.home import Home


@dataclass(frozen=True)
class Previous:
    """A number as it was last published: with what it was made of, and the day the release was made for."""

    value: float
    basis: str | None
    fact_id: str | None
    as_of: str


def release_numbers(home: Home) -> list[int]:
    """The releases the home has, oldest first."""
    return sorted(int(path.name) for path in home.releases.glob("*") if path.name.isdigit())


def printed_before(home: Home) -> dict[Key, set[float]]:
    """Every value the home's releases have printed, by indicator, breakdown, unit and period."""
    printed: dict[Key, set[float]] = {}
    for number in release_numbers(home):
        for value in _values(home, number):
            if value["value"] is not None:
                printed.setdefault(_key(value), set()).add(value["value"])
    return printed


def previously_published(home: Home, as_of: date, threshold: int) -> dict[Key, Previous]:
    """Each number as the latest release printed it, of those made for the day or an earlier one.

    A release that hid fewer small numbers than `threshold` counts for nothing: what it printed might not be printed now.
    """
    found: dict[Key, Previous] = {}
    for number in reversed(release_numbers(home)):
        manifest = json.loads((home.releases / str(number) / "manifest.json").read_text(encoding="utf-8"))
        if manifest["as_of"] > as_of.isoformat() or manifest["small_number_threshold"] < threshold:
            continue
        for value in _values(home, number):
            if value["value"] is not None and _key(value) not in found:
                found[_key(value)] = Previous(value["value"], value["basis"], value["fact_id"],
                                              value.get("value_as_of") or manifest["as_of"])
    return found


def _values(home: Home, number: int) -> list[Mapping[str, Any]]:
    path = home.releases / str(number) / "tables" / "indicator_value.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _key(value: Mapping[str, Any]) -> Key:
    return value["indicator_id"], value["breakdown"], value["unit_code"], value["period"]
